import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/ports/json.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { HOLDER } from './foreign.js';
import { CREATED, check, INDEX, ISSUER, LIST_URL, listAt, problems, sign, unsignedList, verify } from './house.js';
import { BOUND, badgeJwt, KID, PAYLOAD, publishedWith, unsecured } from './jwt/jwt-badge.js';
import { hmacJwt, KEYS } from './jwt/keys.js';

const STRANGER = 'did:web:stranger.example';
const seconds = (text: string) => Date.parse(text) / 1_000;

function verifyJwt(compact: string, document: JsonObject = publishedWith(KEYS.ES256)): Promise<VerificationReport> {
  return verify(compact, {
    world: { controllers: { [ISSUER]: document, [STRANGER]: publishedWith(KEYS.EdDSA, { did: STRANGER }) } },
  });
}

describe('a badge in VC-JWT form', () => {
  it.each(Object.values(KEYS))('is valid with $alg, every check passed, and shown from its payload', async (key) => {
    const report = await verifyJwt(badgeJwt({}, PAYLOAD, key), publishedWith(key));
    expect(report).toMatchObject({ outcome: 'valid', problemDetails: [], warnings: [] });
    expect(report.checks.filter(({ state }) => state !== 'pass').map(({ id }) => id)).toEqual([
      'endorsements',
      'refresh',
    ]);
    expect(report.credential).toMatchObject({
      id: BOUND['id'],
      name: BOUND['name'],
      holder: { id: HOLDER },
      validUntil: '2036-11-22T09:30:15Z',
      status: 'active',
    });
  });

  it.each(Object.values(KEYS))('V15: is invalid once a claim is changed under $alg, and shows nothing', async (key) => {
    const [header, , signature] = badgeJwt({}, PAYLOAD, key).split('.');
    const altered = Buffer.from(JSON.stringify({ ...PAYLOAD, name: 'Doctorat' })).toString('base64url');
    const report = await verifyJwt(`${header}.${altered}.${signature}`, publishedWith(key));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'signature-invalid' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('is valid as bytes, and where its key is named by its bare name or written in the header', async () => {
    expect(
      (
        await verify(new TextEncoder().encode(badgeJwt()), {
          world: { controllers: { [ISSUER]: publishedWith(KEYS.ES256) } },
        })
      ).outcome,
    ).toBe('valid');
    expect((await verifyJwt(badgeJwt({ kid: 'jwt' }))).outcome).toBe('valid');
    expect((await verifyJwt(badgeJwt({ kid: undefined, jwk: KEYS.ES256.jwk }))).outcome).toBe('valid');
  });

  it('is revoked like any other', async () => {
    const list = await sign(await unsignedList([INDEX]));
    const controllers = { [ISSUER]: publishedWith(KEYS.ES256) };
    const report = await verify(badgeJwt(), { world: { controllers, lists: { [LIST_URL]: list } } });
    expect(check(report, 'status')).toEqual({ state: 'fail', code: 'revoked' });
    expect(report.credential?.status).toBe('revoked');
  });

  it('leaves the answer open when its issuer cannot be asked', async () => {
    const report = await verify(badgeJwt(), { world: { controllers: {} } });
    expect(report).toMatchObject({ outcome: 'indeterminate', credential: null });
    expect(check(report, 'proof')).toEqual({ state: 'unknown', code: 'key-unavailable' });
  });
});

describe('a VC-JWT that nobody should believe', () => {
  const secret = JSON.stringify(KEYS.ES256.jwk);
  const twoParts = () => badgeJwt().split('.').slice(0, 2).join('.');
  const security = 'CRYPTOGRAPHIC_SECURITY_ERROR';

  it.each<[string, () => string, string]>([
    ['V13: an unsecured JWT', () => `${unsecured({ alg: 'none' })}.`, security],
    ['V35: alg none with a signature', () => `${unsecured({ alg: 'none' })}.c2ln`, security],
    ['V35: alg None', () => `${unsecured({ alg: 'None' })}.c2ln`, security],
    ['V35: an empty signature', () => `${unsecured({ alg: 'ES256', kid: KID })}.`, security],
    ['V35: two parts', twoParts, security],
    ['V35: four parts', () => `${badgeJwt()}.c2ln`, security],
    ['V36: HS256 with the public key as secret', () => hmacJwt(secret, { kid: KID }, PAYLOAD), security],
    ['V36: an algorithm that is not the key’s', () => badgeJwt({ alg: 'EdDSA' }, PAYLOAD, KEYS.EdDSA), security],
    ['V38: a kid that is a path', () => badgeJwt({ kid: '../../etc/passwd' }), 'INVALID_VERIFICATION_METHOD'],
    ['V38: a kid that is a query', () => badgeJwt({ kid: "' OR 1=1--" }), 'INVALID_VERIFICATION_METHOD'],
    ['V38: a kid of 10 KB', () => badgeJwt({ kid: 'k'.repeat(10_240) }), 'INVALID_VERIFICATION_METHOD'],
    [
      'V38: a key of another DID',
      () => badgeJwt({ kid: `${STRANGER}#jwt` }, PAYLOAD, KEYS.EdDSA),
      'INVALID_VERIFICATION_METHOD',
    ],
    ['V39: crit', () => badgeJwt({ crit: ['b64'], b64: false }), security],
    ['V39: zip', () => badgeJwt({ zip: 'DEF' }), security],
    ['V40: another iss', () => badgeJwt({}, { ...PAYLOAD, iss: STRANGER }), 'claim-mismatch'],
    ['V40: another sub', () => badgeJwt({}, { ...PAYLOAD, sub: STRANGER }), 'claim-mismatch'],
    ['V40: another jti', () => badgeJwt({}, { ...PAYLOAD, jti: 'urn:uuid:0' }), 'claim-mismatch'],
    ['V40: another nbf', () => badgeJwt({}, { ...PAYLOAD, nbf: 1 }), 'claim-mismatch'],
    ['V40: another exp', () => badgeJwt({}, { ...PAYLOAD, exp: seconds('2040-01-01T00:00:00Z') }), 'claim-mismatch'],
    ['V41: exp as text', () => badgeJwt({}, { ...PAYLOAD, exp: '9999' }), 'MALFORMED_VALUE_ERROR'],
    ['V41: exp beyond any calendar', () => badgeJwt({}, { ...PAYLOAD, exp: 1e300 }), 'MALFORMED_VALUE_ERROR'],
    ['V41: a negative nbf', () => badgeJwt({}, { ...PAYLOAD, nbf: -1 }), 'MALFORMED_VALUE_ERROR'],
    [
      'V42: a second badge beside the first',
      () => badgeJwt({}, { ...PAYLOAD, vc: { ...BOUND, name: 'Doctorat' } }),
      'MALFORMED_VALUE_ERROR',
    ],
    ['V66: a space after it', () => `${badgeJwt()} `, 'PARSING_ERROR'],
    ['V66: padding', () => `${badgeJwt()}=`, 'PARSING_ERROR'],
    ['V11: a number beyond the doubles', () => badgeJwt({}, '{"creditsEarned":1e400}'), 'MALFORMED_VALUE_ERROR'],
  ])('%s', async (_, compact, problem) => {
    const report = await verifyJwt(compact());
    expect(problems(report)).toContain(problem);
    expect(report).toMatchObject({ verified: false, outcome: 'invalid', credential: null });
  });

  it('V37: the attacker’s key in the header is looked for among the issuer’s, and nobody is asked for another', async () => {
    const asked: string[] = [];
    const attacker = {
      kid: undefined,
      jwk: KEYS.EdDSA.jwk,
      jku: 'https://evil.example/keys',
      x5u: 'https://evil.example/x',
    };
    const report = await verify(badgeJwt(attacker, PAYLOAD, KEYS.EdDSA), {
      world: { controllers: { [ISSUER]: publishedWith(KEYS.ES256) }, asked },
    });
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'unknown-key' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
    expect(asked).toEqual([ISSUER]);
  });

  it.each<[string, JsonObject, string]>([
    ['V28: is listed for authentication only', { assertionMethod: [] }, 'key-not-authorised'],
    ['S11: comes in the document of another', { id: STRANGER }, 'foreign-controller-document'],
  ])('a key that %s', async (_, changes, code) => {
    const report = await verifyJwt(badgeJwt(), { ...publishedWith(KEYS.ES256), ...changes });
    expect(check(report, 'key')).toEqual({ state: 'fail', code });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('S11: a key that was revoked verifies nothing, whichever way it is named', async () => {
    const revoked = publishedWith(KEYS.ES256, { changes: { revoked: '2026-01-01T00:00:00Z' } });
    expect(check(await verifyJwt(badgeJwt(), revoked), 'key')).toEqual({ state: 'fail', code: 'key-revoked' });
    const byKey = await verifyJwt(badgeJwt({ kid: undefined, jwk: KEYS.ES256.jwk }), revoked);
    expect(byKey.outcome).toBe('invalid');
  });

  it('V19: a context of its own is refused though the signature holds', async () => {
    const contexts = [...listAt(PAYLOAD, '@context'), 'https://evil.test/ctx'];
    const report = await verifyJwt(badgeJwt({}, { ...PAYLOAD, '@context': contexts }));
    expect(problems(report)).toContain('untrusted-context');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('V44: an end that only the JWT states is an end', async () => {
    const { validUntil: _, ...endless } = PAYLOAD;
    const ended = { ...endless, exp: Math.floor(CREATED / 1_000) + 30 };
    const report = await verifyJwt(badgeJwt({}, ended));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'proof-expired' });
    expect((await verifyJwt(badgeJwt({}, { ...endless, exp: ended.exp + 60 }))).outcome).toBe('valid');
  });
});
