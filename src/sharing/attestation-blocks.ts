import type { Canvas, StructureNode } from '../media/pdf/tagged-document.js';
import { PAGE } from '../media/pdf/tagged-document.js';
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

/** A heading and long texts under it; undefined where there is none to show. */
export function proseBlock(
  heading: string,
  paragraphs: readonly string[],
  options: BlockOptions & { readonly maxLines: number },
): Block | undefined {
  if (paragraphs.length === 0 || options.maxLines === 0) return undefined;
  return titledBlock(
    heading,
    paragraphs.map((paragraph) => textBlock(paragraph, options)),
    options,
  );
}

/** A text as wide as the page. */
export function textBlock(
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

/** A heading, and blocks under it as one part. */
export function titledBlock(
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
