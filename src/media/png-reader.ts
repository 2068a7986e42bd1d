import { crc32 } from './crc32.js';
import { type Damage, damaged } from './extraction.js';

/** The eight bytes every PNG begins with. @see https://www.w3.org/TR/png-3/#5PNG-file-signature */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Length, type and CRC around the data of a chunk. */
const CHUNK_OVERHEAD = 12;
const MAX_CHUNK_LENGTH = 0x7fffffff;
const IHDR_LENGTH = 13;
/** Honest pictures have tens or hundreds; a file of empty chunks would have hundreds of thousands. */
const MAX_CHUNKS = 20_000;

/** A chunk, as places in the file. */
export interface PngChunk {
  /** Four ASCII letters. */
  readonly type: string;
  /** Where its length field begins, and the byte after its CRC. */
  readonly start: number;
  readonly end: number;
}

export interface PngReading {
  readonly ok: true;
  /** As the header states; the pixels are never looked at. */
  readonly width: number;
  readonly height: number;
  /** From IHDR to IEND. What follows IEND in the file is no part of the picture. */
  readonly chunks: readonly PngChunk[];
}

/** The bytes between the type and the CRC of a chunk, not copied. */
export function chunkData(bytes: Uint8Array, { start, end }: PngChunk): Uint8Array {
  return bytes.subarray(start + 8, end - 4);
}

/**
 * Reads the structure of a PNG: signature, IHDR first, chunks with good check sums, at least one IDAT, IEND. Nothing is
 * inflated and nothing allocated by a length the file merely claims (threat cases V58, V59).
 * @see https://www.w3.org/TR/png-3/#5DataRep
 */
export function readPng(bytes: Uint8Array): PngReading | Damage {
  if (!PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return damaged('not-png', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let start: number = PNG_SIGNATURE.length;
  for (;;) {
    const remaining = bytes.length - start;
    if (remaining < CHUNK_OVERHEAD) return damaged('png-truncated', start);
    const length = view.getUint32(start);
    if (length > MAX_CHUNK_LENGTH || length > remaining - CHUNK_OVERHEAD) return damaged('png-chunk-length', start);
    const end = start + CHUNK_OVERHEAD + length;
    const type = String.fromCharCode(...bytes.subarray(start + 4, start + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) return damaged('png-chunk-type', start);
    if (crc32(bytes.subarray(start + 4, end - 4)) !== view.getUint32(end - 4)) return damaged('png-checksum', start);
    if (chunks.length >= MAX_CHUNKS) return damaged('png-too-many-chunks', start);
    const isFirst = chunks.length === 0;
    if (isFirst !== (type === 'IHDR') || (isFirst && length !== IHDR_LENGTH)) return damaged('png-structure', start);
    chunks.push({ type, start, end });
    if (type === 'IEND') {
      const complete = length === 0 && chunks.some((chunk) => chunk.type === 'IDAT');
      if (!complete) return damaged('png-structure', start);
      break;
    }
    start = end;
  }
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  if (width === 0 || height === 0 || width > MAX_CHUNK_LENGTH || height > MAX_CHUNK_LENGTH) {
    return damaged('png-structure', PNG_SIGNATURE.length);
  }
  return { ok: true, width, height, chunks };
}
