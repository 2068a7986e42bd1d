import { Hono } from 'hono';
import { frontPage } from '../../pages/front-page.js';
import { parseBadgeReference } from '../credential-id.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';

const MAX_AGE_SECONDS = 300;
const SEE_OTHER = 303;

/** The front page, and the box on it: `?badge=` leads to the page of the badge whose number or link was given. */
export function frontRoutes(deps: Pick<AppDeps, 'publicUrl' | 'issuers'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/', async (c) => {
    const language = readerLanguage(c);
    c.set('runsScripts', true);
    const given = c.req.query('badge');
    const id = given === undefined ? undefined : parseBadgeReference(given, deps.publicUrl);
    if (id !== undefined) {
      const lang = c.req.query('lang') === undefined ? '' : `?lang=${language}`;
      return c.body(null, SEE_OTHER, { Location: `/v/${id}${lang}`, 'Cache-Control': 'no-store' });
    }
    const slug = await deps.issuers.defaultSlug();
    const issuer = slug === undefined ? undefined : await deps.issuers.find(slug);
    const page = frontPage({
      frame: frameOf(c, language),
      ...(given === undefined ? {} : { notRead: given }),
      ...(issuer === undefined ? {} : { issuer: { name: issuer.view.name, path: `/issuers/${issuer.view.slug}` } }),
    });
    if (given !== undefined) return c.html(page, 200, { 'Cache-Control': 'no-store', 'Content-Language': language });
    return publicDocument(c, {
      body: page,
      mediaType: 'text/html; charset=utf-8',
      maxAgeSeconds: MAX_AGE_SECONDS,
      vary: 'Accept-Language',
      language,
    });
  });

  return app;
}
