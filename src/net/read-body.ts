import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchStop, unreachable } from './fetch-stop.js';

/** Decoders by content coding (RFC 9110, section 8.4.1). We ask for none; some servers send one all the same. */
const DECODERS = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);

/**
 * Reads a body to its end. Bytes are counted as they come and again once decoded, and reading stops with the first one
 * too many (S8): a bomb costs no more than an honest body. One coding is undone, never several.
 * @throws {FetchStop}
 */
export async function readBody(
  response: IncomingMessage,
  { maxBytes, signal }: { readonly maxBytes: number; readonly signal: AbortSignal },
): Promise<Uint8Array> {
  const coding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const createDecoder = DECODERS.get(coding);
  if (createDecoder === undefined && coding !== 'identity' && coding !== '') throw unreachable('content-encoding');
  if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw unreachable('too-large');
  const chunks: Uint8Array[] = [];
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of atMost(maxBytes, source)) chunks.push(chunk);
  };
  try {
    if (createDecoder === undefined) {
      await pipeline(response, collect, { signal });
    } else {
      const limited = (source: AsyncIterable<Uint8Array>) => atMost(maxBytes, source);
      await pipeline(response, limited, createDecoder(), collect, { signal });
    }
  } catch (error) {
    throw stopFor(error);
  }
  return joined(chunks);
}

async function* atMost(maxBytes: number, source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of source) {
    total += chunk.length;
    if (total > maxBytes) throw unreachable('too-large');
    yield chunk;
  }
}

function stopFor(error: unknown): FetchStop {
  if (error instanceof FetchStop) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isDecoding = /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING)/.test(code);
  return unreachable(isDecoding ? 'content-encoding' : 'connection-lost', error);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((total, chunk) => total + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
