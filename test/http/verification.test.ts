import { describe, expect, it } from 'vitest';
import { report, shownCredential } from '../pages/reports.js';
import { ABSENT_ID, BADGE, BADGE_ID, fakeApp, LOOK } from './support.js';

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

describe('the verification page', () => {
  it.each([[BROWSER], ['*/*'], [undefined]])(
    'is HTML for Accept %s, and nobody shows it without asking again',
    async (accept) => {
      const headers = accept === undefined ? {} : { Accept: accept };
      const response = await fakeApp().app.request(`/v/${BADGE_ID}`, { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get('Content-Type')).toBe('text/html; charset=UTF-8');
      expect(response.headers.get('Cache-Control')).toBe('no-cache');
      expect(response.headers.get('X-Robots-Tag')).toBe('noindex');
      expect(response.headers.get('ETag')).toMatch(/^"[\w-]{27}"$/);
    },
  );

  it.each([
    ['?lang=fr', 'en', 'fr'],
    ['', 'fr-BE', 'fr'],
    ['', 'en-GB,en;q=0.9,fr;q=0.8', 'en'],
    ['', undefined, 'fr'],
    ['', 'de', 'fr'],
  ])('with %j and Accept-Language %s is in %s, else in the badge’s language', async (query, accepted, language) => {
    const headers = { Accept: 'text/html', ...(accepted === undefined ? {} : { 'Accept-Language': accepted }) };
    const response = await fakeApp().app.request(`/v/${BADGE_ID}${query}`, { headers });
    expect(response.headers.get('Content-Language')).toBe(language);
    expect(await response.text()).toContain(`<html lang="${language}">`);
  });

  it('is in English when nobody says otherwise and the badge shows nothing', async () => {
    const altered = report({ outcome: 'invalid', credential: null, states: { proof: 'fail' } });
    const { app } = fakeApp({
      badges: { find: async () => ({ document: BADGE, source: 'jury', issuer: LOOK }), verify: async () => altered },
    });
    const html = await (await app.request(`/v/${BADGE_ID}`)).text();
    expect(html).toContain('<html lang="en">');
    expect(html).not.toContain(shownCredential.holder.name);
  });

  it('follows the state at once: a verdict is made anew for each look', async () => {
    let status: 'active' | 'revoked' = 'active';
    const { app } = fakeApp({
      badges: {
        find: async () => ({ document: BADGE, source: 'jury', issuer: LOOK }),
        verify: async () =>
          status === 'active' ? report() : report({ outcome: 'invalid', status, states: { status: 'fail' } }),
      },
    });
    expect(await (await app.request(`/v/${BADGE_ID}?lang=en`)).text()).toContain('<h1>This badge is valid</h1>');
    status = 'revoked';
    expect(await (await app.request(`/v/${BADGE_ID}?lang=en`)).text()).toContain('<h1>This badge was revoked</h1>');
  });

  it('is an error page for an id nobody has', async () => {
    const response = await fakeApp().app.request(`/v/${ABSENT_ID}?lang=fr`, { headers: { Accept: BROWSER } });
    expect(response.status).toBe(404);
    const html = await response.text();
    expect(html).toContain('<h1>Aucun badge sous ce numéro</h1>');
    expect(html).toContain('request-1');
  });
});

describe('the report', () => {
  it('is JSON as the verification room made it, asked for anew each time, open to any origin', async () => {
    const response = await fakeApp().app.request(`/v/${BADGE_ID}`, { headers: { Accept: 'application/json' } });
    expect(response.headers.get('Content-Type')).toBe('application/json');
    expect(response.headers.get('Cache-Control')).toBe('no-cache');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(await response.json()).toEqual(report());
  });

  it('is refused in a form that does not exist', async () => {
    expect((await fakeApp().app.request(`/v/${BADGE_ID}`, { headers: { Accept: 'application/pdf' } })).status).toBe(
      406,
    );
  });
});

describe('the front page', () => {
  it.each([
    ['its number', BADGE_ID],
    ['its number in capitals with blanks', ` ${BADGE_ID.toUpperCase().replace(/(.{5})/g, '$1 ')}`],
    ['the link of its page', `https://badges.example.org/v/${BADGE_ID}?lang=fr`],
    ['the link of its document', `https://badges.example.org/credentials/${BADGE_ID}.json`],
    ['its link without the scheme', `badges.example.org/v/${BADGE_ID}`],
  ])('leads to a badge by %s', async (_name, text) => {
    const response = await fakeApp().app.request(`/?lang=fr&badge=${encodeURIComponent(text)}`);
    expect(response.status).toBe(303);
    expect(response.headers.get('Location')).toBe(`/v/${BADGE_ID}?lang=fr`);
  });

  it.each([
    ['a link of another service', `https://evil.test/v/${BADGE_ID}`],
    ['an address that only looks like ours', `https://badges.example.org.evil.test/v/${BADGE_ID}`],
    ['a user name that looks like ours', `https://badges.example.org@evil.test/v/${BADGE_ID}`],
    ['markup', '"><img src=x onerror=alert(1)>'],
    ['a script address', 'javascript:alert(1)'],
    ['nothing', ''],
    ['a very long text', 'a'.repeat(5000)],
  ])('says so when it is given %s', async (_name, text) => {
    const response = await fakeApp().app.request(`/?lang=en&badge=${encodeURIComponent(text)}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    const html = await response.text();
    expect(html).toContain('That is neither the number nor the link');
    expect(html).not.toContain('<img src=x');
  });

  it('says what this is, in the reader’s language', async () => {
    const { app } = fakeApp();
    expect(await (await app.request('/', { headers: { 'Accept-Language': 'fr' } })).text()).toContain(
      'Ce badge est-il authentique',
    );
    expect(await (await app.request('/?lang=en', { headers: { 'Accept-Language': 'fr' } })).text()).toContain(
      'Is this badge genuine?',
    );
  });
});
