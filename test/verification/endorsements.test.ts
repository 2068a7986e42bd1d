import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { check, controllerDocument, fullBadge, ISSUER, objectAt, sign, signWith, verify, withMember } from './house.js';
import { KEYS, signJwt } from './jwt/keys.js';

const ACCREDITER = 'did:web:accrediter.example';
const BADGE_ID = String(fullBadge()['id']);

function endorsement(changes: JsonObject = {}, about: Json = BADGE_ID): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'https://accrediter.example/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Appui',
    issuer: { id: ACCREDITER, type: ['Profile'], name: 'Accréditeur' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Un engagement exemplaire.' },
    ...changes,
  };
}

const JWT_KEY = { id: `${ACCREDITER}#jwt`, type: 'JsonWebKey', controller: ACCREDITER, publicKeyJwk: KEYS.ES256.jwk };
const accrediter = (): JsonObject => {
  const { verificationMethod = [], assertionMethod = [], ...document } = controllerDocument(ACCREDITER);
  return {
    ...document,
    verificationMethod: [...(verificationMethod as Json[]), JWT_KEY],
    assertionMethod: [...(assertionMethod as Json[]), JWT_KEY.id],
  };
};
const world = { controllers: { [ISSUER]: controllerDocument(), [ACCREDITER]: accrediter() } };

async function verifyEndorsed(members: JsonObject, where = world) {
  const report = await verify(await sign({ ...fullBadge(), ...members }), { world: where });
  expect(report.outcome).toBe('valid');
  return report;
}

describe('an endorsement in a badge', () => {
  it('passes when its own issuer signed it, on the badge or its achievement', async () => {
    const report = await verifyEndorsed({ endorsement: [await signWith(endorsement(), {}, ACCREDITER)] });
    expect(check(report, 'endorsements')).toEqual({ state: 'pass', code: null });
    expect(report.warnings).toEqual([]);
    const achievement = objectAt(objectAt(fullBadge(), 'credentialSubject'), 'achievement');
    const signed = await signWith(endorsement({}, achievement['id'] ?? null), {}, ACCREDITER);
    const badge = withMember(fullBadge(), ['credentialSubject', 'achievement', 'endorsement'], [signed]);
    expect(check(await verify(await sign(badge), { world }), 'endorsements').state).toBe('pass');
  });

  it('passes as a JWT, and warns once a word of it is changed', async () => {
    const jwt = signJwt(KEYS.ES256, { kid: JWT_KEY.id }, { ...endorsement(), iss: ACCREDITER });
    expect(check(await verifyEndorsed({ endorsementJwt: [jwt] }), 'endorsements').state).toBe('pass');
    const [header, , signature] = jwt.split('.');
    const payload = Buffer.from(JSON.stringify({ ...endorsement({ name: 'Autre' }), iss: ACCREDITER }));
    const altered = `${header}.${payload.toString('base64url')}.${signature}`;
    const report = await verifyEndorsed({ endorsementJwt: [altered] });
    expect(report.warnings).toMatchObject([{ code: 'endorsement-not-authentic', pointer: '/endorsementJwt/0' }]);
  });

  it.each<[string, () => Promise<Json>, string]>([
    ['V21: is not signed', async () => endorsement(), 'endorsement-not-authentic'],
    [
      'V15: was altered',
      async () => ({ ...(await signWith(endorsement(), {}, ACCREDITER)), name: 'Autre' }),
      'endorsement-not-authentic',
    ],
    ['V29: is signed by a stranger', () => signWith(endorsement(), {}, ISSUER), 'endorsement-not-authentic'],
    [
      'V44: has expired',
      () => signWith(endorsement({ validUntil: '2026-02-01T00:00:00Z' }), {}, ACCREDITER),
      'endorsement-not-authentic',
    ],
    [
      'is about another badge',
      () => signWith(endorsement({}, 'urn:uuid:other'), {}, ACCREDITER),
      'endorsement-of-another',
    ],
    [
      'V64: is the issuer’s own',
      () => signWith(endorsement({ issuer: { id: ISSUER, type: ['Profile'] } }), {}, ISSUER),
      'endorsement-by-issuer',
    ],
    [
      'is of an issuer nobody knows',
      () =>
        signWith(
          endorsement({ issuer: { id: 'did:web:unknown.example', type: ['Profile'] } }),
          {},
          'did:web:unknown.example',
        ),
      'endorsement-uncertain',
    ],
  ])('that %s is a warning, and the badge valid', async (_, made, code) => {
    const report = await verifyEndorsed({ endorsement: [await made()] });
    expect(report.warnings).toMatchObject([{ code, pointer: '/endorsement/0' }]);
  });

  it('V64: of more than ten, the rest are said to be unchecked', async () => {
    const jwt = signJwt(KEYS.ES256, { kid: JWT_KEY.id }, { ...endorsement(), iss: ACCREDITER });
    const ten = await verifyEndorsed({ endorsementJwt: Array.from({ length: 10 }, () => jwt) });
    expect(ten.warnings).toEqual([]);
    const report = await verifyEndorsed({ endorsementJwt: Array.from({ length: 12 }, () => jwt) });
    expect(report.warnings).toMatchObject([{ code: 'endorsement-not-checked' }]);
  });
});
