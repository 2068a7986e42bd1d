import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import type { VerificationReport } from '../../src/verification/report.js';
import {
  CREATED,
  check,
  controllerDocument,
  fullBadge,
  INDEX,
  ISSUER,
  LIST_URL,
  listAt,
  problems,
  sign,
  unsignedList,
  verify,
  withMember,
} from './house.js';
import { hmacJwt, type JwtKey, KEYS, signJwt } from './jwt/keys.js';

const KID = `${ISSUER}#jwt`;
const STRANGER = 'did:web:stranger.example';
const HOLDER = 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH';
const seconds = (text: string) => Date.parse(text) / 1_000;

/** A full badge, bound to a holder. */
const BADGE: JsonObject = withMember(fullBadge(), ['credentialSubject', 'id'], HOLDER);
const CLAIMS: JsonObject = {
  iss: ISSUER,
  jti: BADGE['id'] ?? null,
  sub: HOLDER,
  nbf: seconds('2026-11-22T09:30:15Z'),
  exp: seconds('2036-11-22T09:30:15Z'),
};
const PAYLOAD: JsonObject = { ...BADGE, ...CLAIMS };

/** The issuer's document, with a key for tokens beside that of its proofs. */
function published(
  key: JwtKey,
  { did = ISSUER, changes = {} }: { did?: string; changes?: JsonObject } = {},
): JsonObject {
  const document = controllerDocument(did);
  const id = `${did}#jwt`;
  const method = { id, type: 'JsonWebKey', controller: did, publicKeyJwk: key.jwk, ...changes };
  return {
    ...document,
    verificationMethod: [...listAt(document, 'verificationMethod'), method],
    assertionMethod: [...listAt(document, 'assertionMethod'), id],
  };
}

function verifyJwt(compact: string, document: JsonObject = published(KEYS.ES256)): Promise<VerificationReport> {
  return verify(compact, {
    world: { controllers: { [ISSUER]: document, [STRANGER]: published(KEYS.EdDSA, { did: STRANGER }) } },
  });
}

const jwt = (header: object = {}, payload: Json = PAYLOAD, key: JwtKey = KEYS.ES256) =>
  signJwt(key, { typ: 'JWT', kid: KID, ...header }, payload);

describe('a badge in VC-JWT form', () => {
  it.each(Object.values(KEYS))('is valid with $alg, every check passed, and shown from its payload', async (key) => {
    const report = await verifyJwt(jwt({}, PAYLOAD, key), published(key));
    expect(report).toMatchObject({ outcome: 'valid', problemDetails: [], warnings: [] });
    expect(report.checks.filter(({ state }) => state !== 'pass').map(({ id }) => id)).toEqual([
      'endorsements',
      'refresh',
    ]);
    expect(report.credential).toMatchObject({
      id: BADGE['id'],
      name: BADGE['name'],
      holder: { id: HOLDER },
      validUntil: '2036-11-22T09:30:15Z',
      status: 'active',
    });
  });

  it.each(Object.values(KEYS))('V15: is invalid once a claim is changed under $alg, and shows nothing', async (key) => {
    const [header, , signature] = jwt({}, PAYLOAD, key).split('.');
    const altered = Buffer.from(JSON.stringify({ ...PAYLOAD, name: 'Doctorat' })).toString('base64url');
    const report = await verifyJwt(`${header}.${altered}.${signature}`, published(key));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'signature-invalid' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('is valid as bytes, and where its key is named by its bare name or written in the header', async () => {
    expect(
      (await verify(new TextEncoder().encode(jwt()), { world: { controllers: { [ISSUER]: published(KEYS.ES256) } } }))
        .outcome,
    ).toBe('valid');
    expect((await verifyJwt(jwt({ kid: 'jwt' }))).outcome).toBe('valid');
    expect((await verifyJwt(jwt({ kid: undefined, jwk: KEYS.ES256.jwk }))).outcome).toBe('valid');
  });

  it('is revoked like any other', async () => {
    const list = await sign(await unsignedList([INDEX]));
    const controllers = { [ISSUER]: published(KEYS.ES256) };
    const report = await verify(jwt(), { world: { controllers, lists: { [LIST_URL]: list } } });
    expect(check(report, 'status')).toEqual({ state: 'fail', code: 'revoked' });
    expect(report.credential?.status).toBe('revoked');
  });

  it('leaves the answer open when its issuer cannot be asked', async () => {
    const report = await verify(jwt(), { world: { controllers: {} } });
    expect(report).toMatchObject({ outcome: 'indeterminate', credential: null });
    expect(check(report, 'proof')).toEqual({ state: 'unknown', code: 'key-unavailable' });
  });
});

describe('a VC-JWT that nobody should believe', () => {
  const secret = JSON.stringify(KEYS.ES256.jwk);
  const twoParts = () => jwt().split('.').slice(0, 2).join('.');
  const security = 'CRYPTOGRAPHIC_SECURITY_ERROR';

  it.each<[string, () => string, string]>([
    ['V13: an unsecured JWT', () => `${unsecured({ alg: 'none' })}.`, security],
    ['V35: alg none with a signature', () => `${unsecured({ alg: 'none' })}.c2ln`, security],
    ['V35: alg None', () => `${unsecured({ alg: 'None' })}.c2ln`, security],
    ['V35: an empty signature', () => `${unsecured({ alg: 'ES256', kid: KID })}.`, security],
    ['V35: two parts', twoParts, security],
    ['V35: four parts', () => `${jwt()}.c2ln`, security],
    ['V36: HS256 with the public key as secret', () => hmacJwt(secret, { kid: KID }, PAYLOAD), security],
    ['V36: an algorithm that is not the key’s', () => jwt({ alg: 'EdDSA' }, PAYLOAD, KEYS.EdDSA), security],
    ['V38: a kid that is a path', () => jwt({ kid: '../../etc/passwd' }), 'INVALID_VERIFICATION_METHOD'],
    ['V38: a kid that is a query', () => jwt({ kid: "' OR 1=1--" }), 'INVALID_VERIFICATION_METHOD'],
    ['V38: a kid of 10 KB', () => jwt({ kid: 'k'.repeat(10_240) }), 'INVALID_VERIFICATION_METHOD'],
    [
      'V38: a key of another DID',
      () => jwt({ kid: `${STRANGER}#jwt` }, PAYLOAD, KEYS.EdDSA),
      'INVALID_VERIFICATION_METHOD',
    ],
    ['V39: crit', () => jwt({ crit: ['b64'], b64: false }), security],
    ['V39: zip', () => jwt({ zip: 'DEF' }), security],
    ['V40: another iss', () => jwt({}, { ...PAYLOAD, iss: STRANGER }), 'claim-mismatch'],
    ['V40: another sub', () => jwt({}, { ...PAYLOAD, sub: STRANGER }), 'claim-mismatch'],
    ['V40: another jti', () => jwt({}, { ...PAYLOAD, jti: 'urn:uuid:0' }), 'claim-mismatch'],
    ['V40: another nbf', () => jwt({}, { ...PAYLOAD, nbf: 1 }), 'claim-mismatch'],
    ['V40: another exp', () => jwt({}, { ...PAYLOAD, exp: seconds('2040-01-01T00:00:00Z') }), 'claim-mismatch'],
    ['V41: exp as text', () => jwt({}, { ...PAYLOAD, exp: '9999' }), 'MALFORMED_VALUE_ERROR'],
    ['V41: exp beyond any calendar', () => jwt({}, { ...PAYLOAD, exp: 1e300 }), 'MALFORMED_VALUE_ERROR'],
    ['V41: a negative nbf', () => jwt({}, { ...PAYLOAD, nbf: -1 }), 'MALFORMED_VALUE_ERROR'],
    [
      'V42: a second badge beside the first',
      () => jwt({}, { ...PAYLOAD, vc: { ...BADGE, name: 'Doctorat' } }),
      'MALFORMED_VALUE_ERROR',
    ],
    ['V66: a space after it', () => `${jwt()} `, 'PARSING_ERROR'],
    ['V66: padding', () => `${jwt()}=`, 'PARSING_ERROR'],
    ['V11: a number beyond the doubles', () => jwt({}, '{"creditsEarned":1e400}'), 'MALFORMED_VALUE_ERROR'],
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
    const report = await verify(jwt(attacker, PAYLOAD, KEYS.EdDSA), {
      world: { controllers: { [ISSUER]: published(KEYS.ES256) }, asked },
    });
    expect(check(report, 'key')).toEqual({ state: 'fail', code: 'unknown-key' });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
    expect(asked).toEqual([ISSUER]);
  });

  it.each<[string, JsonObject, string]>([
    ['V28: is listed for authentication only', { assertionMethod: [] }, 'key-not-authorised'],
    ['S11: comes in the document of another', { id: STRANGER }, 'foreign-controller-document'],
  ])('a key that %s', async (_, changes, code) => {
    const report = await verifyJwt(jwt(), { ...published(KEYS.ES256), ...changes });
    expect(check(report, 'key')).toEqual({ state: 'fail', code });
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('S11: a key that was revoked verifies nothing, whichever way it is named', async () => {
    const revoked = published(KEYS.ES256, { changes: { revoked: '2026-01-01T00:00:00Z' } });
    expect(check(await verifyJwt(jwt(), revoked), 'key')).toEqual({ state: 'fail', code: 'key-revoked' });
    const byKey = await verifyJwt(jwt({ kid: undefined, jwk: KEYS.ES256.jwk }), revoked);
    expect(byKey.outcome).toBe('invalid');
  });

  it('V19: a context of its own is refused though the signature holds', async () => {
    const contexts = [...listAt(PAYLOAD, '@context'), 'https://evil.test/ctx'];
    const report = await verifyJwt(jwt({}, { ...PAYLOAD, '@context': contexts }));
    expect(problems(report)).toContain('untrusted-context');
    expect(report).toMatchObject({ outcome: 'invalid', credential: null });
  });

  it('V44: an end that only the JWT states is an end', async () => {
    const { validUntil: _, ...endless } = PAYLOAD;
    const ended = { ...endless, exp: Math.floor(CREATED / 1_000) + 30 };
    const report = await verifyJwt(jwt({}, ended));
    expect(check(report, 'proof')).toEqual({ state: 'fail', code: 'proof-expired' });
    expect((await verifyJwt(jwt({}, { ...endless, exp: ended.exp + 60 }))).outcome).toBe('valid');
  });
});

function unsecured(header: object): string {
  return [header, PAYLOAD].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
