import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { didWebUrl } from '../../src/keys/did-web.js';
import { createFetchingResolver, type FetchingResolverOptions } from '../../src/net/fetching-resolver.js';
import type { FetchAnswer, Fetcher, FetchRequest } from '../../src/ports/fetcher.js';
import type { JsonObject } from '../../src/ports/json.js';
import type { OwnState, Resolver } from '../../src/ports/resolver.js';
import { findSigningKey } from '../../src/verification/signing-key.js';
import { type Authority, createAuthority } from './certificates.js';
import { fetcherTo, type LoopbackServer, PUBLIC, startHttps } from './loopback.js';

const found = (body: unknown): FetchAnswer => ({
  outcome: 'found',
  bytes: new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
  contentType: undefined,
  finalUrl: 'https://issuer.example/',
});

const FOREIGN = { outcome: 'refused', detail: 'not-held-here' } as const;
const NOTHING: Resolver = {
  controllerDocument: async () => FOREIGN,
  statusList: async () => FOREIGN,
  evidence: async () => FOREIGN,
  ownState: async () => undefined,
};

/** A resolver over a table of URLs, with a record of what was asked. */
function resolverOver(
  table: Readonly<Record<string, FetchAnswer>>,
  options: Partial<Omit<FetchingResolverOptions, 'fetcher'>> = {},
) {
  const asked: { readonly url: string; readonly request: FetchRequest }[] = [];
  const fetcher: Fetcher = {
    async fetch(url, request) {
      asked.push({ url, request });
      return table[url] ?? { outcome: 'not-found' };
    },
  };
  const selfDescribed = {
    key: (did: string): JsonObject | undefined => (did === 'did:key:z6Mk' ? { id: did } : undefined),
  };
  return { asked, resolver: createFetchingResolver({ fetcher, own: NOTHING, didWebUrl, selfDescribed, ...options }) };
}

describe('a controller document', () => {
  const DID = 'did:web:issuer.example';
  const URL_OF_DID = 'https://issuer.example/.well-known/did.json';

  it('of a did:web is had where the method says, without redirects', async () => {
    const { resolver, asked } = resolverOver({ [URL_OF_DID]: found({ id: DID }) });
    expect(await resolver.controllerDocument(DID)).toEqual({ outcome: 'found', value: { id: DID } });
    expect(asked).toMatchObject([{ url: URL_OF_DID, request: { purpose: 'did-document', maxBytes: 1024 * 1024 } }]);
    expect(asked[0]?.request.redirects).toBeUndefined();
  });

  it('of an https issuer is had at its id', async () => {
    const id = 'https://issuer.example/issuers/1';
    const { resolver, asked } = resolverOver({ [id]: found({ id }) });
    expect(await resolver.controllerDocument(id)).toEqual({ outcome: 'found', value: { id } });
    expect(asked).toMatchObject([{ url: id, request: { purpose: 'controller', redirects: 2 } }]);
  });

  it('that a DID spells out is not asked for', async () => {
    const { resolver, asked } = resolverOver({});
    expect(await resolver.controllerDocument('did:key:z6Mk')).toEqual({
      outcome: 'found',
      value: { id: 'did:key:z6Mk' },
    });
    expect(await resolver.controllerDocument('did:key:none')).toEqual({ outcome: 'refused', detail: 'malformed-did' });
    expect(asked).toEqual([]);
  });

  it.each([
    'did:ion:a',
    'did:constructor:a',
    'did:',
    'did:web',
    'urn:uuid:1',
    'mailto:a@issuer.example',
    'http://issuer.example/',
  ])('of %s is not asked for', async (id) => {
    const { resolver, asked } = resolverOver({});
    expect(await resolver.controllerDocument(id)).toEqual({ outcome: 'refused', detail: 'issuer-id-not-supported' });
    expect(asked).toEqual([]);
  });

  it.each([
    'did:web:127.0.0.1',
    'did:web:2130706433',
    'did:web:issuer.example%2f',
    'did:web:issuer.example:a%2fb',
    'did:web:issuer.example:..',
    'did:web:issuer.example:%2e%2e',
    'did:web:a%40issuer.example',
    'did:web:issuer.example:a%00',
    'did:web:issuer.example:a%3fb',
    'did:web:issuer.example:a%252fb',
    'did:web:issuer.example:%ff',
  ])('of %s is not asked for (S1, S7)', async (did) => {
    const { resolver, asked } = resolverOver({});
    expect(await resolver.controllerDocument(did)).toEqual({ outcome: 'refused', detail: 'malformed-did' });
    expect(asked).toEqual([]);
  });

  it('of our own is read from the store, and known to be missing there', async () => {
    const own: Resolver = {
      ...NOTHING,
      controllerDocument: async (id) =>
        id === DID ? { outcome: 'found', value: { own: true } } : { outcome: 'not-found' },
    };
    const { resolver, asked } = resolverOver({}, { own });
    expect(await resolver.controllerDocument(DID)).toEqual({ outcome: 'found', value: { own: true } });
    expect(await resolver.controllerDocument('did:web:other.example')).toEqual({ outcome: 'not-found' });
    expect(asked).toEqual([]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['HTML (V48)', '<!doctype html>', 'not-json'],
    ['nothing', '', 'not-json'],
    ['a list', '[]', 'not-json'],
    ['a member twice (V7)', '{"id":"a","id":"b"}', 'not-json'],
    ['bytes that are no UTF-8 (V3)', Uint8Array.of(0x7b, 0xc3, 0x28, 0x7d), 'not-json'],
    ['a gzip file', gzipSync('{}'), 'not-json'],
    ['nesting too deep (V8)', `{"a":${'['.repeat(100)}${']'.repeat(100)}}`, 'too-complex'],
    [
      'ten thousand keys (S11)',
      JSON.stringify({ verificationMethod: Array(10_000).fill({ id: '#a' }) }),
      'too-complex',
    ],
  ])('that is %s is no document', async (_, body, detail) => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
    const { resolver } = resolverOver({ [URL_OF_DID]: { ...found(''), bytes } as FetchAnswer });
    expect(await resolver.controllerDocument(DID)).toEqual({ outcome: 'unreachable', detail });
  });

  it('that could not be had is told with the reason', async () => {
    const answers: FetchAnswer[] = [
      { outcome: 'not-found' },
      { outcome: 'unreachable', detail: 'certificate-not-valid' },
      { outcome: 'refused', detail: 'address-not-public' },
    ];
    for (const answer of answers) {
      const { resolver } = resolverOver({ [URL_OF_DID]: answer });
      expect(await resolver.controllerDocument(DID)).toEqual(answer);
    }
  });

  it('of another id, or with keys out of force, is left to verification, which refuses it (S11)', async () => {
    const method = { id: `${DID}#a`, type: 'Multikey', controller: DID, publicKeyMultibase: 'z6Mk' };
    const documentWith = (changes: JsonObject, key: JsonObject = {}) => ({
      id: DID,
      verificationMethod: [{ ...method, ...key }],
      assertionMethod: [method.id],
      ...changes,
    });
    const cases: [JsonObject, string][] = [
      [documentWith({ id: 'did:web:other.example' }), 'foreign-controller-document'],
      [documentWith({}, { controller: 'did:web:other.example' }), 'foreign-key'],
      [documentWith({}, { revoked: '2026-01-01T00:00:00Z' }), 'key-revoked'],
      [documentWith({}, { expires: '2026-01-01T00:00:00Z' }), 'key-expired'],
    ];
    for (const [document, code] of cases) {
      const { resolver } = resolverOver({ [URL_OF_DID]: found(document) });
      const resolution = await resolver.controllerDocument(DID);
      const value = resolution.outcome === 'found' ? resolution.value : {};
      const now = Date.parse('2026-11-22T10:00:00Z');
      const lookup = findSigningKey(value, { issuer: DID, method: method.id, pointer: '/proof', now });
      expect(lookup).toMatchObject({ ok: false, finding: { code } });
    }
  });
});

describe('a verification that has taken its time', () => {
  it('waits for no further document', async () => {
    const signal = AbortSignal.abort();
    const { resolver, asked } = resolverOver({}, { signal });
    await resolver.controllerDocument('did:web:issuer.example');
    await resolver.statusList('https://issuer.example/status/1');
    expect(asked.map(({ request }) => request.signal)).toEqual([signal, signal]);
  });
});

describe('a status list', () => {
  const LIST = 'https://issuer.example/status/1';

  it('is had at its URL, larger than other documents and without redirects', async () => {
    const { resolver, asked } = resolverOver({ [LIST]: found({ id: LIST }) });
    expect(await resolver.statusList(LIST)).toEqual({ outcome: 'found', value: { id: LIST } });
    expect(asked).toMatchObject([{ url: LIST, request: { purpose: 'status-list', maxBytes: 2 * 1024 * 1024 } }]);
    expect(asked[0]?.request.redirects).toBeUndefined();
  });

  it('of many revoked badges is not too complex', async () => {
    const { resolver } = resolverOver({ [LIST]: found({ revoked: Array(30_000).fill('urn:uuid:1') }) });
    expect(await resolver.statusList(LIST)).toMatchObject({ outcome: 'found' });
  });

  it('secured as a compact JWS is handed on as it came, for verification to take apart', async () => {
    const { resolver } = resolverOver({ [LIST]: found('e30.e30.c2ln') });
    expect(await resolver.statusList(LIST)).toEqual({ outcome: 'found', value: 'e30.e30.c2ln' });
    const { resolver: nearly } = resolverOver({ [LIST]: found('e30.e30') });
    expect(await nearly.statusList(LIST)).toEqual({ outcome: 'unreachable', detail: 'not-json' });
  });

  it('of our own that cannot be had now is not asked of anybody else', async () => {
    const own: Resolver = {
      ...NOTHING,
      statusList: async () => ({ outcome: 'unreachable', detail: 'not-signed-now' }),
    };
    const { resolver, asked } = resolverOver({}, { own });
    expect(await resolver.statusList(LIST)).toEqual({ outcome: 'unreachable', detail: 'not-signed-now' });
    expect(asked).toEqual([]);
  });

  it('of our own is read from the store', async () => {
    const own: Resolver = { ...NOTHING, statusList: async () => ({ outcome: 'found', value: { own: true } }) };
    const { resolver, asked } = resolverOver({}, { own });
    expect(await resolver.statusList(LIST)).toEqual({ outcome: 'found', value: { own: true } });
    expect(asked).toEqual([]);
  });
});

describe('evidence (S13)', () => {
  it('is never fetched, only read where the house holds it', async () => {
    const bytes = Uint8Array.of(1);
    const own: Resolver = {
      ...NOTHING,
      evidence: async (url) =>
        url === 'https://badges.univ.example/evidence/1' ? { outcome: 'found', value: bytes } : FOREIGN,
    };
    const { resolver, asked } = resolverOver({ 'https://issuer.example/report.pdf': found('x') }, { own });
    expect(await resolver.evidence('https://issuer.example/report.pdf')).toEqual(FOREIGN);
    expect(await resolver.evidence('http://169.254.169.254/')).toEqual(FOREIGN);
    expect(await resolver.evidence('https://badges.univ.example/evidence/1')).toEqual({
      outcome: 'found',
      value: bytes,
    });
    expect(asked).toEqual([]);
  });
});

describe('the state of a badge of ours', () => {
  it('is asked of the house', async () => {
    const state = {} as OwnState;
    const { resolver } = resolverOver({}, { own: { ...NOTHING, ownState: async () => state } });
    expect(await resolver.ownState('https://badges.univ.example/credentials/1')).toBe(state);
  });
});

describe('the resolver over the guarded fetcher', () => {
  let authority: Authority;
  let server: LoopbackServer;
  beforeAll(async () => {
    authority = await createAuthority();
  });
  afterEach(() => server.close());

  it('resolves over TLS, and leaves addresses inside alone (S1, S3)', async () => {
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (request, response) => {
      response.end(JSON.stringify({ path: request.url }));
    });
    const table = { 'issuer.example': [PUBLIC], 'inside.example': ['10.0.0.5'] };
    const { fetcher, dialled } = fetcherTo(server, { tls: { ca: [authority.ca] }, table });
    const resolver = createFetchingResolver({
      fetcher: fetcher.forVerification(),
      own: NOTHING,
      didWebUrl,
      selfDescribed: {},
    });
    expect(await resolver.controllerDocument('did:web:issuer.example:a')).toEqual({
      outcome: 'found',
      value: { path: '/a/did.json' },
    });
    for (const id of ['did:web:inside.example', 'https://169.254.169.254/', 'https://[::1]/']) {
      expect(await resolver.controllerDocument(id)).toEqual({ outcome: 'refused', detail: 'address-not-public' });
    }
    expect(await resolver.controllerDocument('did:web:localhost%3A8080')).toEqual({
      outcome: 'refused',
      detail: 'host-not-allowed',
    });
    expect(await resolver.statusList('http://issuer.example/')).toEqual({
      outcome: 'refused',
      detail: 'scheme-not-allowed',
    });
    expect(dialled).toHaveLength(1);
  });
});
