import { ed25519KeyProblem } from './curves.js';
import { decodeBase58Multibase, encodeBase58Multibase } from './multibase.js';
import { compressedPointProblem } from './nist-curves.js';

/** What a key signs with, by the names JOSE gives it: ES256 is P-256 with SHA-256, ES384 is P-384 with SHA-384. */
export const MULTIKEY_ALGORITHMS = ['Ed25519', 'ES256', 'ES384'] as const;
export type MultikeyAlgorithm = (typeof MULTIKEY_ALGORITHMS)[number];

/** Multicodec prefixes of public keys, as unsigned varints. @see https://www.w3.org/TR/cid-1.0/#Multikey */
const PREFIX: Readonly<Record<MultikeyAlgorithm, readonly [number, number]>> = {
  Ed25519: [0xed, 0x01],
  ES256: [0x80, 0x24],
  ES384: [0x81, 0x24],
};

/** What a `publicKeyMultibase` holds; `publicKey` is 32 bytes (Ed25519) or a compressed point of 33 (P-256) or 49 (P-384). */
export type MultikeyReading =
  | { readonly ok: true; readonly algorithm: MultikeyAlgorithm; readonly publicKey: Uint8Array }
  | { readonly ok: false; readonly detail: string };

/** Writes a public key as `z6Mk…`, `zDn…` or `z82…`. @param publicKey as in {@link MultikeyReading}. */
export function writeMultikey(algorithm: MultikeyAlgorithm, publicKey: Uint8Array): string {
  return encodeBase58Multibase(Uint8Array.of(...PREFIX[algorithm], ...publicKey));
}

/** Keys found good are few and come again with every proof, and to see that a point is one takes long. */
const KEPT_READINGS = 64;
const readings = new Map<string, MultikeyReading>();

/**
 * Reads a public key strictly: its prefix, its length, and that it is a point one may trust (V25).
 * @see https://www.w3.org/TR/cid-1.0/#Multikey
 */
export function readMultikey(multibase: string): MultikeyReading {
  const known = readings.get(multibase);
  if (known !== undefined) return known;
  const reading = parseMultikey(multibase);
  const [oldest] = readings.keys();
  if (reading.ok && readings.size >= KEPT_READINGS && oldest !== undefined) readings.delete(oldest);
  if (reading.ok) readings.set(multibase, reading);
  return reading;
}

function parseMultikey(multibase: string): MultikeyReading {
  const bytes = decodeBase58Multibase(multibase);
  if (bytes === undefined) return { ok: false, detail: 'the key is not written in multibase base58-btc' };
  const publicKey = bytes.slice(2);
  const algorithm = MULTIKEY_ALGORITHMS.find((name) => PREFIX[name][0] === bytes[0] && PREFIX[name][1] === bytes[1]);
  if (algorithm === undefined) return { ok: false, detail: 'the key is neither Ed25519 nor P-256 nor P-384' };
  const problem = publicKeyProblem(algorithm, publicKey);
  return problem === undefined ? { ok: true, algorithm, publicKey } : { ok: false, detail: problem };
}

/** Why raw bytes are no public key to trust; undefined for a good one. */
export function publicKeyProblem(algorithm: MultikeyAlgorithm, publicKey: Uint8Array): string | undefined {
  if (algorithm === 'Ed25519') return ed25519KeyProblem(publicKey);
  return compressedPointProblem(algorithm === 'ES256' ? 'P-256' : 'P-384', publicKey);
}
