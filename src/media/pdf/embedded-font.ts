import { create, type GlyphSubset } from 'fontkit';
import { type OpenFont, type ShapedGlyph, shapeRun } from '../text-runs.js';

/** OpenType's own tag for text that runs from right to left; it carries the direction through the PDF writer. */
export const RIGHT_TO_LEFT = 'rtla';

/** A glyph nobody sees and that takes no room, to carry text of a ligature. */
const INVISIBLE = 0x200c;
/** What a glyph stands for that only completes another: nothing that is read aloud. */
const NOTHING = [0x200b];

const MARK = /^\p{M}$/u;
/** Contours and four coordinates, two bytes each. */
const BOUNDING_BOX_BYTES = 10;

/** A glyph together with the text it stands for. The PDF writer knows these pairs by number. */
interface GlyphPair {
  readonly id: number;
  readonly codePoints: readonly number[];
  /** Font units. */
  readonly advanceWidth: number;
}

/** Where the writer puts a glyph, in font units; it scales these numbers where they are. */
interface GlyphPosition {
  xAdvance: number;
  yAdvance: number;
  xOffset: number;
  yOffset: number;
}

/** A font as the PDF writer takes it. */
export interface EmbeddedFont {
  layout(
    text: string,
    features?: readonly string[],
  ): { readonly glyphs: readonly GlyphPair[]; readonly positions: GlyphPosition[]; readonly advanceWidth: number };
  createSubset(): Pick<GlyphSubset, 'includeGlyph' | 'encode'>;
}

/**
 * A font as one document embeds it: only the glyphs it uses, and each says exactly the text it stands for, so that what
 * is copied or read aloud is what was written.
 *
 * A PDF maps each glyph to text once. Here a glyph that stands for different texts counts as different glyphs; and in a
 * ligature of letters that run from right to left each has a glyph of its own, since readers turn round the order of
 * glyphs only. @see ISO 32000-1, 9.10 (extraction of text content)
 */
export function embeddedFont(font: OpenFont): EmbeddedFont {
  const file = create(padded(font.bytes));
  const pairs: { readonly glyph: number; readonly pair: GlyphPair }[] = [];
  const known = new Map<string, GlyphPair>();
  const invisible = file.glyphForCodePoint(INVISIBLE);
  const canCarry = file.hasGlyphForCodePoint(INVISIBLE) && invisible.advanceWidth === 0;

  const pairOf = (glyph: number, codePoints: readonly number[]): GlyphPair => {
    const key = `${glyph} ${codePoints.join(' ')}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const pair = { id: pairs.length, codePoints, advanceWidth: file.getGlyph(glyph).advanceWidth };
    pairs.push({ glyph, pair });
    known.set(key, pair);
    return pair;
  };

  // The writer asks for each run several times: how wide it is, then its glyphs.
  const remembered = new Map<string, ShapedGlyph[]>();
  const shapedRun = (text: string, level: number): ShapedGlyph[] => {
    const key = `${level} ${text}`;
    const glyphs = remembered.get(key) ?? shapeRun({ text, font, level });
    remembered.set(key, glyphs);
    return glyphs;
  };

  const layout: EmbeddedFont['layout'] = (text, features = []) => {
    const rightToLeft = features.includes(RIGHT_TO_LEFT);
    const glyphs: GlyphPair[] = [];
    const positions: GlyphPosition[] = [];
    let advanceWidth = 0;
    const carry = (character: string) => {
      glyphs.push(pairOf(invisible.id, [codePointOf(character)]));
      positions.push({ xAdvance: 0, yAdvance: 0, xOffset: 0, yOffset: 0 });
    };
    for (const shaped of shapedRun(text, rightToLeft ? 1 : 0)) {
      const { before, own, after } = rightToLeft && canCarry ? apart(shaped.text) : { ...APART, own: [...shaped.text] };
      for (const character of before) carry(character);
      glyphs.push(pairOf(shaped.id, own.length === 0 ? NOTHING : own.map(codePointOf)));
      positions.push({ xAdvance: shaped.xAdvance, yAdvance: 0, xOffset: shaped.xOffset, yOffset: shaped.yOffset });
      for (const character of after) carry(character);
      advanceWidth += shaped.xAdvance;
    }
    return { glyphs, positions, advanceWidth };
  };

  // Everything else the writer asks about (names, metrics) is the file's.
  return Object.create(file, {
    layout: { value: layout },
    createSubset: { value: () => pairSubset(file.createSubset(), (pair) => pairs[pair]?.glyph ?? 0) },
  });
}

const APART = { before: [], own: [], after: [] } as const;

/**
 * The characters a glyph stands for, one a glyph, from left to right where the text runs from right to left: the glyph
 * keeps the last letter, the letters joined to it follow, the marks on it go before.
 */
function apart(text: string): Readonly<Record<'before' | 'own' | 'after', readonly string[]>> {
  const characters = [...text].reverse();
  const kept = Math.max(
    0,
    characters.findIndex((character) => !MARK.test(character)),
  );
  return {
    before: characters.slice(0, kept),
    own: characters.slice(kept, kept + 1),
    after: characters.slice(kept + 1),
  };
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

/**
 * The library reads a bounding box of every glyph, also of a blank that has no outline; where that is the last of a
 * file, it would read on behind its end.
 */
function padded(bytes: Uint8Array): Uint8Array {
  const longer = new Uint8Array(bytes.length + BOUNDING_BOX_BYTES);
  longer.set(bytes);
  return longer;
}

/** A subset that is asked for pairs. A glyph that stands for several texts is in it several times. */
function pairSubset(
  subset: GlyphSubset,
  glyphOf: (pair: number) => number,
): Pick<GlyphSubset, 'includeGlyph' | 'encode'> {
  const numbers = new Map<number, number>();
  return {
    includeGlyph(pair) {
      const number = numbers.get(pair) ?? subset.glyphs.push(glyphOf(pair)) - 1;
      numbers.set(pair, number);
      return number;
    },
    encode: () => subset.encode(),
  };
}
