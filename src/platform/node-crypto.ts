import { createHmac, createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { Crypto, EcdsaCurve } from '../ports/crypto.js';
import { gunzip, gzip } from './node-gzip.js';

const verifyAside = promisify(verify);

/** SubjectPublicKeyInfo up to the 32 bytes of the key. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const ED25519_SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
/** SubjectPublicKeyInfo up to the point, and the hash. @see https://www.rfc-editor.org/rfc/rfc5480#section-2 */
const ECDSA: Readonly<
  Record<EcdsaCurve, { readonly spkiPrefix: Buffer; readonly coordinateBytes: number; readonly hash: string }>
> = {
  'P-256': {
    spkiPrefix: Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex'),
    coordinateBytes: 32,
    hash: 'sha256',
  },
  'P-384': {
    spkiPrefix: Buffer.from('3076301006072a8648ce3d020106052b81040022036200', 'hex'),
    coordinateBytes: 48,
    hash: 'sha384',
  },
};
/** Parsed public keys kept; an installation verifies with few, a public verifier with many. */
const KEPT_KEYS = 256;

/** The Crypto port over `node:crypto` and `node:zlib`. Keeps parsed public keys, oldest out first. */
export function createNodeCrypto(): Crypto {
  const kept = new Map<string, KeyObject>();

  function publicKeyObject(spkiPrefix: Buffer, raw: Uint8Array): KeyObject {
    const der = Buffer.concat([spkiPrefix, raw]);
    const name = der.toString('latin1');
    const known = kept.get(name);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const [oldest] = kept.keys();
    if (kept.size >= KEPT_KEYS && oldest !== undefined) kept.delete(oldest);
    kept.set(name, key);
    return key;
  }

  return {
    sha256: async (data) => digest('sha256', data),
    sha384: async (data) => digest('sha384', data),
    sha512: async (data) => digest('sha512', data),
    hmacSha256: async (key, data) => new Uint8Array(createHmac('sha256', key).update(data).digest()),
    verifyEd25519: async (publicKey, signature, data) =>
      publicKey.length === 32 &&
      signature.length === 64 &&
      verify(null, data, publicKeyObject(ED25519_SPKI_PREFIX, publicKey), signature),
    verifyEcdsa: async (curve, publicKey, signature, data) => {
      const { spkiPrefix, coordinateBytes, hash: algorithm } = ECDSA[curve];
      if (publicKey.length !== 1 + 2 * coordinateBytes || signature.length !== 2 * coordinateBytes) return false;
      const key = publicKeyObject(spkiPrefix, publicKey);
      // Off this thread: a derived proof may carry thousands of signatures.
      return verifyAside(algorithm, data, { key, dsaEncoding: 'ieee-p1363' }, signature);
    },
    gzip,
    gunzip,
  };
}

function digest(algorithm: string, data: Uint8Array | string): Uint8Array {
  return new Uint8Array(hash(algorithm, data, 'buffer'));
}
