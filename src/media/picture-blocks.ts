import { visible } from '../text/visible.js';
import { type FittedText, fitText } from './line-breaks.js';
import type { PictureColours } from './picture-colours.js';
import type { Typesetter, Weight } from './typeset.js';

/** Side of a badge's drawing, in its own units, and where its middle lies. */
export const BADGE_SIDE = 1000;
export const MIDDLE = BADGE_SIDE / 2;

/** Something as wide and as high as it says; `draw` puts it where its top is. */
export interface Block {
  readonly width: number;
  readonly height: number;
  /** Room below it, unless it is the last. */
  readonly gap: number;
  draw(top: number): string;
}

export interface Setting {
  readonly colours: PictureColours;
  readonly typesetter: Typesetter;
  /** All sizes are multiplied by this. */
  readonly scale: number;
}

/** One below the other, about the middle. */
export function placed(blocks: readonly Block[]): { readonly block: Block; readonly top: number }[] {
  const height = blocks.reduce(
    (sum, { height, gap }, index) => sum + height + (index < blocks.length - 1 ? gap : 0),
    0,
  );
  let top = MIDDLE - height / 2;
  return blocks.map((block) => {
    const place = { block, top };
    top += block.height + block.gap;
    return place;
  });
}

export function drawBlocks(blocks: readonly Block[]): string {
  return placed(blocks)
    .map(({ block, top }) => block.draw(top))
    .join('');
}

interface TextBlock {
  readonly text: string;
  readonly colour: string;
  readonly width: number;
  readonly weight: Weight;
  readonly sizes: readonly [number, ...number[]];
  readonly maxLines: number;
  readonly gap: number;
}

/** Height of a line, as a multiple of the size. */
export const LEADING = 1.22;
/** Where the base line lies in a line of text: this share of the size below its top. */
const BASELINE = 0.92;

/** The sizes of a text, in the scale of a setting. */
export function scaled(
  [first, ...others]: readonly [number, ...number[]],
  scale: number,
): readonly [number, ...number[]] {
  return [first * scale, ...others.map((size) => size * scale)];
}

/** A text in the middle, in as many lines as it is allowed. */
export function textBlock({ typesetter, scale }: Setting, { text, colour, gap, ...fit }: TextBlock): Block {
  const { weight } = fit;
  const fitted = fitText(visible(text), { ...fit, sizes: scaled(fit.sizes, scale) }, typesetter);
  return {
    width: Math.max(0, ...fitted.lines.map((line) => typesetter.measure(line, weight) * fitted.size)),
    height: fitted.lines.length * fitted.size * LEADING,
    gap: gap * scale,
    draw: (top) => drawLines(typesetter, fitted, { x: MIDDLE, top, colour, weight, anchor: 'middle' }),
  };
}

/** The outlines of some lines, the first of which begins at `top`. */
export function drawLines(
  typesetter: Typesetter,
  { lines, size }: Pick<FittedText, 'lines' | 'size'>,
  place: {
    readonly x: number;
    readonly top: number;
    readonly colour: string;
    readonly weight: Weight;
    readonly anchor: 'left' | 'middle' | 'right';
  },
): string {
  const { x, top, colour, weight, anchor } = place;
  const data = lines.map((line, index) =>
    typesetter.outline(line, { x, y: top + size * (BASELINE + index * LEADING), size, weight, anchor }),
  );
  return lines.length === 0 ? '' : `<path d="${data.join('')}" fill="${colour}"/>`;
}
