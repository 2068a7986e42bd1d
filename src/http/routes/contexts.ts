import { Hono } from 'hono';
import { requireName } from '../address-part.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { publicDocument } from '../public-document.js';

const MAX_AGE_SECONDS = 3600;

/** Copies of the JSON-LD contexts our badges are read with, and the manifest that says where each comes from. */
export function contextRoutes(deps: Pick<AppDeps, 'contexts'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/contexts/', (c) =>
    publicDocument(c, {
      body: JSON.stringify(deps.contexts.manifest),
      mediaType: 'application/json',
      maxAgeSeconds: MAX_AGE_SECONDS,
    }),
  );

  app.get('/contexts/:file', (c) => {
    const found = deps.contexts.get(requireName(c.req.param('file')));
    if (found === undefined) throw new HttpError('not-found');
    return publicDocument(c, { body: found.bytes, mediaType: found.mediaType, maxAgeSeconds: MAX_AGE_SECONDS });
  });

  return app;
}
