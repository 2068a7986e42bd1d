import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/ports/json.js';
import { readCompactJws } from '../../../src/verification/inputs/compact-jws.js';
import { decodeVcJwt, timeClaimFindings, type VcJwt } from '../../../src/verification/jwt/decode-vc-jwt.js';
import { isMeant } from '../../../src/verification/jwt/key-reference.js';
import { verifyJwsSignature } from '../../../src/verification/jwt/verify-jws-signature.js';
import { problemType } from '../../../src/verification/problem-types.js';
import { compactJws } from '../inputs/reading.js';
import { hmacJwt, KEYS, rsaKey, signJwt, verificationKey } from './keys.js';

const ISSUER = 'did:web:badges.univ.example';
const KID = `${ISSUER}#key-1`;
const HOLDER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
const NOW = Date.parse('2026-11-22T10:00:00Z');
const seconds = (text: string) => Date.parse(text) / 1_000;

const BADGE: JsonObject = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:0a1b2c3d-0000-4000-8000-000000000000',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: ISSUER, type: ['Profile'], name: 'Université d’essai' },
  validFrom: '2026-11-22T09:30:15.250+00:00',
  validUntil: '2030-01-01T00:00:00Z',
  credentialSubject: { id: HOLDER, type: ['AchievementSubject'] },
};
const CLAIMS = {
  iss: ISSUER,
  jti: 'urn:uuid:0a1b2c3d-0000-4000-8000-000000000000',
  sub: HOLDER,
  nbf: seconds('2026-11-22T09:30:15Z'),
  exp: seconds('2030-01-01T00:00:00Z'),
};
const PAYLOAD: JsonObject = { ...BADGE, ...CLAIMS };
const OLDER: JsonObject = {
  '@context': ['https://www.w3.org/2018/credentials/v1', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  credentialSubject: { type: ['AchievementSubject'] },
};

function read(compact: string): VcJwt {
  const reading = decodeVcJwt(jwsOf(compact));
  if (!reading.ok) throw new Error(JSON.stringify(reading.findings));
  return reading.vcJwt;
}

function jwsOf(compact: string) {
  const reading = readCompactJws(compact);
  if (reading.kind !== 'jws') throw new Error(reading.finding.code);
  return reading.jws;
}

/** Codes and problem types of what is wrong with a header and a payload. */
function problems(header: object, payload: unknown, signature?: string): string[] {
  const reading = decodeVcJwt(jwsOf(compactJws({ alg: 'ES256', kid: KID, ...header }, payload, signature)));
  if (reading.ok) return [];
  return reading.findings.map((finding) => {
    if (finding.state === 'pass') throw new Error('a pass is no problem');
    return `${finding.code} ${problemType(finding.code).replace(/.*[#:]/, '')}`;
  });
}

const security = 'CRYPTOGRAPHIC_SECURITY_ERROR';
const malformed = 'MALFORMED_VALUE_ERROR';

describe('taking a VC-JWT apart', () => {
  it('benign twin: gives the badge without its claims, and the method of its issuer that signed it', () => {
    expect(read(compactJws({ alg: 'ES256', typ: 'JWT', kid: KID }, PAYLOAD))).toMatchObject({
      dataModel: '2.0',
      credential: BADGE,
      issuer: ISSUER,
      key: { kind: 'method', id: KID },
      claims: { iss: ISSUER, nbf: Date.parse('2026-11-22T09:30:15Z') },
    });
    const { credential } = read(
      compactJws({ alg: 'ES256', kid: KID }, { ...PAYLOAD, aud: 'a', iat: 1, cnf: {}, nonce: 'n' }),
    );
    expect(credential).toEqual(BADGE);
  });

  it('benign twin: claims are optional, and a badge alone is read', () => {
    expect(read(compactJws({ alg: 'EdDSA', kid: KID }, BADGE)).credential).toEqual(BADGE);
  });

  it.each(['JWT', 'jwt', 'vc+jwt', 'application/vc+jwt', 'vc+ld+jwt'])('benign twin: typ %s', (typ) => {
    expect(problems({ typ }, PAYLOAD)).toEqual([]);
  });

  it.each([
    ['V35: alg none', { alg: 'none' }, 'c2ln', [`jwt-algorithm ${security}`]],
    ['V35: alg None', { alg: 'None' }, 'c2ln', [`jwt-algorithm ${security}`]],
    ['V13: an unsecured JWT', { alg: 'none' }, '', [`jwt-algorithm ${security}`, 'no-proof no-proof']],
    ['V35: an empty signature', {}, '', [`signature-invalid ${security}`]],
    ['V36: HS256', { alg: 'HS256' }, 'c2ln', [`jwt-algorithm ${security}`]],
    ['V36: no algorithm', { alg: undefined }, 'c2ln', [`jwt-algorithm ${security}`]],
    ['V36: a list of algorithms', { alg: ['ES256'] }, 'c2ln', [`jwt-algorithm ${security}`]],
    ['an algorithm that is not verified here', { alg: 'PS256' }, 'c2ln', ['unsupported-proof unsupported-proof']],
    ['a JWT made for something else', { typ: 'openid4vci-proof+jwt' }, 'c2ln', [`jwt-header ${security}`]],
    ['a typ that is no text', { typ: 1 }, 'c2ln', [`jwt-header ${security}`]],
  ])('%s is refused', (_, header, signature, expected) => {
    expect(problems(header, PAYLOAD, signature)).toEqual(expected);
  });

  it.each([
    ['a path', '../../etc/passwd'],
    ['SQL', "' OR 1=1--"],
    ['10 KB', `${ISSUER}#${'x'.repeat(10_240)}`],
    ['10 KB of nothing known', 'x'.repeat(10_240)],
    ['another DID’s key', 'did:web:evil.example#key-1'],
    ['a DID that begins alike', `${ISSUER}.evil.example#key-1`],
    ['a path of the issuer', `${ISSUER}:users#key-1`],
    ['a query', `${ISSUER}?a=b#key-1`],
    ['the issuer itself, which has many keys', ISSUER],
    ['a line break', `${ISSUER}#key\n1`],
    ['an empty fragment', `${ISSUER}#`],
    ['nothing', ''],
    ['a number', 1],
    ['null', null],
    ['an object', { id: KID }],
  ])('V38: kid as %s names no key of the issuer', (_, kid) => {
    expect(problems({ kid }, PAYLOAD)).toEqual(['jwt-key-not-issuers INVALID_VERIFICATION_METHOD']);
  });

  it.each([
    [KID, KID],
    ['#key-1', KID],
    ['key-1', KID],
  ])('benign twin: kid %s is a method of the issuer', (kid, id) => {
    expect(read(compactJws({ alg: 'ES256', kid }, PAYLOAD)).key).toEqual({ kind: 'method', id });
  });

  it('benign twin: a DID that spells out its key needs no kid', () => {
    const keyed = { ...BADGE, issuer: HOLDER };
    const method = { kind: 'method', id: `${HOLDER}#${HOLDER.slice(8)}` };
    expect(read(compactJws({ alg: 'EdDSA' }, keyed)).key).toEqual(method);
    expect(read(compactJws({ alg: 'EdDSA', kid: HOLDER }, keyed)).key).toEqual(method);
    expect(read(compactJws({ alg: 'ES256' }, { ...BADGE, issuer: 'did:jwk:eyJ9' })).key).toEqual({
      kind: 'method',
      id: 'did:jwk:eyJ9#0',
    });
  });

  it('V37: jku, x5u and x5c are not looked at, and jwk not where there is a kid', () => {
    const attacker = {
      jwk: KEYS.ES384.jwk,
      jku: 'https://evil.example/jwks',
      x5u: 'https://evil.example/',
      x5c: ['AA'],
    };
    expect(read(compactJws({ alg: 'ES256', kid: KID, ...attacker }, PAYLOAD)).key).toEqual({ kind: 'method', id: KID });
    expect(problems({ kid: undefined, jku: 'https://evil.example/jwks', x5c: ['AA'] }, PAYLOAD)).toEqual([
      'jwt-key-not-issuers INVALID_VERIFICATION_METHOD',
    ]);
  });

  it('V37: a key in the header is only compared with the issuer’s own', () => {
    const { key } = read(compactJws({ alg: 'ES256', jwk: KEYS.ES256.jwk }, PAYLOAD));
    const listed = (jwk: JsonObject) => ({ id: KID, key: verificationKey(jwk) });
    expect(isMeant(key, listed({ ...KEYS.ES256.jwk, kid: 'other words', use: 'sig' }))).toBe(true);
    expect(isMeant(key, listed(KEYS.ES384.jwk))).toBe(false);
    expect(problems({ kid: undefined, jwk: { kty: 'oct', k: 'AA' } }, PAYLOAD)).toHaveLength(1);
    expect(isMeant({ kind: 'method', id: KID }, listed(KEYS.ES256.jwk))).toBe(true);
    expect(isMeant({ kind: 'method', id: `${KID}2` }, listed(KEYS.ES256.jwk))).toBe(false);
  });

  it.each([
    ['iss', 'did:web:evil.example'],
    ['sub', 'did:example:other'],
    ['jti', 'urn:uuid:other'],
    ['nbf', CLAIMS.nbf + 1],
    ['exp', CLAIMS.exp - 1],
  ])('V40: %s contradicts the badge', (claim, value) => {
    expect(problems({}, { ...PAYLOAD, [claim]: value })).toEqual(['claim-mismatch claim-mismatch']);
  });

  it('V40: a claim about what the badge leaves out contradicts it too', () => {
    const { id: _, ...nameless } = PAYLOAD;
    expect(problems({}, nameless)).toEqual(['claim-mismatch claim-mismatch']);
    const unbound = { ...PAYLOAD, credentialSubject: { type: ['AchievementSubject'] } };
    expect(problems({}, unbound)).toEqual(['claim-mismatch claim-mismatch']);
    expect(problems({}, { ...PAYLOAD, issuer: undefined, jti: 'x', exp: 1 })).toHaveLength(3);
  });

  it('V40: a badge without an issuer is refused, claims or none', () => {
    const { issuer: _, ...orphan } = BADGE;
    expect(problems({}, orphan)).toEqual([`malformed-issuer ${malformed}`]);
  });

  it.each([
    ['exp', '9999'],
    ['exp', 1e300],
    ['exp', -1],
    ['exp', null],
    ['exp', 253_402_300_800],
    ['nbf', 'NaN'],
    ['nbf', [1]],
    ['nbf', true],
    ['iat', '2026-11-22T10:00:00Z'],
    ['iss', 1],
    ['iss', ''],
    ['sub', [HOLDER]],
    ['jti', null],
    ['jti', {}],
  ])('V41: %s as %j is malformed', (claim, value) => {
    expect(problems({}, { ...PAYLOAD, [claim]: value })).toEqual([`malformed-claim ${malformed}`]);
  });

  it('V41: benign twin: a fraction of a second is a NumericDate', () => {
    expect(problems({}, { ...PAYLOAD, nbf: CLAIMS.nbf + 0.25, iat: 0 })).toEqual([]);
  });

  it('benign twin: a badge of VCDM 1.1 lies under vc and may leave to the claims what they say', () => {
    const { credential, dataModel, issuer } = read(compactJws({ alg: 'RS256', kid: KID }, { vc: OLDER, ...CLAIMS }));
    expect(dataModel).toBe('1.1');
    expect(issuer).toBe(ISSUER);
    expect(credential).toEqual({
      ...OLDER,
      id: CLAIMS.jti,
      issuer: ISSUER,
      issuanceDate: '2026-11-22T09:30:15Z',
      expirationDate: '2030-01-01T00:00:00Z',
      credentialSubject: { id: HOLDER, type: ['AchievementSubject'] },
    });
    expect(
      problems({}, { vc: { ...OLDER, issuer: { id: ISSUER }, issuanceDate: '2026-11-22T09:30:15Z' }, ...CLAIMS }),
    ).toEqual([]);
  });

  it.each([
    ['iss', { issuer: 'did:web:evil.example' }],
    ['jti', { id: 'urn:uuid:other' }],
    ['sub', { credentialSubject: { id: 'did:example:other' } }],
    ['nbf', { issuanceDate: '2026-11-22T09:30:16Z' }],
    ['exp', { expirationDate: '2031-01-01T00:00:00Z' }],
  ])('V40: in a badge of VCDM 1.1, %s contradicts what it says', (_, members) => {
    expect(problems({}, { vc: { ...OLDER, ...members }, ...CLAIMS })).toEqual(['claim-mismatch claim-mismatch']);
  });

  it.each([
    ['VCDM 2.0 under vc', { ...CLAIMS, vc: BADGE }],
    ['VCDM 1.1 as the payload', { ...CLAIMS, ...OLDER }],
    ['a badge beside vc', { ...PAYLOAD, vc: OLDER }],
    ['vc that is no object', { ...CLAIMS, vc: 'x' }],
    ['vc without a context', { ...CLAIMS, vc: {} }],
  ])('%s is refused', (_, payload) => {
    expect(problems({}, payload)).toEqual([`jwt-data-model ${malformed}`]);
  });

  it('asks whether the JWT is in force where the badge does not say', () => {
    const codes = (payload: object) =>
      timeClaimFindings(read(compactJws({ alg: 'ES256', kid: KID }, payload)), NOW).map((finding) =>
        finding.state === 'pass' ? 'pass' : finding.code,
      );
    const { validUntil: _, exp: __, ...endless } = PAYLOAD;
    expect(codes(PAYLOAD)).toEqual([]);
    expect(codes({ ...endless, exp: NOW / 1_000 - 1 })).toEqual(['proof-expired']);
    expect(codes({ ...endless, exp: NOW / 1_000 + 1 })).toEqual([]);
    expect(codes({ ...PAYLOAD, iat: NOW / 1_000 + 301 })).toEqual(['proof-in-future']);
    expect(codes({ ...PAYLOAD, iat: NOW / 1_000 + 200 })).toEqual([]);
    expect(codes({ ...BADGE, validFrom: undefined, nbf: NOW / 1_000 + 301 })).toEqual(['proof-in-future']);
    // What the badge itself says is for the check of its validity.
    expect(codes({ ...BADGE, validUntil: '2026-11-22T09:59:59Z', exp: NOW / 1_000 - 1 })).toEqual([]);
  });
});

describe('verifying the signature of a JWT', () => {
  const verdict = async (compact: string, jwk: JsonObject) => {
    const finding = await verifyJwsSignature({ jws: jwsOf(compact), key: verificationKey(jwk), method: KID });
    return finding.state === 'pass' ? 'pass' : finding.code;
  };

  it.each(Object.values(KEYS))('benign twin: $alg, made with the platform’s own primitives', async (key) => {
    expect(await verdict(signJwt(key, { kid: KID }, PAYLOAD), key.jwk)).toBe('pass');
  });

  it.each(Object.values(KEYS))('V15: one changed claim breaks $alg', async (key) => {
    const compact = signJwt(key, { kid: KID }, PAYLOAD);
    const [header, , signature = ''] = compact.split('.');
    const forged = Buffer.from(JSON.stringify({ ...PAYLOAD, name: 'Autre' })).toString('base64url');
    expect(await verdict(`${header}.${forged}.${signature}`, key.jwk)).toBe('signature-invalid');
  });

  it.each(Object.values(KEYS))('V36: a $alg key verifies nothing that names another algorithm', async (key) => {
    for (const alg of ['none', 'HS256', 'EdDSA', 'ES256', 'ES384', 'RS256', 'PS256', '', 'es256'].filter(
      (name) => name !== key.alg,
    )) {
      expect(await verdict(signJwt(key, { alg, kid: KID }, PAYLOAD), key.jwk)).toBe('jwt-algorithm');
    }
  });

  it('V36: HMAC with the public key as secret, in every way to write that key', async () => {
    const { jwk, privateKey } = KEYS.RS256;
    const pem = (await import('node:crypto')).createPublicKey(privateKey).export({ format: 'pem', type: 'spki' });
    for (const secret of [String(pem), JSON.stringify(jwk), Buffer.from(String(jwk['n']), 'base64url')]) {
      expect(await verdict(hmacJwt(secret, { kid: KID }, PAYLOAD), jwk)).toBe('jwt-algorithm');
      expect(await verdict(hmacJwt(secret, { alg: 'RS256', kid: KID }, PAYLOAD), jwk)).toBe('signature-invalid');
    }
  });

  it('V37: the attacker’s key in the header verifies nothing', async () => {
    const { ES256 } = KEYS;
    const { jwk } = KEYS.EdDSA;
    expect(await verdict(signJwt(ES256, { jwk: ES256.jwk, kid: KID }, PAYLOAD), jwk)).toBe('jwt-algorithm');
    const other = KEYS.ES384;
    expect(await verdict(signJwt(other, { jwk: other.jwk, alg: 'ES256', kid: KID }, PAYLOAD), ES256.jwk)).toBe(
      'signature-invalid',
    );
  });

  it('V35: an empty signature, and one byte more or less', async () => {
    for (const key of Object.values(KEYS)) {
      const compact = signJwt(key, { kid: KID }, PAYLOAD);
      const dot = compact.lastIndexOf('.') + 1;
      const signature = Buffer.from(compact.slice(dot), 'base64url');
      for (const other of [
        Buffer.of(),
        signature.subarray(1),
        Buffer.concat([signature, Buffer.of(0)]),
        Buffer.alloc(signature.length),
      ]) {
        expect(await verdict(compact.slice(0, dot) + other.toString('base64url'), key.jwk)).toBe('signature-invalid');
      }
    }
  });

  it('V27: an Ed25519 signature with S + L is refused', async () => {
    const L = 2n ** 252n + 27742317777372353535851937790883648493n;
    const compact = signJwt(KEYS.EdDSA, { kid: KID }, PAYLOAD);
    const dot = compact.lastIndexOf('.') + 1;
    const signature = Buffer.from(compact.slice(dot), 'base64url');
    let s = signature.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + L;
    for (let at = 32; at < 64; at += 1) {
      signature[at] = Number(s & 0xffn);
      s >>= 8n;
    }
    expect(await verdict(compact.slice(0, dot) + signature.toString('base64url'), KEYS.EdDSA.jwk)).toBe(
      'signature-invalid',
    );
  });

  it('another key of the same kind verifies nothing', async () => {
    expect(await verdict(signJwt(KEYS.RS256, { kid: KID }, PAYLOAD), rsaKey(2_048).jwk)).toBe('signature-invalid');
  });
});
