/** What Sceau uses of fontkit 2, which ships no types. */
declare module 'fontkit' {
  export interface Glyph {
    /** Number in the font. */
    readonly id: number;
    /** Font units. */
    readonly advanceWidth: number;
  }
  /** The glyphs that go into a document, numbered in the order they were added. */
  export interface GlyphSubset {
    /** Numbers in the font, by the number here. */
    readonly glyphs: number[];
    /** @returns the glyph's number here. */
    includeGlyph(glyph: number): number;
    /** The font file of these glyphs. */
    encode(): Uint8Array;
  }
  export interface Font {
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): Glyph;
    getGlyph(id: number): Glyph;
    createSubset(): GlyphSubset;
  }
  /** @throws for bytes that are no font. */
  export function create(bytes: Uint8Array): Font;
}
