import jsqr from 'jsqr';

/** What the QR code in a picture holds; undefined where none is seen. */
export function decodeQr({ data, width, height }: ImageData): string | undefined {
  return jsqr.default(data, width, height, { inversionAttempts: 'dontInvert' })?.data;
}
