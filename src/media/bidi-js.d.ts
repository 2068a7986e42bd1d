/** What Sceau uses of bidi-js 1. Its own types describe another form of the module than the one Node loads. */
declare module 'bidi-js' {
  export interface EmbeddingLevels {
    /** One level a UTF-16 code unit; odd runs from right to left. */
    readonly levels: Uint8Array;
    readonly paragraphs: readonly { readonly start: number; readonly end: number; readonly level: number }[];
  }
  export interface Bidi {
    getEmbeddingLevels(text: string, direction?: 'ltr' | 'rtl' | 'auto'): EmbeddingLevels;
    getMirroredCharacter(character: string): string | null;
  }
  export default function bidiFactory(): Bidi;
}
