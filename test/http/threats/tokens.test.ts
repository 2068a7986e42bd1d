import { describe, expect, it } from 'vitest';
import { bakePng } from '../../../src/media/png-bake.js';
import type { JsonObject } from '../../../src/ports/json.js';
import { png } from '../../media/png.js';
import { CREATED, fullBadge, INDEX, ISSUER, sign, unsignedList } from '../../verification/house.js';
import { BOUND, badgeJwt, KID, PAYLOAD, publishedWith, unsecured } from '../../verification/jwt/jwt-badge.js';
import { hmacJwt, KEYS } from '../../verification/jwt/keys.js';
import { formOf, ISSUER_DOCUMENT, STRANGER, STRANGER_DOCUMENT, serve, withList, withPages } from './served.js';

const served = serve();
const seconds = (text: string) => Date.parse(text) / 1_000;
const SECURITY = 'CRYPTOGRAPHIC_SECURITY_ERROR';
const NOT_THEIRS = '200 invalid proof/jwt-key-not-issuers INVALID_VERIFICATION_METHOD';
const MISMATCH = '200 invalid proof/claim-mismatch claim-mismatch';
const MALFORMED_CLAIM = '200 invalid proof/malformed-claim MALFORMED_VALUE_ERROR';

/** Posts a token while the issuer publishes this key. */
function verdict(compact: string, key = KEYS.ES256, contentType = 'application/jwt'): Promise<string> {
  withPages(served, {
    [ISSUER_DOCUMENT]: publishedWith(key),
    [STRANGER_DOCUMENT]: publishedWith(KEYS.EdDSA, { did: STRANGER }),
  });
  return served.verdict(compact, contentType);
}

const parts = (compact: string) => compact.split('.');
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a posted VC-JWT', () => {
  it.each(Object.values(KEYS))('V35 V36 V38 V40 V66 has a twin: signed with $alg it is valid', async (key) => {
    const compact = badgeJwt({}, PAYLOAD, key);
    for (const type of ['application/jwt', 'application/vc+jwt', 'text/plain']) {
      expect(await verdict(compact, key, type)).toBe('200 valid');
    }
    expect(await served.verdict(formOf({ credential: ` ${compact}\n` }))).toBe('200 valid');
    expect(await served.verdict(formOf({ file: new TextEncoder().encode(compact) }))).toBe('200 valid');
    expect(await served.verdict(bakePng(png(), compact), 'image/png')).toBe('200 valid');
    const [header, , signature] = parts(compact);
    const altered = `${header}.${encoded({ ...PAYLOAD, name: 'Doctorat' })}.${signature}`;
    expect(await verdict(altered, key)).toBe(`200 invalid proof/signature-invalid ${SECURITY}`);
  });

  const secret = JSON.stringify(KEYS.ES256.jwk);
  it.each<[string, () => string, string]>([
    ['V35 alg none, empty third part', () => `${unsecured({ alg: 'none' })}.`, 'proof/jwt-algorithm'],
    ['V35 alg none', () => `${unsecured({ alg: 'none' })}.c2ln`, 'proof/jwt-algorithm'],
    ['V35 alg None', () => `${unsecured({ alg: 'None' })}.c2ln`, 'proof/jwt-algorithm'],
    ['V35 alg NONE', () => `${unsecured({ alg: 'NONE' })}.c2ln`, 'proof/jwt-algorithm'],
    ['V35 no alg', () => `${unsecured({ kid: KID })}.c2ln`, 'proof/jwt-algorithm'],
    ['V35 alg in a list', () => `${unsecured({ alg: ['ES256'] })}.c2ln`, 'proof/jwt-algorithm'],
    ['V35 an empty signature', () => `${unsecured({ alg: 'ES256', kid: KID })}.`, 'proof/signature-invalid'],
    ['V35 two parts', () => parts(badgeJwt()).slice(0, 2).join('.'), 'parse/jwt-parts'],
    ['V35 four parts', () => `${badgeJwt()}.c2ln`, 'parse/jwt-parts'],
    ['V35 five parts', () => `${badgeJwt()}.c2ln.c2ln`, 'parse/jwt-parts'],
    ['V36 HS256 with the key as JWK', () => hmacJwt(secret, { kid: KID }, PAYLOAD), 'proof/jwt-algorithm'],
    ['V36 HS256 with the key as PEM', () => hmacJwt(pem(), { kid: KID }, PAYLOAD), 'proof/jwt-algorithm'],
    ['V36 another algorithm', () => badgeJwt({ alg: 'EdDSA' }, PAYLOAD, KEYS.EdDSA), 'proof/jwt-algorithm'],
    ['V36 ES384 for a P-256 key', () => badgeJwt({ alg: 'ES384' }), 'proof/jwt-algorithm'],
    ['V36 RS256 for a P-256 key', () => badgeJwt({ alg: 'RS256' }), 'proof/jwt-algorithm'],
    ['V39 crit b64', () => badgeJwt({ crit: ['b64'], b64: false }), 'parse/jwt-header'],
    ['V39 b64 alone', () => badgeJwt({ b64: false }), 'parse/jwt-header'],
    ['V39 an unknown crit', () => badgeJwt({ crit: ['exp'], exp: 1 }), 'parse/jwt-header'],
    ['V39 zip', () => badgeJwt({ zip: 'DEF' }), 'parse/jwt-header'],
    ['V39 a type made for something else', () => badgeJwt({ typ: 'at+jwt' }), 'proof/jwt-header'],
  ])('%s proves nothing', async (_, compact, found) => {
    const answer = await verdict(compact());
    expect(answer.startsWith(`200 invalid ${found} `)).toBe(true);
    expect(answer).toContain(SECURITY);
  });

  it('V36 honest algorithms that are not verified here are called so', async () => {
    for (const alg of ['PS256', 'ES512', 'ES256K', 'RS512']) {
      expect(await verdict(badgeJwt({ alg }))).toBe('200 invalid proof/unsupported-proof unsupported-proof');
    }
  });

  it('V37 a key in the header is worth nothing unless the issuer publishes it, and no address in it is asked', async () => {
    const attacker: JsonObject = {
      jku: 'https://evil.example/jwks.json',
      x5u: 'https://evil.example/cert.pem',
      x5c: ['MIIB'],
      jwk: KEYS.EdDSA.jwk,
    };
    const own = badgeJwt({ ...attacker, kid: undefined }, PAYLOAD, KEYS.EdDSA);
    expect(await verdict(own)).toMatch(/^200 invalid .*key\/unknown-key.* INVALID_VERIFICATION_METHOD$/);
    expect(await verdict(badgeJwt(attacker, PAYLOAD, KEYS.EdDSA))).toBe(`200 invalid proof/jwt-algorithm ${SECURITY}`);
    expect(await verdict(badgeJwt({ ...attacker, jwk: undefined }))).toBe('200 valid');
    expect(await verdict(badgeJwt({ kid: undefined, jwk: KEYS.ES256.jwk }))).toBe('200 valid');
    expect(served.internet.requested.filter((url) => url.includes('evil'))).toEqual([]);
    expect(served.internet.resolved).not.toContain('evil.example');
  });

  it.each([
    ['a path', '../../etc/passwd'],
    ['a query', "' OR 1=1--"],
    ['of 10 KB', 'k'.repeat(10_240)],
    ['of another DID', `${STRANGER}#jwt`],
    ['an address', 'https://evil.example/key'],
    ['the issuer and a path', `${ISSUER}/../other#jwt`],
    ['empty', ''],
    ['a number', 7],
  ])('V38 a kid that is %s names no key of the issuer', async (_, kid) => {
    expect(await verdict(badgeJwt({ kid }, PAYLOAD, KEYS.EdDSA))).toBe(NOT_THEIRS);
    expect(served.internet.requested).toEqual([]);
  });

  it('V38 a kid that nobody publishes is unknown', async () => {
    expect(await verdict(badgeJwt({ kid: `${ISSUER}#other` }))).toMatch(
      /key\/unknown-key .*INVALID_VERIFICATION_METHOD$/,
    );
  });

  it.each<[string, JsonObject, string]>([
    ['V40 another iss', { iss: STRANGER }, MISMATCH],
    ['V40 another sub', { sub: STRANGER }, MISMATCH],
    ['V40 another jti', { jti: 'urn:uuid:0' }, MISMATCH],
    ['V40 an earlier nbf', { nbf: 1 }, MISMATCH],
    ['V40 a later exp', { exp: seconds('2046-01-01T00:00:00Z') }, MISMATCH],
    ['V41 exp as text', { exp: '9999999999' }, MALFORMED_CLAIM],
    ['V41 exp beyond any calendar', { exp: 1e300 }, MALFORMED_CLAIM],
    ['V41 exp that is no number', { exp: null }, MALFORMED_CLAIM],
    ['V41 nbf that is no number', { nbf: 'NaN' }, MALFORMED_CLAIM],
    ['V41 nbf in a list', { nbf: [1] }, MALFORMED_CLAIM],
    ['V41 a negative nbf', { nbf: -1 }, MALFORMED_CLAIM],
    ['V41 a negative exp', { exp: -1 }, MALFORMED_CLAIM],
    ['V41 iss that is no text', { iss: 7 }, MALFORMED_CLAIM],
  ])('%s contradicts the badge', async (_, claims, expected) => {
    expect(await verdict(badgeJwt({}, { ...PAYLOAD, ...claims }))).toBe(expected);
  });

  it('V40 has a twin: claims that are absent, or say the same, contradict nothing', async () => {
    expect(await verdict(badgeJwt({}, BOUND))).toBe('200 valid');
    expect(await verdict(badgeJwt({}, { ...PAYLOAD, nbf: seconds('2026-11-22T09:30:15.9Z') }))).toBe('200 valid');
  });

  it('V40 V43 V44 an end or a beginning that only the token states counts', async () => {
    const { validUntil: _, exp: __, ...endless } = PAYLOAD;
    const now = Math.floor(served.clock.now() / 1_000);
    expect(await verdict(badgeJwt({}, { ...endless, exp: now + 1 }))).toBe('200 valid');
    expect(await verdict(badgeJwt({}, { ...endless, exp: now - 1 }))).toMatch(/^200 invalid proof\/proof-expired /);
    expect(await verdict(badgeJwt({}, { ...PAYLOAD, iat: now + 301 }))).toMatch(/^200 invalid proof\/proof-in-future /);
  });

  it('V42 of a token with a copy beside it, only what was signed counts', async () => {
    expect(await verdict(badgeJwt({}, { ...PAYLOAD, vc: { ...BOUND, name: 'Doctorat' } }))).toBe(
      '200 invalid proof/jwt-data-model MALFORMED_VALUE_ERROR',
    );
    const copy = JSON.stringify({ ...PAYLOAD, name: 'Doctorat' });
    const form = formOf({ file: new TextEncoder().encode(badgeJwt()), credential: copy });
    const report = await served.report(form);
    expect(report).toMatchObject({ outcome: 'valid', credential: { name: BOUND['name'] } });
    const nested = badgeJwt({}, { ...PAYLOAD, proof: { type: 'DataIntegrityProof', name: 'Doctorat' } });
    expect((await served.report(nested, 'application/jwt')).credential?.name ?? null).not.toBe('Doctorat');
  });

  it.each<[string, (compact: string) => string]>([
    ['padding after it', (compact) => `${compact}=`],
    ['padding of its header', (compact) => compact.replace('.', '=.')],
    ['a space after it', (compact) => `${compact} `],
    ['a newline after it', (compact) => `${compact}\n`],
    ['a space in it', (compact) => compact.replace('.', '. ')],
    ['other unused bits at its end', (compact) => nextBits(compact)],
    ['other unused bits in its header', (compact) => withHeader(compact, nextBits)],
    ['the other alphabet of base64', (compact) => withSignature(compact, (text) => text.replace(/.$/, '+'))],
    ['a byte beyond ASCII', (compact) => `${compact}é`],
  ])('V66 is read in its one spelling only: not with %s', async (_, change) => {
    const compact = badgeJwt({ kid: KID, x: '' });
    expect(await verdict(compact)).toBe('200 valid');
    expect(await verdict(change(compact))).toBe('400 PARSING_ERROR');
    expect(await verdict(change(compact), KEYS.ES256, 'text/plain')).toBe('400 PARSING_ERROR');
  });

  it('V66 is revoked by what it says, not by how it is written', async () => {
    await withList(served, await unsignedList([INDEX]));
    for (const header of [{}, { x: 1 }, { kid: 'jwt' }]) {
      expect(await verdict(badgeJwt(header))).toBe('200 invalid status/revoked revoked');
    }
  });

  it('has a twin in JSON, signed at the same moment', async () => {
    expect(await served.verdict(await sign(fullBadge()))).toBe('200 valid');
    expect(CREATED).toBeLessThan(served.clock.now());
  });
});

function pem(): string {
  const der = Buffer.from(String(KEYS.ES256.jwk['x']) + String(KEYS.ES256.jwk['y']), 'base64url');
  return `-----BEGIN PUBLIC KEY-----\n${der.toString('base64')}\n-----END PUBLIC KEY-----\n`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The same bytes with one of the bits set that nobody reads. */
function nextBits(text: string): string {
  const last = text.at(-1) ?? '';
  return text.slice(0, -1) + (ALPHABET[ALPHABET.indexOf(last) + 1] ?? '');
}

function withHeader(compact: string, change: (text: string) => string): string {
  const [header = '', ...rest] = parts(compact);
  return [change(header), ...rest].join('.');
}

function withSignature(compact: string, change: (text: string) => string): string {
  const [header, payload, signature = ''] = parts(compact);
  return [header, payload, change(signature)].join('.');
}
