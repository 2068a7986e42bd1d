import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { formatPublicId } from '../../src/text/public-id.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { removeFolder } from '../support/house.js';
import {
  type ApiHouse,
  alumniCredential,
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  jsonOf,
  OPEN_BADGES,
  openApiHouse,
  openBadge,
  typesOf,
} from './vc-api-house.js';

describe('POST /credentials/issue', () => {
  let api: ApiHouse;
  let token: string;
  beforeAll(async () => {
    api = await openApiHouse();
    token = await api.token(['issue'], api.issuer);
  });
  afterAll(() => api.close());

  const issue = (credential: Json, options: Json = {}, headers: Record<string, string> = {}) =>
    api.post('/credentials/issue', { credential, options }, { token, headers });
  const counts = () => api.house.issuing.store.ledger.counts(api.issuer.slug);

  async function proofsOf(document: JsonObject): Promise<string[]> {
    const { proof } = document;
    const proofs = (Array.isArray(proof) ? proof : [proof]).filter(isJsonObject);
    return proofs.map(({ type, cryptosuite: suite }) => String(suite ?? type));
  }

  it('answers 201 and the badge itself, signed, with nothing filled in', async () => {
    const credential = openBadge(api.issuer);
    const response = await issue(credential);
    expect(response.status).toBe(201);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const { proof, ...document } = await jsonOf(response);
    expect(document).toEqual(credential);
    expect(await proofsOf({ proof: proof ?? null })).toEqual(['eddsa-rdfc-2022', 'Ed25519Signature2020']);
    const served = await api.house.app.request(ensureDefined(response.headers.get('Location')));
    expect(await served.json()).toEqual({ ...document, proof });
  });

  it('verifies for others, with each suite and with the documents we serve', async () => {
    const documents = new Map<string, object>();
    const { issuing } = api.house;
    for (const url of issuing.contexts.urls()) documents.set(url, ensureDefined(issuing.contexts.get(url)));
    const served = await api.house.app.request(`/issuers/${api.issuer.slug}/did.json`);
    const did = (await served.json()) as { id: string; verificationMethod: { id: string }[] };
    documents.set(did.id, did);
    for (const method of did.verificationMethod) {
      documents.set(method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method });
    }
    const documentLoader = async (url: string) => ({
      contextUrl: null,
      documentUrl: url,
      document: ensureDefined(documents.get(url)),
    });
    const suites = [
      [{ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }, new DataIntegrityProof({ cryptosuite })],
      [{ type: 'Ed25519Signature2020' }, new Ed25519Signature2020()],
    ] as const;
    for (const [options, suite] of suites) {
      for (const credential of [openBadge(api.issuer), alumniCredential(api.issuer)]) {
        const signed = await jsonOf(await issue(credential, options));
        const result = await vc.verifyCredential({ credential: structuredClone(signed), suite, documentLoader });
        expect(result.error).toBeUndefined();
        expect(result.verified).toBe(true);
        const altered = JSON.parse(JSON.stringify(signed).replace('did:example:', 'did:exampel:'));
        expect((await vc.verifyCredential({ credential: altered, suite, documentLoader })).verified).toBe(false);
      }
    }
  });

  it('records that no jury stood behind it, and its page names none', async () => {
    const response = await issue(openBadge(api.issuer));
    const id = ensureDefined(response.headers.get('Location')?.split('/').at(-1));
    expect((await api.house.issuing.store.ledger.credential(id))?.source).toBe('api');
    for (const language of ['fr', 'en']) {
      const headers = { Accept: 'text/html', 'Accept-Language': language };
      const page = await api.house.app.request(`/v/${id}`, { headers });
      expect(page.status).toBe(200);
      const html = await page.text();
      expect(html).toContain('Tuteur');
      expect(html).not.toMatch(/jury/i);
    }
  });

  it('picks the suite that is asked for, its context appended where it is missing', async () => {
    const credential = openBadge(api.issuer, { '@context': [CREDENTIALS_V2, OPEN_BADGES] });
    const ours = await jsonOf(await issue(credential));
    expect(await proofsOf(ours)).toEqual(['eddsa-rdfc-2022']);
    expect(ours['@context']).toEqual(credential['@context']);
    const older = await jsonOf(
      await issue({ ...credential, id: 'urn:example:older' }, { type: 'Ed25519Signature2020' }),
    );
    expect(await proofsOf(older)).toEqual(['Ed25519Signature2020']);
    expect(older['@context']).toEqual([
      CREDENTIALS_V2,
      OPEN_BADGES,
      'https://w3id.org/security/suites/ed25519-2020/v1',
    ]);
    for (const options of [
      { type: 'Ed25519Signature2018' },
      { cryptosuite: 'ecdsa-rdfc-2019' },
      { cryptosuite: 'Ed25519Signature2020' },
      { type: 'Ed25519Signature2020', cryptosuite: 'eddsa-rdfc-2022' },
    ]) {
      const refused = await issue(credential, options);
      expect(refused.status).toBe(400);
      expect(typesOf(await jsonOf(refused))).toEqual(['unsupported-suite']);
    }
  });

  it('issues VCDM 1.1, whose documents get the suite’s context', async () => {
    const credential = {
      '@context': [CREDENTIALS_V1],
      type: ['VerifiableCredential'],
      issuer: api.issuer.did,
      issuanceDate: '2026-01-01T00:00:00Z',
      credentialSubject: { id: 'did:example:subject' },
    };
    const response = await issue(credential);
    expect(response.status).toBe(201);
    const signed = await jsonOf(response);
    expect(signed['@context']).toEqual([CREDENTIALS_V1, 'https://w3id.org/security/data-integrity/v2']);
    const verdict = await api.post('/credentials/verify', { verifiableCredential: signed });
    expect(await jsonOf(verdict)).toMatchObject({ verified: true });
    expect((await issue({ ...credential, issuanceDate: '2026' })).status).toBe(400);
  });

  it('issues what is no badge too, with one proof as an object, and knows it on its own page', async () => {
    const response = await issue(alumniCredential(api.issuer, { issuer: { id: api.issuer.did, name: 'Un' } }));
    expect(response.status).toBe(201);
    const signed = await jsonOf(response);
    expect(isJsonObject(signed['proof'])).toBe(true);
    const id = response.headers.get('Location')?.split('/').at(-1);
    const report = await api.house.app.request(`/v/${id}`, { headers: { Accept: 'application/json' } });
    expect(await jsonOf(report as Response)).toMatchObject({ verified: true });
    const page = await api.house.app.request(`/v/${id}`, { headers: { Accept: 'text/html' } });
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('ExampleAlumniCredential');
  });

  it('V44 signs ahead of time and for a time that is over, and verifies neither', async () => {
    for (const dates of [{ validFrom: '2126-01-01T00:00:00Z' }, { validUntil: '2020-01-01T00:00:00Z' }]) {
      const response = await issue(alumniCredential(api.issuer, dates));
      expect(response.status).toBe(201);
      const verdict = await api.post('/credentials/verify', { verifiableCredential: await jsonOf(response) });
      expect(verdict.status).toBe(400);
    }
  });

  it('takes a status entry of somebody else as content, and none in lists of ours', async () => {
    const credentialStatus = { id: 'did:example:status', type: 'https://example.org/#CredentialStatusList2017' };
    expect((await issue(alumniCredential(api.issuer, { credentialStatus }))).status).toBe(201);
    const forged = { ...credentialStatus, statusListCredential: 'https://badges.example.org/status/x' };
    const refused = await issue(alumniCredential(api.issuer, { credentialStatus: forged }));
    expect(typesOf(await jsonOf(refused))).toContain('status-not-ours');
    const malformed = {
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '-1',
      statusListCredential: 'https://lists.example.org/1',
    };
    const wrong = await issue(alumniCredential(api.issuer, { credentialStatus: malformed }));
    expect(typesOf(await jsonOf(wrong))).toEqual(['MALFORMED_VALUE_ERROR']);
  });

  describe('refuses with 400 and every mistake named', () => {
    it.each<[string, (good: JsonObject) => JsonObject, string]>([
      ['no issuer', ({ issuer: _, ...rest }) => rest, '/credential/issuer'],
      [
        'an issuer of the same house that the token does not sign for',
        (good) => ({ ...good, issuer: api.other.did }),
        '/credential/issuer',
      ],
      ['an unknown issuer', (good) => ({ ...good, issuer: 'did:web:evil.test' }), '/credential/issuer'],
      ['no context', ({ '@context': _, ...rest }) => rest, '/credential/@context'],
      [
        'no base context',
        (good) => ({ ...good, '@context': ['https://www.w3.org/ns/credentials/examples/v2'] }),
        '/credential/@context/0',
      ],
      [
        'V19 an unknown context',
        (good) => ({ ...good, '@context': [CREDENTIALS_V2, 'https://evil.test/ctx'] }),
        '/credential/@context/1',
      ],
      ['a proof', (good) => ({ ...good, proof: { type: 'DataIntegrityProof' } }), '/credential/proof'],
      [
        'an id under our address that can be guessed',
        (good) => ({ ...good, id: 'https://badges.example.org/credentials/1' }),
        '/credential/id',
      ],
      [
        'an id in another of our rooms',
        (good) => ({ ...good, id: 'https://badges.example.org/status/x' }),
        '/credential/id',
      ],
      [
        'a subject that is a text',
        (good) => ({ ...good, credentialSubject: 'did:example:ada' }),
        '/credential/credentialSubject',
      ],
    ])('%s', async (_name, change, pointer) => {
      const before = await counts();
      for (const good of [openBadge(api.issuer), alumniCredential(api.issuer)]) {
        const response = await issue(change(good));
        expect(response.status).toBe(400);
        expect(response.headers.get('Content-Type')).toBe('application/problem+json');
        const body = await jsonOf(response);
        expect(body).toMatchObject({ type: 'urn:sceau:problem:credential-invalid', status: 400 });
        const pointers = (body['errors'] as JsonObject[]).map((mistake) => mistake['pointer']);
        expect(pointers).toContain(pointer);
      }
      expect(await counts()).toEqual(before);
    });

    it('V16 a badge with a word nobody defines, and one that lacks what the schema wants, naming both', async () => {
      const { validFrom: _, ...lacking } = openBadge(api.issuer, { nobody: 'knows' });
      const body = await jsonOf(await issue(lacking));
      expect(typesOf(body)).toEqual(expect.arrayContaining(['PROOF_TRANSFORMATION_ERROR', 'MALFORMED_VALUE_ERROR']));
    });

    it('A3 members of request and options that are not understood', async () => {
      const credential = openBadge(api.issuer);
      const requests: Json[] = [
        { credential, options: {}, issuedAt: '2026-01-01T00:00:00Z' },
        { credential, options: { source: 'jury' } },
        { credential, options: { credentialStatus: { type: 'BitstringStatusListEntry', statusListIndex: '7' } } },
        { credential, options: [] },
        { credential: 'text' },
        { options: {} },
      ];
      for (const request of requests) {
        const response = await api.post('/credentials/issue', request, { token });
        expect(response.status, JSON.stringify(request)).toBe(400);
        expect(await jsonOf(response)).toMatchObject({ type: 'urn:sceau:problem:request-invalid' });
      }
    });

    it.each([
      ['V1 nothing', '', 400],
      ['V2 half a document', '{"credential":', 400],
      ['V4 a list', '[]', 400],
      ['V7 a member twice', '{"credential":{"issuer":"did:a","issuer":"did:b"}}', 400],
      ['V8 endless nesting', '['.repeat(100_000), 400],
      ['V10 a prototype', '{"credential":{"__proto__":{"polluted":true}}}', 400],
      ['V12 half a character', '{"credential":{"name":"\\ud800"}}', 400],
      ['V6 too much', `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`, 413],
    ])('%s', async (_name, body, status) => {
      const response = await api.post('/credentials/issue', body, { token });
      expect(response.status).toBe(status);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    });

    it('V5 what is not declared as JSON', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'image/png']) {
        const response = await api.post('/credentials/issue', '{}', { token, headers: { 'Content-Type': type } });
        expect(response.status).toBe(415);
      }
    });
  });

  describe('tokens (A1, A8)', () => {
    it('401 without one, before the body is looked at; 403 without the scope', async () => {
      expect((await api.post('/credentials/issue', '{"broken":')).status).toBe(401);
      const others = await api.token(['revoke', 'verify', 'supplement'], api.issuer);
      const response = await api.post('/credentials/issue', '{"broken":', { token: others });
      expect(response.status).toBe(403);
      expect(response.headers.get('WWW-Authenticate')).toContain('scope="issue"');
    });

    it('a token of the whole house signs for each institution of it', async () => {
      const house = await api.token(['issue']);
      for (const issuer of [api.issuer, api.other]) {
        const credential = openBadge(issuer);
        expect((await api.post('/credentials/issue', { credential }, { token: house })).status).toBe(201);
      }
    });
  });

  describe('D3 retries', () => {
    it('the same key and the same request have the same answer, another request has none', async () => {
      const credential = alumniCredential(api.issuer);
      const headers = { 'Idempotency-Key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' };
      const first = await issue(credential, {}, headers);
      const again = await issue(credential, {}, { 'Idempotency-Key': '8e03978e-40d5-43dd-bc93-6894a57f9324' });
      expect(again.status).toBe(201);
      expect(again.headers.get('Location')).toBe(first.headers.get('Location'));
      expect(await again.text()).toBe(await first.text());
      for (const [body, options] of [
        [alumniCredential(api.issuer, { name: 'Another' }), {}],
        [credential, { type: 'Ed25519Signature2020' }],
      ] as const) {
        const other = await issue(body, options, headers);
        expect(other.status).toBe(422);
        expect(await jsonOf(other)).toMatchObject({ type: 'urn:sceau:problem:idempotency-key-reused' });
      }
    });

    it('twenty at once lead to one badge', async () => {
      const before = await counts();
      const credential = alumniCredential(api.issuer, { name: 'At once' });
      const headers = { 'Idempotency-Key': 'at-once' };
      const responses = await Promise.all(Array.from({ length: 20 }, () => issue(credential, {}, headers)));
      expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(await Promise.all(responses.map((response) => response.text()))).size).toBe(1);
      expect((await counts()).active).toBe(before.active + 1);
    });

    it('without a key, an id belongs to one credential: the same request is answered, another is refused', async () => {
      const credential = openBadge(api.issuer);
      const [first, again] = [await issue(credential), await issue(credential)];
      expect(await again.text()).toBe(await first.text());
      for (const headers of [{}, { 'Idempotency-Key': 'another-key' }] as Record<string, string>[]) {
        const other = await issue({ ...credential, name: 'Another' }, {}, headers);
        expect(other.status).toBe(409);
        expect(await jsonOf(other)).toMatchObject({ type: 'urn:sceau:problem:credential-id-taken' });
      }
      expect((await issue(alumniCredential(api.issuer))).headers.get('Location')).not.toBe(
        (await issue(alumniCredential(api.issuer))).headers.get('Location'),
      );
    });

    it('an id given with a key is found again without it', async () => {
      const credential = openBadge(api.issuer);
      const first = await issue(credential, {}, { 'Idempotency-Key': 'with-id' });
      expect((await issue(credential)).headers.get('Location')).toBe(first.headers.get('Location'));
    });

    it('a caller may choose the public id, once', async () => {
      const number = formatPublicId(crypto.getRandomValues(new Uint8Array(16)));
      const id = `https://badges.example.org/credentials/${number}`;
      const response = await issue(openBadge(api.issuer, { id }));
      expect(response.headers.get('Location')).toBe(id);
      expect((await api.house.app.request(`/v/${number}`)).status).toBe(200);
      expect((await issue(openBadge(api.issuer, { id, name: 'Another' }))).status).toBe(409);
    });

    it('a key that is no key is refused', async () => {
      for (const key of ['"', '"a"b"', 'x'.repeat(300)]) {
        const response = await issue(openBadge(api.issuer), {}, { 'Idempotency-Key': key });
        expect(response.status).toBe(400);
        expect(await jsonOf(response)).toMatchObject({ type: 'urn:sceau:problem:idempotency-key-malformed' });
      }
    });
  });
});

describe('POST /credentials/issue when the process dies in between (D2, D3)', () => {
  it.each(['composed', 'reserved', 'signed', 'verified', 'issued'] as const)(
    'at the step "%s", the retry after the restart gets one badge',
    async (step) => {
      let dies = true;
      const first = await openApiHouse({
        atStep: (at) => {
          if (at === step && dies) throw new Error(`died at ${at}`);
        },
      });
      const { folder, issuer } = first;
      const token = await first.token(['issue'], issuer);
      const request = { credential: openBadge(issuer) };
      const headers = { 'Idempotency-Key': 'once' };
      expect((await first.post('/credentials/issue', request, { token, headers })).status).toBe(500);
      await first.house.close();
      dies = false;
      const second = await openApiHouse({}, folder);
      try {
        const answers = [
          await second.post('/credentials/issue', request, { token, headers }),
          await second.post('/credentials/issue', request, { token, headers }),
        ];
        expect(answers.map(({ status }) => status)).toEqual([201, 201]);
        expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
        const counts = await second.house.issuing.store.ledger.counts(issuer.slug);
        expect(counts).toMatchObject({ active: 1, reserved: 0, voided: 0 });
      } finally {
        await second.house.close();
        await removeFolder(folder);
      }
    },
    60_000,
  );
});
