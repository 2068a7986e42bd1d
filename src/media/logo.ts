import { PNG_SIGNATURE, readPng } from './png-reader.js';
import { sniff } from './sniff.js';
import { refusedInDrawing } from './svg-drawing.js';

/** A logo is fetched with every page of a badge. */
export const MAX_LOGO_BYTES = 256 * 1024;
export const MAX_LOGO_SIDE = 2_048;

export type LogoMediaType = 'image/png' | 'image/svg+xml';

/** Why a file is no logo. `name`: the element or attribute of an SVG that is not allowed, as written. */
export type LogoRefusal =
  | { readonly reason: 'format' | 'size' | 'pixels' | 'damaged' }
  | { readonly reason: 'content'; readonly name: string };

export type LogoReading =
  | { readonly ok: true; readonly mediaType: LogoMediaType; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly refusal: LogoRefusal };

/** Chunks that decide how a PNG looks; others may hold words, places, or a badge. @see https://www.w3.org/TR/png-3/#5ChunkOrdering */
const KEPT_CHUNKS: ReadonlySet<string> = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs'.split(' '),
);

/**
 * Reads an institution's logo: a PNG, of which only what is seen is kept, or an SVG that is nothing but a drawing. It is
 * what its bytes say, whatever its name.
 */
export function readLogo(file: Uint8Array): LogoReading {
  if (file.length > MAX_LOGO_BYTES) return refused('size');
  const { format } = sniff(file);
  if (format === 'png') return readPngLogo(file);
  if (format !== 'svg') return refused('format');
  const found = refusedInDrawing(file);
  if (found === undefined) return { ok: true, mediaType: 'image/svg+xml', bytes: file };
  return found.name === '' ? refused('damaged') : { ok: false, refusal: { reason: 'content', name: found.name } };
}

function refused(reason: Exclude<LogoRefusal['reason'], 'content'>): LogoReading {
  return { ok: false, refusal: { reason } };
}

function readPngLogo(file: Uint8Array): LogoReading {
  const png = readPng(file);
  if (!png.ok) return refused('damaged');
  if (png.width > MAX_LOGO_SIDE || png.height > MAX_LOGO_SIDE) return refused('pixels');
  // An animation is left out with the rest, and its first picture stays.
  const kept = png.chunks.filter(({ type }) => KEPT_CHUNKS.has(type));
  const pieces = kept.map(({ start, end }) => file.subarray(start, end));
  const bytes = new Uint8Array(PNG_SIGNATURE.length + pieces.reduce((sum, piece) => sum + piece.length, 0));
  bytes.set(PNG_SIGNATURE);
  let at: number = PNG_SIGNATURE.length;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return { ok: true, mediaType: 'image/png', bytes };
}
