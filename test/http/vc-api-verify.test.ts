import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { createStranger, type Stranger } from './vc-api-holder.js';
import {
  type ApiHouse,
  alumniCredential,
  CREDENTIALS_V2,
  jsonOf,
  openApiHouse,
  openBadge,
  typesOf,
} from './vc-api-house.js';

const DATA_URL = 'data:application/vc+jwt,';

describe('POST /credentials/verify', () => {
  let api: ApiHouse;
  let stranger: Stranger;
  let badge: JsonObject;
  beforeAll(async () => {
    api = await openApiHouse();
    stranger = await createStranger();
    badge = await stranger.issue(strangersBadge());
  });
  afterAll(() => api.close());

  const strangersBadge = (changes: JsonObject = {}) =>
    openBadge(api.issuer, {
      issuer: { id: stranger.did, type: ['Profile'], name: 'A stranger' },
      validFrom: '2026-01-01T00:00:00Z',
      ...changes,
    });
  const verify = (verifiableCredential: Json, options: Json = {}) =>
    api.post('/credentials/verify', { verifiableCredential, options });
  const verdict = async (credential: Json, options: Json = {}) => {
    const response = await verify(credential, options);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const body = await jsonOf(response);
    expect(response.status).toBe(body['verified'] === true ? 200 : 400);
    return { verified: body['verified'], outcome: body['outcome'], types: typesOf(body) };
  };
  const VALID = { verified: true, outcome: 'valid', types: [] };

  it('answers 200 for what holds, from issuers nobody has heard of, whatever options come along', async () => {
    for (const options of [{}, { checks: ['proof'] }, { checks: [] }, { returnCredential: true }]) {
      expect(await verdict(badge, options)).toEqual(VALID);
    }
    expect((await api.post('/credentials/verify', { verifiableCredential: badge })).status).toBe(200);
    const older = await createStranger('Ed25519Signature2020');
    const credential = alumniCredential(api.issuer, { issuer: older.did });
    expect(await verdict(await older.issue(credential))).toEqual(VALID);
  });

  it('V15 V13 V16 V31 answers 400 and why for what does not', async () => {
    const { proof, ...unsigned } = badge;
    const cases: [JsonObject, string][] = [
      [{ ...badge, name: 'Another' }, 'CRYPTOGRAPHIC_SECURITY_ERROR'],
      [unsigned, 'no-proof'],
      [{ ...badge, nobody: 'knows' }, 'PROOF_TRANSFORMATION_ERROR'],
      [
        { ...badge, proof: { ...(proof as JsonObject), proofPurpose: 'authentication' } },
        'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD',
      ],
      [{ ...badge, proof: { ...(proof as JsonObject), proofValue: 'z' } }, 'PROOF_VERIFICATION_ERROR'],
    ];
    for (const [credential, type] of cases) {
      const { verified, types } = await verdict(credential);
      expect(verified).toBe(false);
      expect(types).toContain(type);
    }
  });

  it('V18 takes contexts of its own for words of its own, where POST /verify does not', async () => {
    const credential = await stranger.issue(
      alumniCredential(api.issuer, {
        '@context': [
          CREDENTIALS_V2,
          { ExampleAlumniCredential: 'https://example.org/#Alumni', alumniOf: 'https://example.org/#of' },
        ],
        issuer: stranger.did,
      }),
    );
    expect(await verdict(credential)).toEqual(VALID);
    const report = await jsonOf(await api.post('/verify', credential));
    expect(report).toMatchObject({ verified: false, outcome: 'invalid' });
    expect(typesOf(report)).toContain('untrusted-context');
  });

  it('V19 knows no other context, and asks nobody for it', async () => {
    const { types } = await verdict({ ...badge, '@context': [CREDENTIALS_V2, 'https://evil.test/ctx'] });
    expect(types).toContain('untrusted-context');
  });

  it('holds what says it is a badge to the schema of badges', async () => {
    const { credentialSubject: _, ...lacking } = strangersBadge();
    const credential = await stranger.issue({ ...lacking, credentialSubject: { id: 'did:example:ada' } });
    expect((await verdict(credential)).types).toContain('MALFORMED_VALUE_ERROR');
  });

  it('IND an issuer that cannot be asked leaves the answer open, which is no yes', async () => {
    const { outcome, verified } = await verdict({ ...badge, issuer: 'did:web:nowhere.example' });
    expect(verified).toBe(false);
    expect(['invalid', 'indeterminate']).toContain(outcome);
  });

  describe('in JWT form', () => {
    let jws: string;
    beforeAll(async () => {
      const { privateKey, publicKey } = await generateKeyPair('ES256');
      const jwk = await exportJWK(publicKey);
      const did = `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`;
      const payload = strangersBadge({ issuer: { id: did, type: ['Profile'], name: 'A stranger' } });
      jws = await new SignJWT({ ...payload })
        .setProtectedHeader({ alg: 'ES256', typ: 'vc+jwt', kid: `${did}#0` })
        .sign(privateKey);
    });
    const envelope = (changes: JsonObject = {}) => ({
      '@context': [CREDENTIALS_V2],
      id: `${DATA_URL}${jws}`,
      type: 'EnvelopedVerifiableCredential',
      ...changes,
    });

    it('verifies a bare JWS and an envelope around it', async () => {
      expect(await verdict(jws)).toEqual(VALID);
      expect(await verdict(envelope())).toEqual(VALID);
      expect(
        await verdict(envelope({ type: ['EnvelopedVerifiableCredential'], id: `data:application/jwt,${jws}` })),
      ).toEqual(VALID);
    });

    it.each<[string, () => JsonObject]>([
      ['no context', () => envelope({ '@context': [] })],
      ['another context', () => envelope({ '@context': 'https://www.w3.org/ns/credentials/examples/v2' })],
      ['no data URL', () => envelope({ id: jws })],
      ['a data URL of something else', () => envelope({ id: `data:text/html,${jws}` })],
      ['an envelope in the envelope (V64)', () => envelope({ id: `${DATA_URL}${DATA_URL}${jws}` })],
      [
        'V42 a copy of the credential beside the JWS',
        () => envelope({ credentialSubject: { id: 'did:example:mallory' } }),
      ],
      [
        'V15 a changed letter',
        () => envelope({ id: `${DATA_URL}${jws.replace(/\.(.)/, (_, c) => `.${c === 'e' ? 'f' : 'e'}`)}` }),
      ],
      ['V66 padding', () => envelope({ id: `${DATA_URL}${jws}=` })],
      ['another type', () => envelope({ type: 'VerifiableCredential' })],
    ])('refuses an envelope with %s', async (_name, made) => {
      expect((await verdict(made())).verified).toBe(false);
    });

    it('V62 V66 takes a text for a JWS and for nothing else', async () => {
      for (const text of [
        '',
        'hello',
        'https://badges.example.org/credentials/x',
        'file:///etc/passwd',
        ` ${jws}`,
        `${jws}=`,
        JSON.stringify(badge),
      ]) {
        expect((await verdict(text)).verified).toBe(false);
      }
    });
  });

  it.each<[string, string, string, number]>([
    ['V1 nothing', '', 'application/json', 400],
    ['V2 half a document', '{"verifiableCredential":', 'application/json', 400],
    ['V3 bytes that are no UTF-8', '{"verifiableCredential":"\u00c3("}', 'application/json', 400],
    ['V4 a list', '[]', 'application/json', 400],
    ['V4 no credential', '{}', 'application/json', 400],
    ['V4 a number', '{"verifiableCredential":42}', 'application/json', 400],
    ['V5 a form', 'verifiableCredential=x', 'application/x-www-form-urlencoded', 415],
    ['V5 a JWS as the body', 'a.b.c', 'application/jwt', 400],
    ['V6 too much', `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`, 'application/json', 413],
    ['V7 a member twice', '{"verifiableCredential":{"issuer":"did:a","issuer":"did:b"}}', 'application/json', 400],
    ['V8 endless nesting', `{"verifiableCredential":${'['.repeat(100_000)}`, 'application/json', 400],
    [
      'V9 a list without end',
      JSON.stringify({ verifiableCredential: { type: Array(100_000).fill('x') } }),
      'application/json',
      400,
    ],
    ['V10 a prototype', '{"verifiableCredential":{"__proto__":{"polluted":true}}}', 'application/json', 400],
    [
      'V10 a prototype in the options',
      '{"verifiableCredential":{},"options":{"__proto__":{"polluted":true}}}',
      'application/json',
      400,
    ],
    ['V11 a number out of range', '{"verifiableCredential":{"a":1e400}}', 'application/json', 400],
    ['V12 half a character', '{"verifiableCredential":{"a":"\\ud800"}}', 'application/json', 400],
    ['a member that is not understood', '{"verifiableCredential":{},"verified":true}', 'application/json', 400],
    ['options that are no object', '{"verifiableCredential":{},"options":[]}', 'application/json', 400],
  ])('%s is refused as a problem that says it is not verified', async (name, text, type, status) => {
    const body = name.startsWith('V3') ? Uint8Array.from(Buffer.from(text, 'latin1')) : text;
    const response = await api.house.app.request('/credentials/verify', {
      method: 'POST',
      body,
      headers: { 'Content-Type': type },
    });
    expect(response.status).toBe(status);
    expect(response.headers.get('Content-Type')).toMatch(/^application\/(problem\+)?json/);
    const problem = await jsonOf(response);
    if (status !== 413 && problem['outcome'] === undefined) {
      expect(problem).toMatchObject({ verified: false, status });
      expect(problem['problemDetails']).toHaveLength(1);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('tells its reasons in the reader’s language', async () => {
    const { proof: _, ...unsigned } = badge;
    const details = await Promise.all(
      ['fr', 'en'].map(async (language) => {
        const response = await api.post(
          '/credentials/verify',
          { verifiableCredential: unsigned },
          { headers: { 'Accept-Language': language } },
        );
        expect(response.headers.get('Content-Language')).toBe(language);
        const [problem] = (await jsonOf(response))['problemDetails'] as JsonObject[];
        return problem?.['detail'];
      }),
    );
    expect(details).toEqual([expect.stringContaining('signé'), expect.stringContaining('not signed')]);
  });

  it('R1 shares the limit of POST /verify', async () => {
    const folder = await temporaryFolder();
    const house = await openTestHouse(folder, { SCEAU_RATE_VERIFY: '3' });
    try {
      const ask = (path: string) =>
        house.app.request(path, { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });
      expect((await ask('/verify')).status).toBe(200);
      expect((await ask('/credentials/verify')).status).toBe(400);
      expect((await ask('/presentations/verify')).status).toBe(400);
      for (const path of ['/credentials/verify', '/presentations/verify', '/verify']) {
        const refused = await ask(path);
        expect(refused.status).toBe(429);
        expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
      }
    } finally {
      await house.close();
      await removeFolder(folder);
    }
  });
});
