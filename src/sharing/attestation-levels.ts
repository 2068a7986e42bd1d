import type { Paragraph } from '../media/pdf/paragraph.js';
import type { Canvas, StructureNode } from '../media/pdf/tagged-document.js';
import type { Attestation, AttestationLevel } from './attestation.js';
import { type Block, type BlockOptions, MARGIN, textBlock, titledBlock, WIDTH } from './attestation-blocks.js';
import type { Palette } from './attestation-style.js';

/** Competences, each with its levels drawn as steps and named, what the level means and who confirmed it. */
export function levelsBlock(attestation: Attestation, options: BlockOptions): Block | undefined {
  const { plan } = options;
  const shown = attestation.levels.slice(0, plan.levels);
  if (shown.length === 0) return undefined;
  const rows = shown.map((level) => levelRow(level, options));
  const left = attestation.levels.length - shown.length;
  const more = left === 0 ? [] : [asItem(textBlock(attestation.text.more(left), options))];
  return titledBlock(attestation.text.competences, [...rows, ...more], { ...options, tag: 'L' });
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

function asItem({ height, draw }: Block): Block {
  return {
    height,
    draw: (place) => place.node.group('LI', (item) => item.group('LBody', (node) => draw({ ...place, node }))),
  };
}
