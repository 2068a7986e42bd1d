import { InflateError } from '../ports/crypto.js';

const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** CRC-32 and length of what was compressed. */
export const GZIP_TRAILER_BYTES = 8;

/**
 * Where the DEFLATE data of a GZIP member begins.
 * @throws {InflateError} `damaged` when this is no GZIP header.
 * @see https://www.rfc-editor.org/rfc/rfc1952#section-2.3
 */
export function gzipDataOffset(data: Uint8Array): number {
  const flags = data[3];
  if (data[0] !== 0x1f || data[1] !== 0x8b || data[2] !== 8 || flags === undefined || flags & FLAG.reserved) {
    throw new InflateError('damaged');
  }
  let offset = 10;
  if (flags & FLAG.extra) offset += 2 + (data[offset] ?? 0) + 256 * (data[offset + 1] ?? 0);
  if (flags & FLAG.name) offset = afterZero(data, offset);
  if (flags & FLAG.comment) offset = afterZero(data, offset);
  if (flags & FLAG.headerCrc) offset += 2;
  if (offset + GZIP_TRAILER_BYTES > data.length) throw new InflateError('damaged');
  return offset;
}

function afterZero(data: Uint8Array, from: number): number {
  const zero = data.indexOf(0, from);
  if (zero < 0) throw new InflateError('damaged');
  return zero + 1;
}
