import { promisify } from 'node:util';
import { crc32, createInflateRaw, gzip as gzipCallback } from 'node:zlib';
import { InflateError } from '../ports/crypto.js';
import { GZIP_TRAILER_BYTES, gzipDataOffset } from './gzip-member.js';

const gzipBytes = promisify(gzipCallback);

/** Place of the operating system in the header, and its value "unknown": the same bytes on every platform. */
const OS_OFFSET = 9;
const OS_UNKNOWN = 255;

/** One GZIP member without name and time. */
export async function gzip(data: Uint8Array): Promise<Uint8Array> {
  const bytes = new Uint8Array(await gzipBytes(data));
  bytes[OS_OFFSET] = OS_UNKNOWN;
  return bytes;
}

/**
 * Inflates exactly one GZIP member. Node's own `gunzip` would go on with what follows it, so header and trailer are read
 * here.
 * @throws {InflateError}
 */
export async function gunzip(data: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const start = gzipDataOffset(data);
  const { bytes, consumed } = await inflate(data.subarray(start), maxBytes);
  const trailer = data.subarray(start + consumed);
  if (trailer.length !== GZIP_TRAILER_BYTES) throw new InflateError('damaged');
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.byteLength);
  if (view.getUint32(0, true) !== crc32(bytes)) throw new InflateError('damaged');
  if (view.getUint32(4, true) !== bytes.length % 2 ** 32) throw new InflateError('damaged');
  return bytes;
}

async function inflate(deflated: Uint8Array, maxBytes: number): Promise<{ bytes: Uint8Array; consumed: number }> {
  const stream = createInflateRaw();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    stream.end(deflated);
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) throw new TypeError('the inflate stream gave no bytes');
      length += chunk.length;
      // Leaving the loop destroys the stream: nothing more is inflated.
      if (length > maxBytes) throw new InflateError('too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof InflateError ? error : new InflateError('damaged', { cause: error });
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return { bytes, consumed: stream.bytesWritten };
}
