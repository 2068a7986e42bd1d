import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JsonObject } from '../../../src/ports/json.js';
import { readJwk } from '../../../src/proof/jwk.js';
import type { VerificationKey } from '../../../src/proof/verification-key.js';
import { compactJws } from '../inputs/reading.js';

export interface JwtKey {
  readonly alg: string;
  readonly jwk: JsonObject;
  readonly privateKey: KeyObject;
}

/** Signed with the platform’s own primitives, not with the library that verifies. */
const HASHES: Readonly<Record<string, string>> = { ES256: 'sha256', ES384: 'sha384', RS256: 'sha256' };

function jwtKey(alg: string, { publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): JwtKey {
  return { alg, jwk: { ...publicKey.export({ format: 'jwk' }) } as JsonObject, privateKey };
}

export const KEYS = {
  EdDSA: jwtKey('EdDSA', generateKeyPairSync('ed25519')),
  ES256: jwtKey('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ES384: jwtKey('ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })),
  RS256: jwtKey('RS256', generateKeyPairSync('rsa', { modulusLength: 2_048 })),
} as const;

/** An RSA key pair of a given length. */
export function rsaKey(modulusLength: number): JwtKey {
  return jwtKey('RS256', generateKeyPairSync('rsa', { modulusLength }));
}

/** Signs a compact JWS. @param header `alg` is the key's unless it says another. */
export function signJwt(key: JwtKey, header: object, payload: unknown): string {
  const unsigned = compactJws({ alg: key.alg, ...header }, payload, '');
  const data = Buffer.from(unsigned.slice(0, -1));
  const signature = sign(HASHES[key.alg] ?? null, data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
  return unsigned + signature.toString('base64url');
}

/** Signs with HMAC: what somebody does who only has the public key (V36). */
export function hmacJwt(secret: string | Buffer, header: object, payload: unknown): string {
  const unsigned = compactJws({ alg: 'HS256', ...header }, payload, '');
  return unsigned + createHmac('sha256', secret).update(unsigned.slice(0, -1)).digest('base64url');
}

export function verificationKey(jwk: JsonObject): VerificationKey {
  const reading = readJwk(jwk);
  if (!reading.ok) throw new Error(reading.detail);
  return reading.key;
}
