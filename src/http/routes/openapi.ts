import { Hono } from 'hono';
import { docsPage } from '../../pages/docs-page.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { docsGroups } from '../openapi/docs-view.js';
import { openApiDocument } from '../openapi/document.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';

const MAX_AGE_SECONDS = 300;

/** The description of this interface: for programs, and for readers. */
export function openApiRoutes({ publicUrl }: Pick<AppDeps, 'publicUrl'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const common = { maxAgeSeconds: MAX_AGE_SECONDS, vary: 'Accept-Language' };

  app.get('/openapi.json', (c) => {
    const language = readerLanguage(c);
    const body = JSON.stringify(openApiDocument(publicUrl, language));
    return publicDocument(c, { ...common, body, mediaType: 'application/json', language });
  });

  app.get('/docs', (c) => {
    const language = readerLanguage(c);
    const body = docsPage({ frame: frameOf(c, language), groups: docsGroups(language) });
    return publicDocument(c, { ...common, body, mediaType: 'text/html; charset=utf-8', language });
  });

  return app;
}
