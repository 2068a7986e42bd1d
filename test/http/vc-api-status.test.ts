import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../src/ports/json.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample } from '../support/house.js';
import { type ApiHouse, alumniCredential, jsonOf, openApiHouse, openBadge, typesOf } from './vc-api-house.js';

const ENTRY = 'BitstringStatusListEntry';

describe('POST /credentials/status', () => {
  let api: ApiHouse;
  let issuing: string;
  let revoking: string;
  beforeAll(async () => {
    api = await openApiHouse();
    issuing = await api.token(['issue'], api.issuer);
    revoking = await api.token(['revoke'], api.issuer);
  });
  afterAll(() => api.close());

  /** Issues a credential with an entry of a purpose. */
  async function issued(credential: JsonObject, statusPurpose?: string): Promise<{ document: JsonObject; id: string }> {
    const options = statusPurpose === undefined ? {} : { credentialStatus: { type: ENTRY, statusPurpose } };
    const response = await api.post('/credentials/issue', { credential, options }, { token: issuing });
    expect(response.status).toBe(201);
    const id = ensureDefined(response.headers.get('Location')?.split('/').at(-1));
    return { document: await jsonOf(response), id };
  }
  const change = (
    credentialId: string,
    statusPurpose: string,
    status: Json,
    token = revoking,
    entry: JsonObject = {},
  ) =>
    api.post(
      '/credentials/status',
      { credentialId, credentialStatus: { type: ENTRY, statusPurpose, ...entry }, status },
      { token },
    );
  const verdictOf = async (document: JsonObject) => {
    const response = await api.post('/credentials/verify', { verifiableCredential: document });
    const body = await jsonOf(response);
    return { status: response.status, types: typesOf(body) };
  };
  const stateAt = async (id: string) => {
    const response = await api.house.app.request(`/v/${id}`, { headers: { Accept: 'application/json' } });
    const credential = (await jsonOf(response))['credential'] as JsonObject | null;
    return credential?.['status'];
  };
  /** Is the bit set in the list we publish, read as any verifier would? */
  async function bitOf(document: JsonObject): Promise<boolean> {
    const { statusListCredential, statusListIndex } = document['credentialStatus'] as JsonObject;
    const list = await jsonOf(await api.house.app.request(String(statusListCredential)));
    const { encodedList, statusPurpose } = list['credentialSubject'] as JsonObject;
    expect(statusPurpose).toBe((document['credentialStatus'] as JsonObject)['statusPurpose']);
    const zipped = Buffer.from(String(encodedList).slice(1), 'base64url');

    const stream = new Blob([Uint8Array.from(zipped)]).stream().pipeThrough(new DecompressionStream('gzip'));
    const bits = new Uint8Array(await new Response(stream).arrayBuffer());
    const index = Number(statusListIndex);
    return ((ensureDefined(bits[index >> 3]) >> (7 - (index & 7))) & 1) === 1;
  }

  it('V45 revokes for good, seen here and in the list', async () => {
    const { document, id } = await issued(openBadge(api.issuer), 'revocation');
    expect(await verdictOf(document)).toEqual({ status: 200, types: [] });
    expect(await bitOf(document)).toBe(false);
    const response = await change(String(document['id']), 'revocation', true);
    expect(response.status).toBe(200);
    expect(await jsonOf(response)).toEqual({
      credentialId: document['id'],
      statusPurpose: 'revocation',
      status: true,
      state: 'revoked',
      published: true,
    });
    expect(await bitOf(document)).toBe(true);
    const verdict = await verdictOf(document);
    expect(verdict.status).toBe(400);
    expect(verdict.types).toContain('revoked');
    expect(await stateAt(id)).toBe('revoked');
    expect((await change(String(document['id']), 'revocation', true)).status).toBe(200);
    const back = await change(String(document['id']), 'revocation', false);
    expect(back.status).toBe(409);
    expect(await jsonOf(back)).toMatchObject({ type: 'urn:sceau:problem:status-change-refused' });
    expect((await change(String(document['id']), 'suspension', false)).status).toBe(409);
  });

  it('V45 suspends and reinstates in a list of that purpose', async () => {
    const { document, id } = await issued(openBadge(api.issuer), 'suspension');
    for (const status of [true, true, false, false, true]) {
      const response = await change(id, 'suspension', status);
      expect(response.status).toBe(200);
      expect(await jsonOf(response)).toMatchObject({ state: status ? 'suspended' : 'active', published: true });
      expect(await bitOf(document)).toBe(status);
      expect((await verdictOf(document)).types.includes('suspended')).toBe(status);
      expect(await stateAt(id)).toBe(status ? 'suspended' : 'active');
    }
  });

  it('suspends a badge whose entry is for revocation here only, and says so', async () => {
    const { document, id } = await issued(openBadge(api.issuer), 'revocation');
    expect(await jsonOf(await change(id, 'suspension', true))).toMatchObject({ state: 'suspended', published: false });
    expect(await bitOf(document)).toBe(false);
    expect((await verdictOf(document)).status).toBe(400);
  });

  it('knows what it signed whatever id that has, or none, with an entry or without', async () => {
    for (const credential of [openBadge(api.issuer), alumniCredential(api.issuer, { id: 'urn:example:no-entry' })]) {
      const { document } = await issued(credential);
      expect(document['credentialStatus']).toBeUndefined();
      expect((await change(String(document['id']), 'revocation', true)).status).toBe(200);
      expect((await verdictOf(document)).types).toContain('revoked');
    }
    const { id } = await issued(alumniCredential(api.issuer));
    expect(
      (await change(`https://badges.example.org/credentials/${id.toUpperCase()}`, 'revocation', true)).status,
    ).toBe(200);
    expect(await stateAt(id)).toBe('revoked');
  });

  it('changes a badge of a jury too', async () => {
    const { rows, issuer } = await issueSample(api.house, 'ecstra');
    const id = ensureDefined(rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId);
    const house = await api.token(['revoke']);
    expect((await change(`https://badges.example.org/credentials/${id}`, 'revocation', true, house)).status).toBe(200);
    expect((await api.house.issuing.store.ledger.credential(id))?.issuer).toBe(issuer);
    expect(await stateAt(id)).toBe('revoked');
  });

  it('A1 A2 answers a credential of another institution as one that does not exist', async () => {
    const { document, id } = await issued(openBadge(api.issuer), 'revocation');
    const foreign = await api.token(['revoke'], api.other);
    const answers = await Promise.all(
      [String(document['id']), id, 'urn:uuid:nobody', '00000000000000000000000000'].map(async (credentialId) => {
        const response = await change(credentialId, 'revocation', true, foreign);
        const { instance: _, ...body } = await jsonOf(response);
        return JSON.stringify([response.status, body]);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('404');
    expect(await stateAt(id)).toBe('active');
  });

  it('A1 asks for a token with the scope, before the body is looked at', async () => {
    expect((await api.post('/credentials/status', '{"broken":')).status).toBe(401);
    expect((await api.post('/credentials/status', '{"broken":', { token: issuing })).status).toBe(403);
  });

  it('takes the entry’s own place as a check', async () => {
    const { document, id } = await issued(openBadge(api.issuer), 'suspension');
    const { type: _, statusPurpose: __, ...entry } = document['credentialStatus'] as JsonObject;
    expect((await change(id, 'suspension', true, revoking, { ...entry, statusListIndex: '131071' })).status).toBe(404);
    expect((await change(id, 'suspension', true, revoking, entry)).status).toBe(200);
  });

  it('A3 refuses what it does not understand', async () => {
    const good = {
      credentialId: 'urn:example:a',
      credentialStatus: { type: ENTRY, statusPurpose: 'revocation' },
      status: true,
    };
    const requests: Json[] = [
      { ...good, role: 'admin' },
      { ...good, credentialStatus: { ...good.credentialStatus, bit: 1 } },
      { ...good, credentialStatus: { type: 'Foo', statusPurpose: 'revocation' } },
      { ...good, credentialStatus: { type: ENTRY, statusPurpose: 'message' } },
      { ...good, status: '1' },
      { ...good, credentialId: 7 },
      {},
    ];
    for (const request of requests) {
      const response = await api.post('/credentials/status', request, { token: revoking });
      expect(response.status, JSON.stringify(request)).toBe(400);
      expect(await jsonOf(response)).toMatchObject({ type: 'urn:sceau:problem:request-invalid' });
    }
  });

  it('D9 revoked and suspended at once ends in one of the two orders', async () => {
    const { id } = await issued(openBadge(api.issuer), 'revocation');
    const responses = await Promise.all([
      change(id, 'revocation', true),
      change(id, 'suspension', true),
      change(id, 'revocation', true),
    ]);
    expect(responses.map(({ status }) => status).every((status) => status === 200 || status === 409)).toBe(true);
    expect(await stateAt(id)).toBe('revoked');
  });
});
