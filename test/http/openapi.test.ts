import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { OPERATIONS, openApiDocument, PARAMETERS, pathParameters } from '../../src/http/openapi/document.js';
import type { Operation } from '../../src/http/openapi/operation.js';
import { LANGUAGES } from '../../src/text/localized.js';
import { fakeApp, PUBLIC_URL, TOKENS } from './support.js';

/** What the service's own pages load for themselves is no interface. */
const OWN = /^\/(?:assets|device)\//;

/** Every route of the app, as `get /v/{id}`: Hono's parameters in braces. */
function servedRoutes(): string[] {
  const routes = fakeApp().app.routes.filter(({ method, path }) => method !== 'ALL' && !OWN.test(path));
  return [
    ...new Set(routes.map(({ method, path }) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{}')}`)),
  ].sort();
}

const shapeOf = ({ method, path }: Operation) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`;
const addressOf = ({ path }: Operation) =>
  pathParameters(path).reduce((address, { name, example }) => address.replace(`{${name}}`, example), path);

describe('the description of the interface', () => {
  it('describes every route there is, and no other', () => {
    expect(OPERATIONS.map(shapeOf).sort()).toEqual(servedRoutes());
  });

  it.each(LANGUAGES)('is OpenAPI 3.1 in %s', async (language) => {
    const { valid, errors } = await new Validator().validate(openApiDocument(PUBLIC_URL, language));
    expect([valid, errors]).toEqual([true, undefined]);
  });

  it('says what each parameter of a path is', () => {
    for (const { path } of OPERATIONS) {
      expect([path, pathParameters(path).length]).toEqual([path, (path.match(/\{/g) ?? []).length]);
    }
    expect(Object.values(PARAMETERS).every(({ meaning }) => meaning.fr !== '' && meaning.en !== '')).toBe(true);
  });

  it('names no operation twice', () => {
    const paths = openApiDocument(PUBLIC_URL, 'en')['paths'] as Record<string, Record<string, { operationId: string }>>;
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(OPERATIONS.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    'A1 %s answers as described',
    async (_, operation) => {
      const { app } = fakeApp();
      const { method, scope, body, answers, problems = [] } = operation;
      const answer = await app.request(addressOf(operation), {
        method: method.toUpperCase(),
        headers: {
          ...(scope === 'supplement' ? { Authorization: `Bearer ${TOKENS.house}` } : {}),
          ...(body === undefined
            ? {}
            : { 'Content-Type': body.types[0] === 'multipart/form-data' ? 'application/json' : (body.types[0] ?? '') }),
        },
        ...(method === 'post' ? { body: '{}' } : {}),
      });
      const described = [...Object.keys(answers).map(Number), ...problems];
      expect(described).toContain(answer.status);
      // Without a token what needs one is refused.
      if (scope !== undefined && scope !== 'supplement') expect(answer.status).toBe(401);
      const type = answer.headers.get('Content-Type')?.split(';')[0];
      const types =
        problems.includes(answer.status) && answers[answer.status] === undefined
          ? ['application/problem+json']
          : (answers[answer.status]?.types ?? []);
      if (types.length > 0) expect(types).toContain(type);
    },
  );
});

describe('GET /openapi.json and /docs', () => {
  it('are served in both languages, with an ETag, the first to any origin', async () => {
    const { app } = fakeApp();
    const json = await app.request('/openapi.json?lang=fr', { headers: { Origin: 'https://elsewhere.example' } });
    expect([json.status, json.headers.get('Content-Type'), json.headers.get('Access-Control-Allow-Origin')]).toEqual([
      200,
      'application/json',
      '*',
    ]);
    expect(json.headers.get('ETag')).toMatch(/^"/);
    expect(await json.json()).toEqual(openApiDocument(PUBLIC_URL, 'fr'));
    const english = (await (await app.request('/openapi.json?lang=en')).json()) as { servers: { url: string }[] };
    expect(english).not.toEqual(openApiDocument(PUBLIC_URL, 'fr'));
    expect(english.servers).toEqual([{ url: PUBLIC_URL }]);
  });

  it('the page shows every operation, and loads nothing but its style sheet and mark', async () => {
    const html = await (await fakeApp().app.request('/docs?lang=fr', { headers: { Accept: 'text/html' } })).text();
    for (const { method, path } of OPERATIONS) expect(html).toContain(`<code>${method.toUpperCase()} ${path}</code>`);
    expect(html).not.toContain('<script');
    expect(html).toContain('<html lang="fr">');
    expect(
      html.match(/(?:src|rel="stylesheet" href)="([^"]*)"/g)?.filter((link) => !link.includes('"/assets/')),
    ).toEqual([]);
  });
});
