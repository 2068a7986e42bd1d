import { base64, base64urlnopad } from '@scure/base';
import { decodeBase58Multibase } from '../proof/multibase.js';

/** Weakest last, as the standard ranks them. */
export const DIGEST_ALGORITHMS = ['sha512', 'sha384', 'sha256'] as const;
export type DigestAlgorithm = (typeof DIGEST_ALGORITHMS)[number];

/** A digest a badge states for a file. */
export interface StatedDigest {
  readonly algorithm: DigestAlgorithm;
  /** Base64 with padding. */
  readonly value: string;
}

/** Code of the algorithm and length of the digest, as a multihash begins. @see https://www.w3.org/TR/cid-1.0/#multihash */
const MULTIHASH: Readonly<Record<DigestAlgorithm, readonly [number, number]>> = {
  sha512: [0x13, 64],
  sha384: [0x20, 48],
  sha256: [0x12, 32],
};

/**
 * The digests of a `digestSRI`, those of its strongest algorithm only: one of them is to fit.
 * @see https://www.w3.org/TR/SRI/#the-integrity-attribute
 */
export function readDigestSri(text: string): readonly StatedDigest[] {
  const stated = text.split(/\s+/).map((part) => part.split('?', 1)[0] ?? '');
  for (const algorithm of DIGEST_ALGORITHMS) {
    const values = stated.filter((part) => part.startsWith(`${algorithm}-`));
    if (values.length > 0) return values.map((part) => ({ algorithm, value: part.slice(algorithm.length + 1) }));
  }
  return [];
}

/**
 * The digest of a `digestMultibase`: a multihash in base58-btc or base64url. Undefined for any other text.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources
 */
export function readDigestMultibase(text: string): StatedDigest | undefined {
  const bytes = text.startsWith('u') ? decodeBase64url(text.slice(1)) : decodeBase58Multibase(text);
  const algorithm = DIGEST_ALGORITHMS.find((name) => {
    const [code, length] = MULTIHASH[name];
    return bytes?.[0] === code && bytes[1] === length && bytes.length === length + 2;
  });
  return bytes === undefined || algorithm === undefined
    ? undefined
    : { algorithm, value: base64.encode(bytes.subarray(2)) };
}

function decodeBase64url(text: string): Uint8Array | undefined {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return undefined;
  }
}
