import { base64urlnopad } from '@scure/base';
import { type Crypto, InflateError } from '../ports/crypto.js';

/** Most bytes a foreign list may inflate to: 134 million entries. */
export const MAX_BITSTRING_BYTES = 16 * 1024 * 1024;

/** Multibase prefix of base64url without padding. */
const MULTIBASE_BASE64URL = 'u';

/**
 * The `encodedList` of a bitstring: `u`, then base64url without padding of its GZIP form.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-generation-algorithm
 */
export async function encodeStatusList(bits: Uint8Array, crypto: Crypto): Promise<string> {
  return MULTIBASE_BASE64URL + base64urlnopad.encode(await crypto.gzip(bits));
}

/** `damaged`: not what an `encodedList` looks like. `too-large`: inflates to more than allowed. */
export type DecodedStatusList =
  | { readonly ok: true; readonly bits: Uint8Array }
  | { readonly ok: false; readonly reason: 'damaged' | 'too-large' };

/**
 * Reads an `encodedList` strictly: prefix, alphabet, no padding, one GZIP member with its check sum and nothing after.
 * @param maxBytes the most to inflate; stops there whatever the list claims.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-expansion-algorithm
 */
export async function decodeStatusList(
  encoded: string,
  crypto: Crypto,
  maxBytes: number = MAX_BITSTRING_BYTES,
): Promise<DecodedStatusList> {
  const compressed = decodeBase64url(encoded);
  if (compressed === undefined) return { ok: false, reason: 'damaged' };
  try {
    return { ok: true, bits: await crypto.gunzip(compressed, maxBytes) };
  } catch (error) {
    if (error instanceof InflateError) return { ok: false, reason: error.reason };
    throw error;
  }
}

function decodeBase64url(encoded: string): Uint8Array | undefined {
  if (!encoded.startsWith(MULTIBASE_BASE64URL)) return undefined;
  try {
    return base64urlnopad.decode(encoded.slice(1));
  } catch {
    return undefined;
  }
}
