import bidiFactory from 'bidi-js';
import { Blob, Direction, Face, Font, Buffer as ShapingBuffer, shape } from 'harfbuzzjs';

/** A font opened for setting text. */
export interface OpenFont {
  readonly font: Font;
  readonly unitsPerEm: number;
  /** The file it was opened from. */
  readonly bytes: Uint8Array;
  /** Where its runs are shaped, one after the other: each made anew would hold memory until a collection. */
  readonly buffer: ShapingBuffer;
}

/** Fonts in the order they are tried: the first that has a character draws it, the first of all what none has. */
export type FontChain = readonly [OpenFont, ...OpenFont[]];

/** A stretch of text in one font and one direction, in the order it is read. */
export interface TextRun {
  readonly text: string;
  readonly font: OpenFont;
  /** Embedding level; odd runs from right to left. */
  readonly level: number;
}

/** A text in runs, and the direction of the whole: that of its first letter that has one. */
export interface TextRuns {
  readonly direction: 'ltr' | 'rtl';
  readonly runs: readonly TextRun[];
}

/** A glyph of a run, in the units of its font. */
export interface ShapedGlyph {
  readonly id: number;
  /** The characters it stands for, as they are read; empty for a glyph that only completes another. */
  readonly text: string;
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

/** Characters drawn by nobody: joiners, variation selectors, marks of direction. */
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
/** Characters every script uses, such as blanks and full stops: they stay in the font of their neighbours. */
const COMMON = /^[\p{Script=Common}\p{Script=Inherited}]+$/u;
const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });

const bidi = bidiFactory();

/** Opens a TTF or OTF file. What is set with it depends on these bytes alone. */
export function openFont(bytes: Uint8Array): OpenFont {
  // The library takes the whole of the buffer behind a view: the bytes get one of their own.
  const face = new Face(new Blob(Uint8Array.from(bytes).buffer), 0);
  return { font: new Font(face), unitsPerEm: face.upem, bytes, buffer: new ShapingBuffer() };
}

/** Splits one paragraph wherever its direction or its font changes; nothing is reordered yet. */
export function splitRuns(text: string, fonts: FontChain): TextRuns {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, 'auto');
  const runs: { text: string; readonly font: OpenFont; readonly level: number }[] = [];
  for (const { segment, index } of GRAPHEMES.segment(text)) {
    const last = runs.at(-1);
    const level = levels[index] ?? 0;
    const font = fontFor(segment, fonts, last?.font);
    if (last !== undefined && last.font === font && last.level === level) last.text += segment;
    else runs.push({ text: segment, font, level });
  }
  return { direction: (paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr', runs };
}

/** The part of a paragraph's runs from one UTF-16 code unit up to another. */
export function sliceRuns(runs: readonly TextRun[], start: number, end: number): TextRun[] {
  const slice: TextRun[] = [];
  let at = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, start - at), Math.max(0, end - at));
    if (text !== '') slice.push({ ...run, text });
    at += run.text.length;
  }
  return slice;
}

/**
 * The runs of one line from left to right. Rule L2: from the highest level down to 1, what lies on that level or a
 * higher one is reversed. @see https://www.unicode.org/reports/tr9/#L2
 */
export function inVisualOrder(runs: readonly TextRun[]): readonly TextRun[] {
  let ordered = [...runs];
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level > 0; level -= 1) {
    const next: TextRun[] = [];
    let stretch: TextRun[] = [];
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

export function runDirection({ level }: Pick<TextRun, 'level'>): 'ltr' | 'rtl' {
  return level % 2 === 1 ? 'rtl' : 'ltr';
}

/** The glyphs of a run from left to right, joined and placed as its script asks for; brackets look the right way. */
export function shapeRun(run: TextRun): ShapedGlyph[] {
  const { buffer } = run.font;
  buffer.reset();
  buffer.addText(run.text);
  buffer.guessSegmentProperties();
  buffer.setDirection(runDirection(run) === 'rtl' ? Direction.RTL : Direction.LTR);
  shape(run.font.font, buffer);
  const shaped = buffer.getGlyphInfosAndPositions();
  const texts = glyphTexts(run.text, shaped);
  return shaped.map(({ codepoint: id, xAdvance = 0, xOffset = 0, yOffset = 0 }, index) => ({
    id,
    text: texts.get(index) ?? '',
    xAdvance,
    xOffset,
    yOffset,
  }));
}

/** Can one of the fonts draw the character? Those nobody draws are fine with any. */
export function isDrawn(character: string, fonts: FontChain): boolean {
  return IGNORABLE.test(character) || fonts.some((font) => hasGlyph(font, character));
}

/**
 * The characters of each cluster, by the index of one of its glyphs: the widest stands for all of them, the others (marks
 * above and below, dots) complete it.
 */
function glyphTexts(
  text: string,
  glyphs: readonly { readonly cluster: number; readonly xAdvance?: number }[],
): ReadonlyMap<number, string> {
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))].sort((one, other) => one - other);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? text.length]));
  const widest = new Map<number, { readonly index: number; readonly width: number }>();
  glyphs.forEach(({ cluster, xAdvance: width = 0 }, index) => {
    if (width > (widest.get(cluster)?.width ?? -1)) widest.set(cluster, { index, width });
  });
  return new Map([...widest].map(([start, { index }]) => [index, text.slice(start, ends.get(start))]));
}

function fontFor(grapheme: string, fonts: FontChain, before: OpenFont | undefined): OpenFont {
  const drawn = [...grapheme].filter((character) => !IGNORABLE.test(character));
  const has = (font: OpenFont) => drawn.every((character) => hasGlyph(font, character));
  if (before !== undefined && COMMON.test(grapheme) && has(before)) return before;
  return fonts.find(has) ?? fonts[0];
}

function hasGlyph({ font }: OpenFont, character: string): boolean {
  return font.nominalGlyph(character.codePointAt(0) ?? 0) !== undefined;
}
