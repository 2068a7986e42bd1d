import { base58 } from '@scure/base';

/** Base58 grows with the square of its input: nothing we read in it is longer than a signature of 96 bytes. */
const MAX_BASE58_LENGTH = 140;

/** Multibase base58-btc: `z` and the bytes in Bitcoin's alphabet. @see https://www.w3.org/TR/cid-1.0/#multibase-0 */
export function encodeBase58Multibase(bytes: Uint8Array): string {
  return `z${base58.encode(bytes)}`;
}

/** @returns the bytes; undefined for another base, another alphabet, or text too long to be a key or a signature. */
export function decodeBase58Multibase(text: string): Uint8Array | undefined {
  if (!text.startsWith('z') || text.length < 2 || text.length > MAX_BASE58_LENGTH) return undefined;
  try {
    return base58.decode(text.slice(1));
  } catch {
    return undefined;
  }
}
