/** The faces documents are set from, by voice for Latin, Greek and Cyrillic, by script for the others. */
export type FontFace =
  | 'serif'
  | 'serif-italic'
  | 'serif-semibold'
  | 'sans'
  | 'sans-semibold'
  | 'arabic'
  | 'arabic-bold'
  | 'han'
  | 'hangul';

/** Has the bytes of a face: a TTF file. */
export type ReadFont = (face: FontFace) => Promise<Uint8Array>;
