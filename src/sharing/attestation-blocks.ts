import type { Paragraph } from '../media/pdf/paragraph.js';
import type { Canvas, StructureNode } from '../media/pdf/tagged-document.js';
import { PAGE } from '../media/pdf/tagged-document.js';
import type { Attestation, AttestationLevel } from './attestation.js';
import type { Palette, SetText } from './attestation-style.js';

export const MARGIN = 50;
export const WIDTH = PAGE.width - 2 * MARGIN;

/** A part of the page from edge to edge, as high as its content. */
export interface Block {
  readonly height: number;
  /** Draws it with its upper edge at `y`: `decorate` for what means nothing, `node` for what is read. */
  readonly draw: (place: BlockPlace) => void;
}

export interface BlockPlace {
  readonly y: number;
  readonly node: StructureNode;
  readonly decorate: (draw: (canvas: Canvas) => void) => void;
}

/** How much of the long texts a page has room for, and how large. */
export interface Plan {
  readonly scale: number;
  readonly meaningLines: number;
  readonly narrativeLines: number;
  readonly criteriaLines: number;
  readonly evidence: number;
  readonly levels: number;
}

export interface BlockOptions {
  readonly set: SetText;
  readonly palette: Palette;
  readonly plan: Plan;
}

/** Title, institution, holder, achievement: the sentence the page is about, in the middle of it. */
export function headBlock(attestation: Attestation, { set, palette, plan: { scale } }: BlockOptions): Block {
  const { holder, institution } = attestation;
  const width = WIDTH - 20;
  const plain = (text: string) =>
    set(text, { voice: 'serif-italic', size: 12.5, colour: palette.soft, width, maxLines: 3 });
  const titled = (size: number) =>
    set(attestation.title, {
      voice: 'serif-semibold',
      size,
      colour: palette.heading,
      width,
      leading: 1.25,
      maxLines: 3,
    });
  const title = [24, 21, 19].map(titled).find(({ lines }) => lines.length === 1) ?? titled(22);
  const [first = '', ...others] = holder.names;
  const named = (size: number) =>
    set(first, { voice: 'serif', size, colour: palette.ink, width, leading: 1.3, maxLines: 3 });
  const names = [
    holder.isNamed
      ? ([27, 22].map(named).find(({ lines, broken }) => lines.length <= 2 && !broken) ?? named(17))
      : set(first, { voice: 'serif-italic', size: 15, colour: palette.ink, width, leading: 1.3, maxLines: 3 }),
    ...others.map((name) =>
      set(name, { voice: 'serif', size: 19, colour: palette.ink, width, leading: 1.5, maxLines: 2 }),
    ),
  ];
  const pieces: readonly (readonly [gap: number, paragraph: Paragraph])[] = [
    [22, plain(`${institution.name} ${attestation.certifies}`)],
    ...names.map((name, index) => [index === 0 ? 5 : 0, name] as const),
    [6, plain(attestation.awarded)],
    [
      4,
      set(attestation.achievement, {
        voice: 'serif-semibold',
        size: 17,
        colour: palette.ink,
        width,
        leading: 1.3,
        maxLines: 3,
      }),
    ],
    ...(attestation.activity === undefined
      ? []
      : [
          [
            2,
            set(attestation.activity, { voice: 'serif', size: 12.5, colour: palette.ink, width, maxLines: 3 }),
          ] as const,
        ]),
  ];
  const height = title.height + pieces.reduce((sum, [gap, { height: own }]) => sum + gap * scale + own, 0);
  return {
    height,
    draw({ y, node, decorate }) {
      const at = { x: MARGIN + 10, width, align: 'center' as const };
      decorate((canvas) =>
        canvas.fill(
          { x: PAGE.width / 2 - 34, y: y + title.height + 9 * scale, width: 68, height: 1.6 },
          { colour: palette.accent },
        ),
      );
      node.show('H1', (canvas) => canvas.text(title, { ...at, y }));
      let top = y + title.height;
      for (const [gap, paragraph] of pieces) {
        const place = top + gap * scale;
        node.show('P', (canvas) => canvas.text(paragraph, { ...at, y: place }));
        top = place + paragraph.height;
      }
    },
  };
}

/** The facts in two columns, each under its name. */
export function factsBlock(
  attestation: Attestation,
  { set, palette, plan: { scale } }: BlockOptions,
): Block | undefined {
  const gap = 26;
  const width = (WIDTH - gap) / 2;
  const cells = attestation.facts.map(({ name, value }) => {
    const label = set(name, { voice: 'sans', size: 8.2, colour: palette.soft, width, maxLines: 2 });
    const content = set(value, { voice: 'sans', size: 10, colour: palette.ink, width, maxLines: 4 });
    return { label, content, height: label.height + content.height + 7 * scale };
  });
  if (cells.length === 0) return undefined;
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, row) => cells.slice(2 * row, 2 * row + 2));
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const height = heights.reduce((sum, own) => sum + own, 0);
  return {
    height,
    draw({ y, node, decorate }) {
      let top = y;
      const lines = [y, ...heights.map((own) => (top += own))];
      decorate((canvas) => {
        for (const [index, line] of lines.entries()) {
          const edge = index === 0 || index === lines.length - 1;
          canvas.fill({ x: MARGIN, y: line, width: WIDTH, height: edge ? 0.8 : 0.4 }, { colour: palette.line });
        }
      });
      node.group('L', (list) => {
        cells.forEach(({ label, content }, index) => {
          const x = MARGIN + (index % 2) * (width + gap);
          const place = (lines[Math.floor(index / 2)] ?? y) + 3.5 * scale;
          list.group('LI', (item) => {
            item.show('Lbl', (canvas) => canvas.text(label, { x, y: place, width }));
            item.show('LBody', (canvas) => canvas.text(content, { x, y: place + label.height, width }));
          });
        });
      });
    },
  };
}

/** Competences, each with its levels drawn as steps and named, what the level means and who confirmed it. */
export function levelsBlock(attestation: Attestation, options: BlockOptions): Block | undefined {
  const { plan } = options;
  const shown = attestation.levels.slice(0, plan.levels);
  if (shown.length === 0) return undefined;
  const rows = shown.map((level) => levelRow(level, options));
  const left = attestation.levels.length - shown.length;
  const more = left === 0 ? [] : [asItem(textBlock(attestation.text.more(left), options))];
  return titled(attestation.text.competences, [...rows, ...more], { ...options, tag: 'L' });
}

const STEP = { width: 26, height: 7, gap: 3 } as const;
const MAX_STEPS = 6;

function levelRow(level: AttestationLevel, { set, palette, plan }: BlockOptions): Block {
  const { scale, meaningLines } = plan;
  const right = 182;
  const left = WIDTH - right - 18;
  const { steps } = level;
  const name = set(level.competence, {
    voice: 'sans-semibold',
    size: 10,
    colour: palette.ink,
    width: left,
    maxLines: 2,
  });
  const under: Paragraph[] = [
    ...(level.meaning === undefined || meaningLines === 0
      ? []
      : [
          set(level.meaning, {
            voice: 'sans',
            size: 8.2,
            colour: palette.soft,
            width: left,
            maxLines: meaningLines,
            leading: 1.3,
          }),
        ]),
  ];
  const many = steps !== undefined && steps.all > 1;
  const reached = set(many ? `${level.level}, ${steps.named}` : level.level, {
    voice: 'sans-semibold',
    size: 9,
    colour: palette.ink,
    width: right,
    maxLines: 3,
  });
  const confirmed =
    level.confirmedBy === undefined
      ? []
      : [
          set(level.confirmedBy, {
            voice: 'sans',
            size: 8.2,
            colour: palette.soft,
            width: right,
            maxLines: 3,
            leading: 1.3,
          }),
        ];
  const drawn = many && steps.all <= MAX_STEPS;
  const ladder = drawn ? (STEP.height + 5) * scale : 0;
  const sum = (paragraphs: readonly Paragraph[]) => paragraphs.reduce((total, { height }) => total + height, 0);
  const height = 8 * scale + Math.max(sum([name, ...under]), ladder + sum([reached, ...confirmed]));
  return {
    height,
    draw({ y, node }) {
      const top = y + 4 * scale;
      const x = MARGIN + left + 18;
      const stack = (
        item: StructureNode,
        paragraphs: readonly Paragraph[],
        at: { x: number; y: number; width: number },
      ) => {
        let place = at.y;
        for (const paragraph of paragraphs) {
          const own = place;
          item.show('P', (canvas) => canvas.text(paragraph, { ...at, y: own }));
          place += paragraph.height;
        }
      };
      node.group('LI', (row) => {
        row.show('Lbl', (canvas) => canvas.text(name, { x: MARGIN, y: top, width: left }));
        row.group('LBody', (item) => {
          if (drawn) {
            const box = {
              x,
              y: top + 3 * scale,
              width: steps.all * (STEP.width + STEP.gap) - STEP.gap,
              height: STEP.height * scale,
            };
            item.show('Figure', (canvas) => drawSteps(canvas, { box, steps, palette }), { alt: steps.named, box });
          }
          stack(item, [reached, ...confirmed], { x, y: top + ladder, width: right });
          stack(item, under, { x: MARGIN, y: top + name.height, width: left });
        });
      });
    },
  };
}

function drawSteps(
  canvas: Canvas,
  {
    box,
    steps,
    palette,
  }: {
    readonly box: { readonly x: number; readonly y: number; readonly height: number };
    readonly steps: { readonly reached: number; readonly all: number };
    readonly palette: Palette;
  },
): void {
  for (let step = 0; step < steps.all; step += 1) {
    const x = box.x + step * (STEP.width + STEP.gap);
    const colour = step < steps.reached ? palette.heading : palette.step;
    canvas.fill({ x, y: box.y, width: STEP.width, height: box.height }, { colour, radius: 1.5 });
  }
}

/** A heading and long texts under it; undefined where there is none to show. */
export function proseBlock(
  heading: string,
  paragraphs: readonly string[],
  options: BlockOptions & { readonly maxLines: number },
): Block | undefined {
  if (paragraphs.length === 0 || options.maxLines === 0) return undefined;
  return titled(
    heading,
    paragraphs.map((paragraph) => textBlock(paragraph, options)),
    options,
  );
}

function textBlock(
  text: string,
  { set, palette, plan, maxLines }: BlockOptions & { readonly maxLines?: number },
): Block {
  const paragraph = set(text, {
    voice: 'sans',
    size: 9,
    colour: palette.ink,
    width: WIDTH,
    ...(maxLines === undefined ? {} : { maxLines }),
  });
  return {
    height: paragraph.height + 2.5 * plan.scale,
    draw: ({ y, node }) => node.show('P', (canvas) => canvas.text(paragraph, { x: MARGIN, y, width: WIDTH })),
  };
}

function asItem({ height, draw }: Block): Block {
  return {
    height,
    draw: (place) => place.node.group('LI', (item) => item.group('LBody', (node) => draw({ ...place, node }))),
  };
}

function titled(
  heading: string,
  blocks: readonly Block[],
  { set, palette, plan: { scale }, tag = 'Sect' }: BlockOptions & { readonly tag?: 'L' | 'Sect' },
): Block {
  const title = set(heading, {
    voice: 'serif-semibold',
    size: 11.5,
    colour: palette.heading,
    width: WIDTH,
    maxLines: 1,
  });
  const headed = title.height + 4 * scale;
  return {
    height: headed + blocks.reduce((sum, { height }) => sum + height, 0),
    draw({ y, node, decorate }) {
      decorate((canvas) =>
        canvas.fill({ x: MARGIN, y: y + title.height, width: WIDTH, height: 0.5 }, { colour: palette.line }),
      );
      node.show('H2', (canvas) => canvas.text(title, { x: MARGIN, y, width: WIDTH }));
      node.group(tag, (group) => {
        let top = y + headed;
        for (const block of blocks) {
          block.draw({ y: top, node: group, decorate });
          top += block.height;
        }
      });
    },
  };
}
