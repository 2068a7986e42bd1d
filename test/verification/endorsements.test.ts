import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { ACCREDITER, ACCREDITER_JWT_KEY, accrediterDocument, endorsement } from './endorsement.js';
import { check, controllerDocument, fullBadge, ISSUER, objectAt, sign, signWith, verify, withMember } from './house.js';
import { KEYS, signJwt } from './jwt/keys.js';

const world = { controllers: { [ISSUER]: controllerDocument(), [ACCREDITER]: accrediterDocument() } };

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
    const jwt = signJwt(KEYS.ES256, { kid: ACCREDITER_JWT_KEY.id }, { ...endorsement(), iss: ACCREDITER });
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
    const jwt = signJwt(KEYS.ES256, { kid: ACCREDITER_JWT_KEY.id }, { ...endorsement(), iss: ACCREDITER });
    const ten = await verifyEndorsed({ endorsementJwt: Array.from({ length: 10 }, () => jwt) });
    expect(ten.warnings).toEqual([]);
    const report = await verifyEndorsed({ endorsementJwt: Array.from({ length: 12 }, () => jwt) });
    expect(report.warnings).toMatchObject([{ code: 'endorsement-not-checked' }]);
  });
});
