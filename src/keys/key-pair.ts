import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import type { SigningAlgorithm } from '../ports/signer.js';
import { writeMultikey } from '../proof/multikey.js';

/** A private key in memory, with its public half as the DID document shows it. */
export interface KeyPair {
  readonly algorithm: SigningAlgorithm;
  readonly publicKeyMultibase: string;
  readonly privateKey: KeyObject;
}

/** Draws a new key pair. */
export function generateKeyPair(algorithm: SigningAlgorithm): KeyPair {
  const { privateKey } =
    algorithm === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return keyPairOf(privateKey);
}

/**
 * Reads a private key from PKCS #8 in DER.
 * @throws {Error} when the bytes are no Ed25519 or P-256 key.
 */
export function readPrivateKey(pkcs8: Uint8Array): KeyPair {
  return keyPairOf(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }));
}

/** PKCS #8 in DER. @see https://www.rfc-editor.org/rfc/rfc5958 */
export function exportPrivateKey({ privateKey }: KeyPair): Uint8Array {
  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }));
}

function keyPairOf(privateKey: KeyObject): KeyPair {
  // Of the public half only: the private scalar stays inside the key object.
  return { ...describePublicKey(createPublicKey(privateKey)), privateKey };
}

/** A public key as the DID document shows it. @throws {Error} for one that is neither Ed25519 nor P-256. */
export function describePublicKey(publicKey: KeyObject): Omit<KeyPair, 'privateKey'> {
  const { kty, crv, x, y } = publicKey.export({ format: 'jwk' });
  if (kty === 'OKP' && crv === 'Ed25519' && x !== undefined) {
    return { algorithm: 'Ed25519', publicKeyMultibase: writeMultikey('Ed25519', base64urlnopad.decode(x)) };
  }
  if (kty === 'EC' && crv === 'P-256' && x !== undefined && y !== undefined) {
    return { algorithm: 'ES256', publicKeyMultibase: writeMultikey('ES256', compressPoint(x, y)) };
  }
  throw new Error(`no support for ${kty} keys of ${crv ?? 'an unnamed curve'}`);
}

/** SEC 1 compressed point: 02 or 03 after the parity of y, then x. */
function compressPoint(x: string, y: string): Uint8Array {
  const parity = (base64urlnopad.decode(y).at(-1) ?? 0) & 1;
  return Uint8Array.of(2 + parity, ...base64urlnopad.decode(x));
}
