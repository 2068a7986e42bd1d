import { describe, expect, it } from 'vitest';
import { DEVICE_SCRIPTS } from '../../src/device/compiled.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { BADGE_ID, fakeApp, PUBLIC_URL, TOKENS } from './support.js';

/** What anybody may read. A route that is not named here must ask for a token. */
const PUBLIC = [
  '/',
  '/verify',
  '/credentials/verify',
  '/presentations/verify',
  '/v/:id',
  '/v/:id/qr.svg',
  '/v/:id/qr.png',
  '/v/:id/og.png',
  '/credentials/:name',
  '/status/:listId',
  '/issuers/:slug',
  '/issuers/:slug/did.json',
  '/issuers/:slug/logo',
  '/issuers/:slug/look.css',
  '/.well-known/did.json',
  '/achievements/:programme/:version',
  '/achievements/:programme/:version/:variant',
  '/achievements/:programme/:version/image.png',
  '/achievements/:programme/:version/:variant/image.png',
  '/achievements/:programme/:version/image.svg',
  '/achievements/:programme/:version/:variant/image.svg',
  '/claim/asked',
  '/claim/:token',
  '/claim/:token/again',
  // A wallet shows what its links hold: an offer's secret, a code, a token of its own.
  '/interactions/:id',
  '/exchanges/:id',
  '/.well-known/openid-credential-issuer',
  '/.well-known/oauth-authorization-server',
  '/oid4vci/offers/:id',
  '/oid4vci/token',
  '/oid4vci/nonce',
  '/oid4vci/credential',
  '/contexts/',
  '/contexts/:file',
  '/assets/sceau.css',
  '/assets/sceau.svg',
  '/assets/holder.css',
  '/assets/front.js',
  '/assets/scan.js',
  '/assets/device.js',
  DEVICE_SCRIPTS.workerPath,
  // What a check in the reader's own browser asks for: all of it is told in badges, lists and reports too.
  '/device/house',
  '/device/state',
  '/openapi.json',
  '/docs',
  '/robots.txt',
  '/healthz',
  '/readyz',
  '/openapi.json',
  '/docs',
];

const ROUTES = [
  ...new Set(
    fakeApp()
      .app.routes.filter(({ method }) => method !== 'ALL')
      .map(({ path, method }) => `${method} ${path}`),
  ),
];
const PATHS = ROUTES.map((route) => route.slice(route.indexOf(' ') + 1));
/** Pages of one reader, after a claim link: they ask for a session instead of a token. */
const HOLDERS = ROUTES.filter((route) => / \/holder(\/|$)/.test(route));
const CLOSED = ROUTES.filter((route, index) => !PUBLIC.includes(PATHS[index] ?? '') && !HOLDERS.includes(route));

describe('the routes as a set (A1)', () => {
  it('holds every public one, and at least one that is not', () => {
    expect(PATHS).toEqual(expect.arrayContaining(PUBLIC));
    expect(CLOSED.length).toBeGreaterThan(0);
  });

  it.each(CLOSED)('%s answers 401 without a working token', async (route) => {
    const { app } = fakeApp();
    const [method = '', path = ''] = route.split(' ');
    const address = path.replace(/:[a-z]+/gi, 'x');
    const attempts: Record<string, string>[] = [
      {},
      { Authorization: '' },
      { Authorization: `Basic ${btoa(`a:${TOKENS.house}`)}` },
      { Authorization: `Bearer ${TOKENS.house}x` },
      { Authorization: `Bearer ${TOKENS.house}, Bearer ${TOKENS.house}` },
      { Authorization: TOKENS.house },
      { Cookie: `token=${TOKENS.house}` },
    ];
    for (const headers of attempts) {
      const response = await app.request(address, { method, headers });
      expect(response.status, JSON.stringify(headers)).toBe(401);
      expect(response.headers.get('WWW-Authenticate')).toMatch(/^Bearer realm="sceau"/);
      expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    }
    const withQuery = `${address}?access_token=${TOKENS.house}&token=${TOKENS.house}`;
    expect((await app.request(withQuery, { method })).status).toBe(401);
  });

  it.each(HOLDERS)('%s answers 401 without a session, whatever else is sent', async (route) => {
    const { app } = fakeApp();
    const [method = '', path = ''] = route.split(' ');
    const address = path.replace(/:[a-z]+/gi, 'x');
    const attempts: Record<string, string>[] = [
      {},
      { Authorization: `Bearer ${TOKENS.house}` },
      { Cookie: '__Host-sceau-holder=x' },
      { Cookie: `__Host-sceau-holder=${'A'.repeat(43)}`, Origin: PUBLIC_URL },
    ];
    for (const headers of attempts) {
      const response = await app.request(address, { method, headers });
      expect(response.status, JSON.stringify(headers)).toBe(401);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      expect(response.headers.get('X-Robots-Tag')).toBe('noindex');
    }
  });

  it('answers 401 under /api even where nothing is', async () => {
    expect((await fakeApp().app.request('/api/nothing')).status).toBe(401);
    expect((await fakeApp().app.request('/api/students/x/supplement', { method: 'DELETE' })).status).toBe(401);
  });
});

describe('headers of every response (X5)', () => {
  const paths = [
    '/',
    `/v/${BADGE_ID}`,
    `/credentials/${BADGE_ID}`,
    '/nothing',
    '/api/x',
    '/v//x',
    '/assets/sceau.css',
    `/${'a'.repeat(9000)}`,
  ];

  it.each(paths.map((path) => [path.slice(0, 40), path]))('%s carries them', async (_name, path) => {
    const { headers } = await fakeApp().app.request(path);
    const policy = headers.get('Content-Security-Policy') ?? '';
    for (const directive of [
      "default-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "object-src 'none'",
      "form-action 'self'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toContain('unsafe');
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
    expect(headers.get('X-Powered-By')).toBeNull();
    expect(headers.get('Server')).toBeNull();
  });

  it('leave HSTS out where the service is not on https', async () => {
    const { app } = fakeApp({ publicUrl: 'http://localhost:3000' });
    expect((await app.request('/')).headers.get('Strict-Transport-Security')).toBeNull();
  });

  it('keep badges and their pages out of search engines, errors too', async () => {
    const { app } = fakeApp();
    for (const path of [`/v/${BADGE_ID}`, `/credentials/${BADGE_ID}`, '/v/x', `/v/${BADGE_ID}/qr.svg`]) {
      expect((await app.request(path)).headers.get('X-Robots-Tag')).toBe('noindex');
    }
    expect((await app.request('/')).headers.get('X-Robots-Tag')).toBeNull();
  });
});

describe('crooked requests', () => {
  it.each([
    `//v/${BADGE_ID}`,
    `/v//${BADGE_ID}`,
    `/v/${BADGE_ID}/`,
    `/V/${BADGE_ID}`,
    '/api/..%2fhealthz',
    '/%00',
    '/healthz;/',
    '//evil.test/%2f..',
  ])('%s is not found (A4)', async (path) => {
    const { app } = fakeApp();
    const response = await app.fetch(new Request(`http://localhost${path}`));
    expect([401, 404]).toContain(response.status);
  });

  it('never turn the path of an error page into a link to another host', async () => {
    const { app } = fakeApp();
    const html = await (
      await app.fetch(new Request('http://localhost//evil.test/x', { headers: { Accept: 'text/html' } }))
    ).text();
    expect(html).not.toContain('href="//');
  });

  it('with a method there is none for answer 405 and what there is', async () => {
    const response = await fakeApp().app.request(`/credentials/${BADGE_ID}`, { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('Allow')).toBe('GET, HEAD');
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:method-not-allowed' });
  });

  it('cannot override their method', async () => {
    const { app } = fakeApp();
    const headers = { 'X-HTTP-Method-Override': 'DELETE', 'X-Method-Override': 'DELETE' };
    expect((await app.request('/?_method=DELETE', { headers })).status).toBe(200);
    expect(
      (await app.request('/?_method=GET', { method: 'POST', headers: { 'X-HTTP-Method-Override': 'GET' } })).status,
    ).toBe(405);
  });

  it('with an address over 8 KiB are refused', async () => {
    const { app } = fakeApp();
    const base = 'http://localhost/?badge=';
    expect((await app.request(base + 'a'.repeat(8192 - base.length))).status).toBe(200);
    const response = await app.request(base + 'a'.repeat(8193 - base.length));
    expect(response.status).toBe(414);
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:uri-too-long' });
  });

  it('with header values made to be slow are answered at once (X9)', async () => {
    const { app } = fakeApp();
    const long = `${'a'.repeat(50_000)}!`;
    const started = performance.now();
    for (const name of ['Accept', 'Accept-Language', 'If-None-Match', 'Authorization']) {
      for (const value of [long, `${','.repeat(50_000)}`, `${'a;'.repeat(25_000)}`, `${'q=0.'.repeat(12_000)}`]) {
        await app.request('/api/x', { headers: { [name]: value } });
        await app.request(`/v/${BADGE_ID}/qr.svg`, { headers: { [name]: value } });
      }
    }
    expect(performance.now() - started).toBeLessThan(32 * 50);
  });
});

describe('problems', () => {
  it('are told in the reader’s language, the type being what to decide on', async () => {
    const { app } = fakeApp();
    const ask = async (language: string) =>
      (await (await app.request('/nothing', { headers: { 'Accept-Language': language } })).json()) as Record<
        string,
        unknown
      >;
    expect(await ask('fr')).toMatchObject({
      type: 'urn:sceau:problem:not-found',
      title: 'Rien à cette adresse',
      status: 404,
    });
    expect(await ask('en')).toMatchObject({
      type: 'urn:sceau:problem:not-found',
      title: 'Nothing at this address',
      status: 404,
    });
  });

  it('have all five members, and the request id as their instance', async () => {
    const response = await fakeApp().app.request('/nothing');
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    const body = (await response.json()) as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual(['detail', 'instance', 'status', 'title', 'type']);
    expect(body['instance']).toBe('urn:sceau:request:request-1');
  });

  it('say nothing of an unexpected error and log all of it', async () => {
    const secret = new Error('SELECT * FROM /var/lib/sceau failed for Ada');
    const { app, deps } = fakeApp({
      badges: { find: () => Promise.reject(secret), verify: () => Promise.reject(secret) },
    });
    for (const Accept of ['application/json', 'text/html']) {
      const response = await app.request(`/v/${BADGE_ID}`, { headers: { Accept } });
      expect(response.status).toBe(500);
      expect(response.headers.get('Cache-Control')).toBe('no-store');
      const text = await response.text();
      for (const leak of ['SELECT', 'sceau failed', 'Ada', 'Error:', '.ts']) expect(text).not.toContain(leak);
    }
    expect(deps.logged[0]).toEqual({
      event: 'request-failed',
      error: secret,
      facts: { request: 'request-1', method: 'GET', route: '/v/:id' },
    });
  });

  it('answer 503 and when to come back while the store cannot be reached', async () => {
    const gone = new StoreUnavailableError('disk full');
    const { app } = fakeApp({ badges: { find: () => Promise.reject(gone), verify: () => Promise.reject(gone) } });
    const response = await app.request(`/credentials/${BADGE_ID}`);
    expect(response.status).toBe(503);
    expect(Number(response.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:store-unavailable' });
  });
});

it('the health check answers without touching the house', async () => {
  const response = await fakeApp().app.request('/healthz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok' });
});
