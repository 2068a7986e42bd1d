import { BakingError, bakeableForm, MAX_PICTURE_SIDE } from './baking.js';
import { crc32 } from './crc32.js';
import { BADGE_KEYWORD, badgeChunks } from './png-extract.js';
import { PNG_SIGNATURE, readPng } from './png-reader.js';

/**
 * Writes a signed badge into a PNG: one uncompressed iTXt chunk before the first IDAT. A badge that was there is
 * replaced; every other chunk stays byte for byte; what followed IEND is left out.
 * @param credential the badge's JSON text, or its compact JWS; comes out again byte for byte.
 * @returns a new picture.
 * @throws {BakingError}
 * @see https://www.imsglobal.org/spec/ob/v3p0/#baked-badge
 */
export function bakePng(picture: Uint8Array, credential: string): Uint8Array {
  bakeableForm(credential);
  const png = readPng(picture);
  if (!png.ok) throw new BakingError('picture', `the PNG is damaged: ${png.damage}`);
  if (png.width > MAX_PICTURE_SIDE || png.height > MAX_PICTURE_SIDE) {
    throw new BakingError(
      'size',
      `the PNG measures ${png.width} × ${png.height} pixels, more than ${MAX_PICTURE_SIDE}`,
    );
  }
  const replaced = new Set(
    badgeChunks(picture, png.chunks)
      .filter(({ keyword }) => keyword === BADGE_KEYWORD)
      .map(({ start }) => start),
  );
  const kept = png.chunks.filter(({ start }) => !replaced.has(start));
  const firstIdat = kept.findIndex(({ type }) => type === 'IDAT');
  const pieces = kept.map(({ start, end }) => picture.subarray(start, end));
  pieces.splice(firstIdat, 0, badgeChunk(credential));
  return joined([Uint8Array.from(PNG_SIGNATURE), ...pieces]);
}

function badgeChunk(credential: string): Uint8Array {
  const encoder = new TextEncoder();
  // NUL after the keyword, compression flag and method 0, language tag and translated keyword empty.
  const data = joined([encoder.encode(BADGE_KEYWORD), new Uint8Array(5), encoder.encode(credential)]);
  const typeAndData = joined([encoder.encode('iTXt'), data]);
  return joined([uint32(data.length), typeAndData, uint32(crc32(typeAndData))]);
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
