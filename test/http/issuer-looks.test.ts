import { describe, expect, it } from 'vitest';
import { BADGE_ID, fakeApp, ISSUER, LOGO, LOOK } from './support.js';

const { app } = fakeApp();

describe('an institution’s looks', () => {
  it('are on its page and on those of its badges, from this origin', async () => {
    for (const path of [`/issuers/${ISSUER.view.slug}`, `/v/${BADGE_ID}`]) {
      const html = await (await app.request(path, { headers: { Accept: 'text/html' } })).text();
      expect(html, path).toContain(`<link rel="stylesheet" href="${LOOK.styleSheet}"/>`);
      expect(html, path).toContain(`<img class="logo" src="${LOOK.logo}"`);
      expect(html, path).toContain(LOOK.contact);
    }
  });

  it('X3 the logo is served as what it is, in a sandbox, and never sniffed', async () => {
    const response = await app.request(LOOK.logo);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(LOGO);
    expect(response.headers.get('Content-Type')).toBe('image/svg+xml');
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'.*; sandbox$/);
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('ETag')).toMatch(/^"[\w-]+"$/);
  });

  it('the colours are a style sheet, since the policy allows no style in the page', async () => {
    const response = await app.request(LOOK.styleSheet);
    expect(response.headers.get('Content-Type')).toBe('text/css; charset=utf-8');
    expect(await response.text()).toBe(':root{--brand:#7a1f3d}');
  });

  it.each(['/issuers/nobody/logo', '/issuers/nobody/look.css', '/issuers/%2e%2e/logo'])(
    '%s is not there',
    async (path) => {
      expect((await app.request(path)).status).toBe(404);
    },
  );
});
