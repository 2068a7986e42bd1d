import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/ports/json.js';
import { writeMultikey } from '../../../src/proof/multikey.js';
import { readVerificationKey } from '../../../src/verification/jwt/verification-key.js';
import { KEYS, rsaKey } from './keys.js';

const read = (jwk: JsonObject) => readVerificationKey({ jwk });
const bytesOf = (value: unknown) => Buffer.from(String(value), 'base64url');
const compressed = ({ x, y }: JsonObject) => Uint8Array.of(2 + ((bytesOf(y).at(-1) ?? 0) & 1), ...bytesOf(x));

describe('reading a key to verify with', () => {
  it.each(Object.values(KEYS))(
    'benign twin: a $alg key is for $alg, and two ways to write it are one key',
    ({ alg, jwk }) => {
      const reading = read(jwk);
      expect(reading).toMatchObject({ ok: true, key: { algorithm: alg } });
      expect(read({ kid: 'k', use: 'sig', alg, key_ops: ['verify'], ext: true, ...jwk })).toEqual(reading);
    },
  );

  it('reads the same key as Multikey and as JWK', () => {
    const { EdDSA, ES256, ES384 } = KEYS;
    expect(readVerificationKey({ multikey: writeMultikey('Ed25519', bytesOf(EdDSA.jwk['x'])) })).toEqual(
      read(EdDSA.jwk),
    );
    expect(readVerificationKey({ multikey: writeMultikey('ES256', compressed(ES256.jwk)) })).toEqual(read(ES256.jwk));
    expect(readVerificationKey({ multikey: writeMultikey('ES384', compressed(ES384.jwk)) })).toEqual(read(ES384.jwk));
    expect(readVerificationKey({ multikey: 'z6MkBad' })).toMatchObject({ ok: false });
  });

  const { EdDSA, ES256, RS256 } = KEYS;
  const modulus = bytesOf(RS256.jwk['n']);
  it.each([
    [
      'V25: an Ed25519 point of small order',
      { ...EdDSA.jwk, x: Buffer.alloc(32, 0).fill(1, 0, 1).toString('base64url') },
    ],
    ['V25: an Ed25519 key of 31 bytes', { ...EdDSA.jwk, x: bytesOf(EdDSA.jwk['x']).subarray(1).toString('base64url') }],
    ['V25: an Ed25519 key with padding', { ...EdDSA.jwk, x: `${EdDSA.jwk['x']}=` }],
    ['V25: a point off the curve', { ...ES256.jwk, y: ES256.jwk['x'] ?? '' }],
    ['V25: a P-256 point said to be of P-384', { ...ES256.jwk, crv: 'P-384' }],
    ['a point without y', { kty: 'EC', crv: 'P-256', x: ES256.jwk['x'] ?? '' }],
    ['V36: a symmetric key', { kty: 'oct', k: 'c2VjcmV0' }],
    ['V36: an RSA key that is also symmetric', { ...RS256.jwk, k: 'c2VjcmV0' }],
    ['a curve we do not verify', { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' }],
    ['X25519', { kty: 'OKP', crv: 'X25519', x: EdDSA.jwk['x'] ?? '' }],
    ['a key whose private half is public', { ...ES256.jwk, d: 'AAAA' }],
    ['a key for encryption', { ...RS256.jwk, use: 'enc' }],
    ['a key for other operations', { ...RS256.jwk, key_ops: ['encrypt'] }],
    ['a key for another algorithm', { ...RS256.jwk, alg: 'PS256' }],
    ['an RSA key of 1,024 bits', rsaKey(1_024).jwk],
    [
      'an RSA key of 2,047 bits',
      { ...RS256.jwk, n: Buffer.from(modulus.with(0, (modulus[0] ?? 0) & 0x7f)).toString('base64url') },
    ],
    ['an RSA key of 16,384 bits', { ...RS256.jwk, n: Buffer.alloc(2_048, 0xff).toString('base64url') }],
    [
      'an RSA key that begins with zeros',
      { ...RS256.jwk, n: Buffer.concat([Buffer.of(0), modulus]).toString('base64url') },
    ],
    ['an even RSA modulus', { ...RS256.jwk, n: Buffer.from(modulus.with(-1, 2)).toString('base64url') }],
    ['an RSA exponent of 1', { ...RS256.jwk, e: 'AQ' }],
    ['an RSA exponent of 3', { ...RS256.jwk, e: 'Aw' }],
    ['an even RSA exponent', { ...RS256.jwk, e: 'AQAC' }],
    ['an RSA exponent of five bytes', { ...RS256.jwk, e: 'AQAAAAE' }],
    ['no RSA modulus', { kty: 'RSA', e: 'AQAB' }],
    ['nothing', {}],
  ])('refuses %s', (_, jwk) => {
    expect(read(jwk as JsonObject)).toMatchObject({ ok: false });
  });
});
