import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { createStranger, type Stranger } from './vc-api-holder.js';
import {
  type ApiHouse,
  alumniCredential,
  CREDENTIALS_V2,
  EXAMPLES_V2,
  jsonOf,
  openApiHouse,
  openBadge,
  typesOf,
} from './vc-api-house.js';

const ASKED = { challenge: '08cf4ce0-2bd0-11ee-8622-83054936f200', domain: 'example.com' };

describe('POST /presentations/verify', () => {
  let api: ApiHouse;
  let holder: Stranger;
  let badge: JsonObject;
  beforeAll(async () => {
    api = await openApiHouse();
    holder = await createStranger();
    const token = await api.token(['issue'], api.issuer);
    const credential = openBadge(api.issuer, {
      credentialSubject: { ...(openBadge(api.issuer)['credentialSubject'] as JsonObject), id: holder.did },
    });
    const options = { credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' } };
    badge = await jsonOf(await api.post('/credentials/issue', { credential, options }, { token }));
  });
  afterAll(() => api.close());

  const presentation = (changes: JsonObject = {}): JsonObject => ({
    '@context': [CREDENTIALS_V2],
    type: ['VerifiablePresentation'],
    holder: holder.did,
    verifiableCredential: [badge],
    ...changes,
  });
  const verify = (verifiablePresentation: Json, options: Json = ASKED) =>
    api.post('/presentations/verify', { verifiablePresentation, options });
  const verdict = async (presented: Json, options: Json = ASKED) => {
    const response = await verify(presented, options);
    const body = await jsonOf(response);
    expect(response.status).toBe(body['verified'] === true ? 200 : 400);
    return { verified: body['verified'], types: typesOf(body), body };
  };

  it('answers 200 and who presents, with the report on each credential', async () => {
    const { body } = await verdict(await holder.present(presentation(), ASKED));
    expect(body).toMatchObject({
      verified: true,
      outcome: 'valid',
      holder: holder.did,
      problemDetails: [],
      warnings: [],
    });
    expect(body['credentialResults']).toMatchObject([{ verified: true, credential: { name: 'Tuteur' } }]);
  });

  it('verifies with each suite, with a holder as an object or unnamed, with several credentials or none', async () => {
    const older = await createStranger('Ed25519Signature2020');
    const self = await holder.issue(alumniCredential(api.issuer, { issuer: holder.did }));
    const { holder: _, ...unnamed } = presentation();
    const cases: [Stranger, JsonObject][] = [
      [older, presentation({ holder: older.did })],
      [holder, presentation({ holder: { id: holder.did } })],
      [holder, unnamed],
      [holder, presentation({ verifiableCredential: badge })],
      [holder, presentation({ verifiableCredential: [badge, self] })],
      [holder, presentation({ '@context': [CREDENTIALS_V2, EXAMPLES_V2], id: 'urn:uuid:1' })],
    ];
    for (const [who, presented] of cases) {
      const { verified, types, body } = await verdict(await who.present(presented, ASKED));
      expect({ verified, types }).toEqual({ verified: true, types: [] });
      expect(body['holder']).toBe(who.did);
    }
    const { verifiableCredential: __, ...none } = presentation();
    expect((await verdict(await holder.present(none, ASKED))).body).toMatchObject({
      verified: true,
      credentialResults: [],
    });
  });

  it('V34 compares challenge and domain with what the caller passes', async () => {
    const presented = await holder.present(presentation(), ASKED);
    const cases: [Json, string[]][] = [
      [{ ...ASKED, challenge: 'another' }, ['INVALID_CHALLENGE_ERROR']],
      [{ ...ASKED, domain: 'evil.test' }, ['INVALID_DOMAIN_ERROR']],
      [
        { challenge: 'another', domain: ['example.com', 'evil.test'] },
        ['INVALID_CHALLENGE_ERROR', 'INVALID_DOMAIN_ERROR'],
      ],
      [{ ...ASKED, domain: ['example.com'] }, []],
    ];
    for (const [options, types] of cases) {
      const found = await verdict(presented, options);
      expect(found.types).toEqual(types);
      expect(found.verified).toBe(types.length === 0);
      if (types.length > 0) expect(found.body).toMatchObject({ holder: null, credentialResults: [] });
    }
    const withoutDomain = await holder.present(presentation(), { challenge: ASKED.challenge });
    expect((await verdict(withoutDomain)).types).toEqual(['INVALID_DOMAIN_ERROR']);
  });

  it('V34 says that nothing was compared where the caller passes nothing', async () => {
    const presented = await holder.present(presentation(), ASKED);
    const { body } = await verdict(presented, { checks: [] });
    expect(body).toMatchObject({ verified: true, warnings: [{ code: 'challenge-not-compared' }] });
    for (const options of [
      { challenge: 7 },
      { challenge: null },
      { domain: 7 },
      { domain: [] },
      { domain: [7] },
    ] as Json[]) {
      expect((await verify(presented, options)).status, JSON.stringify(options)).toBe(400);
    }
  });

  it('V13 V15 V28 V29 refuses what the holder did not sign to present', async () => {
    const presented = await holder.present(presentation(), ASKED);
    const other = await createStranger();
    const { proof, ...unsigned } = presented;
    const asserted = await holder.issue({ ...alumniCredential(api.issuer, { issuer: holder.did }) });
    const cases: [JsonObject, string][] = [
      [unsigned, 'no-proof'],
      [{ ...presented, id: 'urn:uuid:added' }, 'CRYPTOGRAPHIC_SECURITY_ERROR'],
      [{ ...presented, holder: other.did }, 'holder-mismatch'],
      [{ ...unsigned, proof: asserted['proof'] ?? null }, 'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD'],
      [
        { ...presented, proof: { ...(proof as JsonObject), verificationMethod: `${holder.did}#another` } },
        'INVALID_VERIFICATION_METHOD',
      ],
      [{ ...presented, holder: { name: 'nobody' } }, 'MALFORMED_VALUE_ERROR'],
      [{ ...presented, type: ['VerifiableCredential'] }, 'MALFORMED_VALUE_ERROR'],
      [{ ...presented, '@context': [EXAMPLES_V2, CREDENTIALS_V2] }, 'MALFORMED_VALUE_ERROR'],
      [{ ...presented, '@context': [CREDENTIALS_V2, 'https://evil.test/ctx'] }, 'untrusted-context'],
      [{ ...presented, '@graph': [] }, 'untrusted-context'],
      [{ ...presented, verifiableCredential: [] }, 'CRYPTOGRAPHIC_SECURITY_ERROR'],
    ];
    for (const [document, type] of cases) {
      const { verified, types, body } = await verdict(document);
      expect(verified).toBe(false);
      expect(types).toContain(type);
      expect(body['holder']).toBeNull();
    }
  });

  it('a key that may assert but not authenticate presents nothing', async () => {
    // Keys of our issuers are for signing badges; whoever holds one must not be taken for a holder.
    const document = await api.house.app.request(`/issuers/${api.issuer.slug}/did.json`);
    const did = await jsonOf(document);
    const presented = await holder.present(presentation({ holder: api.issuer.did }), ASKED);
    const { proof } = presented;
    const [method] = did['verificationMethod'] as JsonObject[];
    const forged = { ...presented, proof: { ...(proof as JsonObject), verificationMethod: method?.['id'] ?? null } };
    const { types } = await verdict(forged);
    expect(did['authentication']).toBeUndefined();
    expect(types).toContain('INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD');
  });

  it('fails with one credential that does, and says which', async () => {
    const altered = { ...badge, name: 'Doctor' };
    const { body, types } = await verdict(
      await holder.present(presentation({ verifiableCredential: [badge, altered] }), ASKED),
    );
    expect(body).toMatchObject({ verified: false, outcome: 'invalid', holder: holder.did });
    expect(body['credentialResults']).toMatchObject([{ verified: true }, { verified: false, credential: null }]);
    expect(types).toContain('CRYPTOGRAPHIC_SECURITY_ERROR');
    const pointers = (body['problemDetails'] as JsonObject[]).map((problem) => String(problem['pointer']));
    expect(pointers.every((pointer) => pointer.startsWith('/verifiableCredential/1'))).toBe(true);
  });

  it('V45 fails with a credential that was revoked', async () => {
    const token = await api.token(['issue', 'revoke'], api.issuer);
    const credential = openBadge(api.issuer);
    const signed = await jsonOf(await api.post('/credentials/issue', { credential }, { token }));
    const presented = await holder.present(presentation({ verifiableCredential: [signed] }), ASKED);
    expect((await verdict(presented)).verified).toBe(true);
    const change = {
      credentialId: String(signed['id']),
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
      status: true,
    };
    expect((await api.post('/credentials/status', change, { token })).status).toBe(200);
    expect((await verdict(presented)).types).toContain('revoked');
  });

  it('V64 takes twenty credentials and one level', async () => {
    const many = await holder.present(presentation({ verifiableCredential: Array<JsonObject>(21).fill(badge) }), ASKED);
    expect((await verdict(many)).types).toEqual(['too-complex']);
    const inner = await holder.present(presentation(), ASKED);
    const nested = await verdict({ ...inner, verifiableCredential: [inner] });
    expect(nested.types).toContain('too-complex');
    const text = await verdict({ ...inner, verifiableCredential: ['eyJ.eyJ.x'] });
    expect(text.types).toContain('MALFORMED_VALUE_ERROR');
  });

  it('says of presentations in JWT form that they are not checked here', async () => {
    const enveloped = {
      '@context': [CREDENTIALS_V2],
      id: 'data:application/vp+jwt,eyJ.eyJ.x',
      type: 'EnvelopedVerifiablePresentation',
    };
    expect((await verdict(enveloped)).types).toEqual(['unsupported-proof']);
    expect((await verify('eyJ.eyJ.x')).status).toBe(400);
  });

  it('V1 V4 V7 V8 refuses a body that cannot be read', async () => {
    for (const body of ['', '[]', '{}', '{"verifiablePresentation":{"a":1,"a":2}}', '['.repeat(100_000)]) {
      const response = await api.post('/presentations/verify', body);
      expect(response.status).toBe(400);
      expect(await jsonOf(response)).toMatchObject({ verified: false });
    }
  });
});
