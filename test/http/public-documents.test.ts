import { describe, expect, it } from 'vitest';
import { ABSENT_ID, BADGE, BADGE_ID, fakeApp } from './support.js';

const DOCUMENTS = [
  { path: `/credentials/${BADGE_ID}`, mediaType: 'application/vc+ld+json', maxAge: 60 },
  { path: `/credentials/${BADGE_ID}.json`, mediaType: 'application/json', maxAge: 60 },
  { path: '/status/list-1', mediaType: 'application/vc+ld+json', maxAge: 60 },
  { path: '/issuers/universite-de-l-exemple', mediaType: 'application/json', maxAge: 300 },
  { path: '/issuers/universite-de-l-exemple/did.json', mediaType: 'application/json', maxAge: 300 },
  { path: '/.well-known/did.json', mediaType: 'application/json', maxAge: 300 },
  { path: '/achievements/engagement/2025-2026', mediaType: 'application/json', maxAge: 300 },
  { path: '/achievements/engagement/2025-2026/soir', mediaType: 'application/json', maxAge: 300 },
  { path: '/contexts/', mediaType: 'application/json', maxAge: 3600 },
  { path: '/contexts/credentials-v2.json', mediaType: 'application/ld+json', maxAge: 3600 },
  { path: `/v/${BADGE_ID}/qr.svg`, mediaType: 'image/svg+xml; charset=utf-8', maxAge: 300 },
  { path: `/v/${BADGE_ID}/qr.png`, mediaType: 'image/png', maxAge: 300 },
] as const;

describe.each(DOCUMENTS)('$path', ({ path, mediaType, maxAge }) => {
  it('answers its media type, a strong ETag, an explicit lifetime and any origin', async () => {
    const response = await fakeApp().app.request(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(mediaType);
    expect(response.headers.get('ETag')).toMatch(/^"[A-Za-z0-9_-]{27}"$/);
    expect(response.headers.get('Cache-Control')).toBe(`public, max-age=${maxAge}`);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  });

  it('answers 304 without a body to a reader who has it', async () => {
    const { app } = fakeApp();
    const tag = (await app.request(path)).headers.get('ETag') ?? '';
    for (const header of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const response = await app.request(path, { headers: { 'If-None-Match': header } });
      expect(response.status).toBe(304);
      expect(await response.text()).toBe('');
      expect(response.headers.get('ETag')).toBe(tag);
      expect(response.headers.get('Cache-Control')).toBe(`public, max-age=${maxAge}`);
    }
    expect((await app.request(path, { headers: { 'If-None-Match': '"other"' } })).status).toBe(200);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const { app } = fakeApp();
    const [get, head] = [await app.request(path), await app.request(path, { method: 'HEAD' })];
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const name of ['Content-Type', 'ETag', 'Cache-Control']) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
  });

  it('lets a script of any origin ask in advance', async () => {
    const response = await fakeApp().app.request(path, {
      method: 'OPTIONS',
      headers: { Origin: 'https://verifier.example.org', 'Access-Control-Request-Method': 'GET' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  });
});

describe('the signed badge', () => {
  it.each([
    [undefined, 'application/vc+ld+json'],
    ['*/*', 'application/vc+ld+json'],
    ['application/vc', 'application/vc'],
    ['application/json', 'application/json'],
    [
      'application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded", application/json;q=0.5',
      'application/ld+json',
    ],
    ['application/json, text/plain, */*', 'application/json'],
    ['application/*', 'application/vc+ld+json'],
    ['text/html;q=0.4, application/json;q=0.9', 'application/json'],
  ])('asked with Accept %s is %s', async (accept, mediaType) => {
    const headers = accept === undefined ? {} : { Accept: accept };
    const response = await fakeApp().app.request(`/credentials/${BADGE_ID}`, { headers });
    expect(response.headers.get('Content-Type')).toBe(mediaType);
    expect(response.headers.get('Vary')).toBe('Accept');
    expect(await response.json()).toEqual(BADGE);
  });

  it('is its page for a browser', async () => {
    const response = await fakeApp().app.request(`/credentials/${BADGE_ID}`, {
      headers: { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
    });
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    expect(await response.text()).toContain(`<link rel="canonical" href="https://badges.example.org/v/${BADGE_ID}"/>`);
  });

  it('has another ETag under another media type', async () => {
    const { app } = fakeApp();
    const tags = await Promise.all(
      ['application/vc', 'application/json'].map(async (Accept) =>
        (await app.request(`/credentials/${BADGE_ID}`, { headers: { Accept } })).headers.get('ETag'),
      ),
    );
    expect(new Set(tags).size).toBe(2);
  });

  it('does not exist as a JWT while it is bound to no key, and says which problem that is', async () => {
    const response = await fakeApp().app.request(`/credentials/${BADGE_ID}.jwt`);
    expect(response.status).toBe(406);
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:not-bound', status: 406 });
    expect((await fakeApp().app.request(`/credentials/${ABSENT_ID}.jwt`)).status).toBe(404);
  });

  it.each(['gif', 'exe', 'json.bak'])('does not exist as .%s', async (suffix) => {
    expect((await fakeApp().app.request(`/credentials/${BADGE_ID}.${suffix}`)).status).toBe(404);
  });

  it('refuses a form it does not have', async () => {
    const response = await fakeApp().app.request(`/credentials/${BADGE_ID}`, { headers: { Accept: 'image/gif' } });
    expect(response.status).toBe(406);
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:not-acceptable' });
  });
});

describe('an id', () => {
  it.each([
    ['in capitals', BADGE_ID.toUpperCase()],
    ['with O for 0', BADGE_ID.replace('0', 'O')],
    ['with I for 1', BADGE_ID.replace('1', 'I')],
    ['with l for 1', BADGE_ID.replace('1', 'l')],
    ['in groups', `${BADGE_ID.slice(0, 13)}-${BADGE_ID.slice(13)}`],
  ])('is read %s', async (_name, id) => {
    const { app } = fakeApp();
    expect((await app.request(`/credentials/${id}`)).status).toBe(200);
    expect((await app.request(`/v/${id}`)).status).toBe(200);
    expect(await (await app.request(`/v/${id}/qr.svg`)).text()).toContain(`/v/${BADGE_ID}<`);
  });

  it.each([
    ['too short', BADGE_ID.slice(1)],
    ['too long', `${BADGE_ID}0`],
    ['with a letter no id has', `u${BADGE_ID.slice(1)}`],
    ['of a member of every object', '__proto__'],
    ['of a path', '..%2f..%2fissuer-keys%2fkey'],
    ['of a Windows path', '..%5c..%5ckey'],
    ['with NUL', `${BADGE_ID}%00`],
    ['that is very long', 'a'.repeat(4000)],
  ])('%s answers as an unknown one', async (_name, id) => {
    const { app } = fakeApp();
    for (const path of [`/credentials/${id}`, `/v/${id}`]) expect((await app.request(path)).status).toBe(404);
  });

  it('that is unknown, erased or withdrawn answers one body everywhere', async () => {
    const { app } = fakeApp();
    const bodies = await Promise.all(
      [`/v/${ABSENT_ID}`, `/v/${ABSENT_ID}/qr.svg`, `/v/${ABSENT_ID}/qr.png`, `/credentials/${ABSENT_ID}`, '/v/x'].map(
        async (path) => {
          const response = await app.request(path, { headers: { Accept: 'application/json' } });
          expect(response.status).toBe(404);
          expect(response.headers.get('Cache-Control')).toBe('no-store');
          const { instance, ...body } = (await response.json()) as Record<string, unknown>;
          expect(instance).toMatch(/^urn:sceau:request:/);
          return JSON.stringify(body);
        },
      ),
    );
    expect(new Set(bodies).size).toBe(1);
  });
});

describe('status lists and DID documents', () => {
  it('come under the name a resolver asks for', async () => {
    const { app } = fakeApp();
    for (const Accept of ['application/did+ld+json', 'application/did+json', 'application/did']) {
      const response = await app.request('/.well-known/did.json', { headers: { Accept } });
      expect(response.headers.get('Content-Type')).toBe(Accept);
    }
    const list = await app.request('/status/list-1', { headers: { Accept: 'application/vc' } });
    expect(list.headers.get('Content-Type')).toBe('application/vc');
  });

  it('come even to a reader who asks for something else: verifiers send odd headers', async () => {
    const { app } = fakeApp();
    expect((await app.request('/status/list-1', { headers: { Accept: 'text/html' } })).status).toBe(200);
    expect((await app.request('/.well-known/did.json', { headers: { Accept: 'text/html' } })).status).toBe(200);
  });

  it('send the list byte for byte as signed', async () => {
    expect(await (await fakeApp().app.request('/status/list-1')).text()).toBe(
      '{"type":["BitstringStatusListCredential"]}',
    );
  });

  it('are missing for an issuer whose DID resolves by itself, and before there is an issuer', async () => {
    const { view, profile } = { view: {} as never, profile: {} };
    const none = { logo: async () => undefined, styleSheet: async () => undefined };
    const { app } = fakeApp({
      issuers: { ...none, find: async () => ({ view, profile }), defaultSlug: async () => 'x' },
    });
    expect((await app.request('/.well-known/did.json')).status).toBe(404);
    expect((await app.request('/issuers/x/did.json')).status).toBe(404);
    const empty = fakeApp({
      issuers: { ...none, find: async () => undefined, defaultSlug: async () => undefined },
    }).app;
    expect((await empty.request('/.well-known/did.json')).status).toBe(404);
  });

  it.each([
    '/status/%2e%2e%2fx',
    '/status/a.b',
    `/status/${'a'.repeat(65)}`,
    '/status/',
    '/issuers/Univ',
    '/issuers/a--b',
  ])('%s is not found', async (path) => {
    expect((await fakeApp().app.request(path)).status).toBe(404);
  });
});

describe('an achievement', () => {
  it.each([
    ['?lang=fr', 'en', 'fr', 'Compétences d’engagement'],
    ['', 'fr-CA,fr;q=0.9,en;q=0.8', 'fr', 'Compétences d’engagement'],
    ['', 'de, en;q=0.5', 'en', 'Engagement competences'],
    ['', 'de', 'en', 'Engagement competences'],
    ['?lang=de', 'fr', 'fr', 'Compétences d’engagement'],
  ])('asked with %j and Accept-Language %s is in %s', async (query, acceptLanguage, language, name) => {
    const response = await fakeApp().app.request(`/achievements/engagement/2025-2026${query}`, {
      headers: { 'Accept-Language': acceptLanguage },
    });
    expect(response.headers.get('Content-Language')).toBe(language);
    expect(response.headers.get('Vary')).toBe('Accept, Accept-Language');
    expect(await response.json()).toMatchObject({ name, inLanguage: language });
  });

  it('has a page that gives both languages, the reader’s first', async () => {
    const response = await fakeApp().app.request('/achievements/engagement/2025-2026?lang=fr', {
      headers: { Accept: 'text/html' },
    });
    const html = await response.text();
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
    expect(html.indexOf('Contribuer')).toBeGreaterThan(0);
    expect(html.indexOf('Contributing')).toBeGreaterThan(html.indexOf('Contribuer'));
    expect(html).toContain('<details class="more" lang="en">');
  });

  it('is not found for an unknown programme, version or variant', async () => {
    const { app } = fakeApp();
    for (const path of [
      '/achievements/x/2025-2026',
      '/achievements/engagement/1',
      '/achievements/engagement/2025-2026/x',
      '/achievements/engagement',
    ]) {
      expect((await app.request(path)).status, path).toBe(404);
    }
  });
});
