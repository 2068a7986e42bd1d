import {
  type FontChain,
  inVisualOrder,
  type OpenFont,
  openFont,
  shapeRun,
  splitRuns,
  type TextRun,
} from './text-runs.js';

export type Weight = 'regular' | 'semibold';

/** Bytes of TTF or OTF files for each weight. The first font that has a character draws it; the first of all draws none. */
export type FontFiles = Readonly<Record<Weight, readonly [Uint8Array, ...Uint8Array[]]>>;

/** Where a line of text goes. */
export interface LinePlace {
  readonly x: number;
  /** The base line. */
  readonly y: number;
  /** Height of an em. */
  readonly size: number;
  readonly weight: Weight;
  /** What of the line lies at x; the left edge unless told. */
  readonly anchor?: 'left' | 'middle' | 'right';
}

/** Sets lines of text in any script the fonts have, without a renderer: widths and outlines. */
export interface Typesetter {
  /** Width of a line, in ems. */
  measure(text: string, weight: Weight): number;
  /** The outlines of a line, as SVG path data. */
  outline(text: string, place: LinePlace): string;
  /** Which way a text runs as a whole: by its first letter that has a direction. */
  direction(text: string): 'ltr' | 'rtl';
}

/** A glyph with its place on the line, in ems from where the line begins. */
interface PlacedGlyph {
  readonly font: OpenFont;
  readonly id: number;
  readonly x: number;
  readonly y: number;
}

interface SetLine {
  readonly glyphs: readonly PlacedGlyph[];
  readonly width: number;
}

/**
 * Opens fonts for setting. Widths and outlines depend on the font bytes alone, so the same text gives the same picture
 * on every machine.
 */
export function createTypesetter(files: FontFiles): Typesetter {
  const fonts: Readonly<Record<Weight, FontChain>> = {
    regular: openAll(files.regular),
    semibold: openAll(files.semibold),
  };
  const set = (text: string, weight: Weight) => setLine(inVisualOrder(splitRuns(text, fonts[weight]).runs));
  return {
    measure: (text, weight) => set(text, weight).width,
    outline(text, { x, y, size, weight, anchor = 'left' }) {
      const line = set(text, weight);
      const left = x - (anchor === 'middle' ? 0.5 : anchor === 'right' ? 1 : 0) * line.width * size;
      return line.glyphs
        .map((glyph) =>
          pathData(glyph.font.font.glyphToJson(glyph.id), {
            x: left + glyph.x * size,
            y: y - glyph.y * size,
            scale: size / glyph.font.unitsPerEm,
          }),
        )
        .join('');
    },
    direction: (text) => splitRuns(text, fonts.regular).direction,
  };
}

function openAll([first, ...others]: readonly [Uint8Array, ...Uint8Array[]]): FontChain {
  return [openFont(first), ...others.map(openFont)];
}

/** Sets the runs of a line, given from left to right, one after the other. */
function setLine(runs: readonly TextRun[]): SetLine {
  const glyphs: PlacedGlyph[] = [];
  let pen = 0;
  for (const run of runs) {
    const { font } = run;
    for (const { id, xAdvance, xOffset, yOffset } of shapeRun(run)) {
      glyphs.push({ font, id, x: pen + xOffset / font.unitsPerEm, y: yOffset / font.unitsPerEm });
      pen += xAdvance / font.unitsPerEm;
    }
  }
  return { glyphs, width: pen };
}

function pathData(
  commands: readonly { readonly type: string; readonly values: readonly number[] }[],
  at: { readonly x: number; readonly y: number; readonly scale: number },
): string {
  return commands
    .map(({ type, values }) => {
      const numbers = values.map((value, index) =>
        rounded(index % 2 === 0 ? at.x + value * at.scale : at.y - value * at.scale),
      );
      return `${type}${numbers.join(' ')}`;
    })
    .join('');
}

/** A tenth of a unit is enough: pictures measure a thousand. */
function rounded(value: number): string {
  return String(Math.round(value * 10) / 10);
}
