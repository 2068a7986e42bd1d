import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { readJwk, readMultibaseKey } from '../../src/proof/jwk.js';

function publicJwk(kind: 'Ed25519' | 'P-256' | 'P-384' | 'RSA', bits = 2048): JsonObject {
  const { publicKey } =
    kind === 'Ed25519'
      ? generateKeyPairSync('ed25519')
      : kind === 'RSA'
        ? generateKeyPairSync('rsa', { modulusLength: bits })
        : generateKeyPairSync('ec', { namedCurve: kind });
  const jwk: unknown = publicKey.export({ format: 'jwk' });
  if (!isJsonObject(jwk)) throw new Error('no JWK');
  return jwk;
}

/** base64url of bytes, changed. */
function changed(value: Json | undefined, change: (bytes: Buffer) => Uint8Array): string {
  return Buffer.from(change(Buffer.from(String(value), 'base64url'))).toString('base64url');
}

const isUsable = (jwk: Json | undefined) => readJwk(jwk).ok;

describe('a JSON Web Key', () => {
  it.each([
    ['Ed25519', 'Ed25519'],
    ['P-256', 'ES256'],
    ['P-384', 'ES384'],
    ['RSA', 'RS256'],
  ] as const)('of %s is read as a key for %s, bare', (kind, algorithm) => {
    const jwk = publicJwk(kind);
    const reading = readJwk({ ...jwk, kid: 'key-1', use: 'sig', key_ops: ['verify'], x5u: 'https://evil.example/' });
    expect(reading).toMatchObject({ ok: true, key: { algorithm, publicKeyJwk: jwk } });
    expect(reading.ok && Object.keys(reading.key.publicKeyJwk).sort()).toEqual(Object.keys(jwk).sort());
    // Keys are compared as texts, whatever order somebody wrote their members in.
    const reversed = readJwk(Object.fromEntries(Object.entries(jwk).reverse()));
    expect(JSON.stringify(reversed)).toBe(JSON.stringify(reading));
    const { publicKeyMultibase } = reading.ok ? reading.key : {};
    if (publicKeyMultibase === undefined) expect(algorithm).toBe('RS256');
    else expect(readMultibaseKey(publicKeyMultibase)).toEqual(reading);
  });

  it('is refused when it shows its private half', () => {
    const pair = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
    expect(isUsable({ kty: 'OKP', crv: 'Ed25519', x: pair.x ?? '' })).toBe(true);
    expect(isUsable({ kty: 'OKP', crv: 'Ed25519', x: pair.x ?? '', d: pair.d ?? '' })).toBe(false);
    expect(isUsable({ ...publicJwk('RSA'), d: 'AQAB' })).toBe(false);
  });

  it('is refused when it is meant for something else, or for another algorithm (V36)', () => {
    const jwk = publicJwk('P-256');
    expect(isUsable({ ...jwk, alg: 'ES256' })).toBe(true);
    for (const purpose of [
      { use: 'enc' },
      { key_ops: ['sign'] },
      { key_ops: 'verify' },
      { alg: 'ES384' },
      { alg: 'HS256' },
    ]) {
      expect(isUsable({ ...jwk, ...purpose }), JSON.stringify(purpose)).toBe(false);
    }
    expect(isUsable({ ...publicJwk('RSA'), alg: 'PS256' })).toBe(false);
  });

  it('is refused when it is of another kind, or no key', () => {
    const secp256k1 = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' });
    const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
    const others: Json[] = [
      { kty: 'oct', k: 'c2VjcmV0' },
      { kty: 'EC', crv: 'secp256k1', x: secp256k1.x ?? '', y: secp256k1.y ?? '' },
      { kty: 'OKP', crv: 'X25519', x: x25519.x ?? '' },
      { ...publicJwk('P-256'), crv: 'P-384' },
      { ...publicJwk('P-256'), kty: 'ec' },
      {},
      null,
      'key',
      [publicJwk('P-256')],
    ];
    for (const jwk of others) expect(isUsable(jwk), JSON.stringify(jwk)).toBe(false);
  });

  it('is refused when a coordinate is cut, padded, off the curve, of small order or written otherwise (V25)', () => {
    for (const kind of ['P-256', 'P-384'] as const) {
      const jwk = publicJwk(kind);
      for (const member of ['x', 'y']) {
        const written = String(jwk[member]);
        const bad: Json[] = [
          changed(written, (bytes) => bytes.subarray(1)),
          changed(written, (bytes) => Uint8Array.of(0, ...bytes)),
          changed(written, (bytes) => Uint8Array.of(...bytes.subarray(0, -1), (bytes.at(-1) ?? 0) ^ 1)),
          changed(written, (bytes) => bytes.fill(0xff)),
          `${written}=`,
          `${written} `,
          '',
          7,
          null,
        ];
        for (const value of bad) expect(isUsable({ ...jwk, [member]: value }), `${kind} ${value}`).toBe(false);
      }
    }
    for (const bytes of [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), new Uint8Array(31).fill(9)]) {
      const x = Buffer.from(bytes).toString('base64url');
      expect(isUsable({ kty: 'OKP', crv: 'Ed25519', x })).toBe(false);
    }
  });

  it('of RSA is refused when it is short, long, even, or has a small exponent', () => {
    const jwk = publicJwk('RSA');
    expect(isUsable(publicJwk('RSA', 1024))).toBe(false);
    const weak: JsonObject[] = [
      { ...jwk, k: 'c2VjcmV0' },
      { ...jwk, n: changed(jwk['n'], (bytes) => bytes.fill((bytes[0] ?? 0) & 0x7f, 0, 1)) },
      { kty: 'RSA', e: 'AQAB' },
      { ...jwk, e: 'AQ' },
      { ...jwk, e: 'Aw' },
      { ...jwk, e: 'AQAA' },
      { ...jwk, e: 'AAEAAQ' },
      { ...jwk, e: 'AQAAAAE' },
      { ...jwk, n: changed(jwk['n'], (bytes) => Uint8Array.of(...bytes.subarray(0, -1), 2)) },
      { ...jwk, n: changed(jwk['n'], (bytes) => Uint8Array.of(0, ...bytes)) },
      { ...jwk, n: Buffer.alloc(1025, 0xff).toString('base64url') },
    ];
    for (const key of weak) expect(isUsable(key), JSON.stringify(key).slice(-60)).toBe(false);
  });
});
