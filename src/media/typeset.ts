import bidiFactory, { type Bidi } from 'bidi-js';
import { Blob, Buffer, Direction, Face, Font, shape as shapeBuffer } from 'harfbuzzjs';

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

/** A font opened for setting. */
interface OpenFont {
  readonly font: Font;
  readonly unitsPerEm: number;
}

type FontChain = readonly [OpenFont, ...OpenFont[]];

/** One font, one direction. */
interface Run {
  text: string;
  readonly font: OpenFont;
  readonly level: number;
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

/** Characters drawn by nobody: joiners, variation selectors, marks of direction. */
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
/** Characters every script uses, such as blanks and full stops: they stay in the font of their neighbours. */
const COMMON = /^[\p{Script=Common}\p{Script=Inherited}]+$/u;

/**
 * Opens fonts for setting. Widths and outlines depend on the font bytes alone, so the same text gives the same picture
 * on every machine.
 */
export function createTypesetter(files: FontFiles): Typesetter {
  const bidi = bidiFactory();
  const fonts: Readonly<Record<Weight, FontChain>> = {
    regular: openAll(files.regular),
    semibold: openAll(files.semibold),
  };
  // One buffer for every run: each made anew would hold memory outside the heap until a collection.
  const buffer = new Buffer();
  const set = (text: string, weight: Weight) => setLine(inVisualOrder(splitRuns(text, fonts[weight], bidi)), buffer);
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
    direction: (text) => ((bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr'),
  };
}

function openAll([first, ...others]: readonly [Uint8Array, ...Uint8Array[]]): FontChain {
  return [openFont(first), ...others.map(openFont)];
}

function openFont(bytes: Uint8Array): OpenFont {
  // The library takes the whole of the buffer behind a view: the bytes get one of their own.
  const face = new Face(new Blob(Uint8Array.from(bytes).buffer), 0);
  return { font: new Font(face), unitsPerEm: face.upem };
}

/** Splits a line wherever its direction or its font changes; nothing is reordered yet. */
function splitRuns(text: string, fonts: FontChain, bidi: Bidi): Run[] {
  const { levels } = bidi.getEmbeddingLevels(text, 'auto');
  const runs: Run[] = [];
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const last = runs.at(-1);
    const level = levels[index] ?? 0;
    const font = fontFor(segment, fonts, last?.font);
    if (last !== undefined && last.font === font && last.level === level) last.text += segment;
    else runs.push({ text: segment, font, level });
  }
  return runs;
}

function fontFor(grapheme: string, fonts: FontChain, before: OpenFont | undefined): OpenFont {
  const drawn = [...grapheme].filter((character) => !IGNORABLE.test(character));
  const has = ({ font }: OpenFont) =>
    drawn.every((character) => font.nominalGlyph(character.codePointAt(0) ?? 0) !== undefined);
  if (before !== undefined && COMMON.test(grapheme) && has(before)) return before;
  return fonts.find(has) ?? fonts[0];
}

/** Rule L2: from the highest level down to 1, what lies on that level or a higher one is reversed. @see https://www.unicode.org/reports/tr9/#L2 */
function inVisualOrder(runs: readonly Run[]): readonly Run[] {
  let ordered = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level -= 1) {
    const next: Run[] = [];
    let stretch: Run[] = [];
    for (const run of ordered) {
      if (run.level >= level) stretch.unshift(run);
      else {
        next.push(...stretch, run);
        stretch = [];
      }
    }
    ordered = [...next, ...stretch];
  }
  return ordered;
}

/** Shapes the runs of a line, given from left to right, one after the other. Mirroring (rule L4) is the shaper's. */
function setLine(runs: readonly Run[], buffer: Buffer): SetLine {
  const glyphs: PlacedGlyph[] = [];
  let pen = 0;
  for (const { text, font, level } of runs) {
    buffer.reset();
    buffer.addText(text);
    buffer.guessSegmentProperties();
    buffer.setDirection(level % 2 === 1 ? Direction.RTL : Direction.LTR);
    shapeBuffer(font.font, buffer);
    for (const glyph of buffer.getGlyphInfosAndPositions()) {
      const { codepoint: id, xAdvance = 0, xOffset = 0, yOffset = 0 } = glyph;
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
