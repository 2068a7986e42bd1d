import { describe, expect, it } from 'vitest';
import { fakeApp, TOKENS } from './support.js';

const PATH = '/api/students/e-2021-7/supplement';
const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });

describe('the supplement snippet', () => {
  it.each([
    ['text', 'text/plain; charset=UTF-8', '6.1 (en)'],
    ['html', 'text/html; charset=UTF-8', '<p>6.1 (en)</p>'],
    ['json', 'application/json', '{"item":"6.1","language":"en"}'],
  ])('comes as %s, and is never stored', async (format, mediaType, body) => {
    const response = await fakeApp().app.request(`${PATH}?format=${format}&lang=en`, as(TOKENS.house));
    expect(response.status).toBe(200);
    expect(response.headers.get('Content-Type')).toBe(mediaType);
    expect(response.headers.get('Cache-Control')).toBe('no-store');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBeNull();
    expect(await response.text()).toBe(body);
  });

  it('is JSON in the reader’s language unless said otherwise, and French when nobody says', async () => {
    const { app } = fakeApp();
    expect(await (await app.request(PATH, as(TOKENS.house))).json()).toEqual({ item: '6.1', language: 'fr' });
    const { headers } = as(TOKENS.house);
    const english = await app.request(PATH, { headers: { ...headers, 'Accept-Language': 'en' } });
    expect(await english.json()).toEqual({ item: '6.1', language: 'en' });
  });

  it('needs the scope', async () => {
    const response = await fakeApp().app.request(PATH, as(TOKENS.issueOnly));
    expect(response.status).toBe(403);
    expect(response.headers.get('WWW-Authenticate')).toContain('error="insufficient_scope", scope="supplement"');
    expect(await response.json()).toMatchObject({ type: 'urn:sceau:problem:scope-missing' });
  });

  it('of another issuer is not found for a token bound to one, exactly as an unknown student is (A2)', async () => {
    const { app } = fakeApp();
    expect((await app.request(PATH, as(TOKENS.bound))).status).toBe(200);
    expect((await app.request(`${PATH}?issuer=universite-de-l-exemple`, as(TOKENS.bound))).status).toBe(200);
    const answers = await Promise.all(
      [`${PATH}?issuer=autre`, '/api/students/nobody/supplement', `/api/students/${'x'.repeat(201)}/supplement`].map(
        async (path) => {
          const response = await app.request(path, as(TOKENS.bound));
          const { instance: _, ...body } = (await response.json()) as Record<string, unknown>;
          return JSON.stringify([response.status, body]);
        },
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('404');
  });

  it('names every parameter that is wrong', async () => {
    const response = await fakeApp().app.request(`${PATH}?format=docm&lang=de&issuer=Not+a+slug`, as(TOKENS.house));
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      type: 'urn:sceau:problem:query-invalid',
      errors: [
        { pointer: '/issuer', detail: 'expected the slug of an issuer' },
        { pointer: '/lang', detail: 'expected fr or en' },
        { pointer: '/format', detail: 'expected text, html or json' },
      ],
    });
    const french = await fakeApp().app.request(`${PATH}?format=docm`, {
      headers: { ...as(TOKENS.house).headers, 'Accept-Language': 'fr' },
    });
    expect(await french.json()).toMatchObject({ errors: [{ detail: 'attendu : text, html ou json' }] });
  });

  it('is a problem document even for a browser: the API has no pages', async () => {
    const response = await fakeApp().app.request(PATH, { headers: { Accept: 'text/html' } });
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
  });
});
