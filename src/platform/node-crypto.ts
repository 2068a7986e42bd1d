import { createHash, createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Crypto } from '../ports/crypto.js';
import { gunzip, gzip } from './node-gzip.js';

/** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes. @see https://www.rfc-editor.org/rfc/rfc8410#section-4 */
const ED25519_SPKI_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
/** Parsed public keys kept; an installation verifies with few, a public verifier with many. */
const KEPT_KEYS = 256;

/** The Crypto port over `node:crypto` and `node:zlib`. Keeps parsed public keys, oldest out first. */
export function createNodeCrypto(): Crypto {
  const kept = new Map<string, KeyObject>();

  function publicKeyObject(raw: Uint8Array): KeyObject {
    const name = Buffer.from(raw).toString('latin1');
    const known = kept.get(name);
    if (known !== undefined) return known;
    const key = createPublicKey({ key: Buffer.concat([ED25519_SPKI_PREFIX, raw]), format: 'der', type: 'spki' });
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
      publicKey.length === 32 && signature.length === 64 && verify(null, data, publicKeyObject(publicKey), signature),
    gzip,
    gunzip,
  };
}

function digest(algorithm: string, data: Uint8Array): Uint8Array {
  return new Uint8Array(createHash(algorithm).update(data).digest());
}
