import type { SigningAlgorithm } from '../ports/signer.js';
import { ed25519KeyProblem, p256KeyProblem } from './curves.js';
import { decodeBase58Multibase, encodeBase58Multibase } from './multibase.js';

/** Multicodec prefixes of public keys, as unsigned varints. @see https://www.w3.org/TR/cid-1.0/#Multikey */
const PREFIX: Readonly<Record<SigningAlgorithm, readonly [number, number]>> = {
  Ed25519: [0xed, 0x01],
  ES256: [0x80, 0x24],
};

/** What a `publicKeyMultibase` holds; `publicKey` is 32 bytes (Ed25519) or 33, compressed (P-256). */
export type MultikeyReading =
  | { readonly ok: true; readonly algorithm: SigningAlgorithm; readonly publicKey: Uint8Array }
  | { readonly ok: false; readonly detail: string };

/** Writes a public key as `z6Mk…` or `zDn…`. @param publicKey 32 bytes (Ed25519), 33 compressed (P-256). */
export function writeMultikey(algorithm: SigningAlgorithm, publicKey: Uint8Array): string {
  return encodeBase58Multibase(Uint8Array.of(...PREFIX[algorithm], ...publicKey));
}

/**
 * Reads a public key strictly: its prefix, its length, and that it is a point one may trust (V25).
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function readMultikey(multibase: string): MultikeyReading {
  const bytes = decodeBase58Multibase(multibase);
  if (bytes === undefined) return { ok: false, detail: 'the key is not written in multibase base58-btc' };
  const publicKey = bytes.slice(2);
  const algorithm =
    bytes[0] === 0xed && bytes[1] === 0x01 ? 'Ed25519' : bytes[0] === 0x80 && bytes[1] === 0x24 ? 'ES256' : undefined;
  if (algorithm === undefined) return { ok: false, detail: 'the key is neither Ed25519 nor P-256' };
  const problem = algorithm === 'Ed25519' ? ed25519KeyProblem(publicKey) : p256KeyProblem(publicKey);
  return problem === undefined ? { ok: true, algorithm, publicKey } : { ok: false, detail: problem };
}
