import { Hono } from 'hono';
import { SERVED_SCRIPTS } from '../../pages/client-scripts.js';
import { ICON_PATH, STYLESHEET_PATH } from '../../pages/document.js';
import { ICON, STYLESHEET } from '../../pages/stylesheet.js';
import type { HttpEnv } from '../env.js';
import { publicDocument } from '../public-document.js';

const MAX_AGE_SECONDS = 300;

/**
 * Badges and their pages are open to crawlers in this file on purpose: a crawler kept out would never read the
 * `X-Robots-Tag: noindex` they carry, and link previews would stay empty.
 */
const ROBOTS = 'User-agent: *\nDisallow: /api/\n';

/** The files every page needs, and the word to crawlers. */
export function assetRoutes(): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  const serve = (path: string, body: string, mediaType: string) =>
    app.get(path, (c) => publicDocument(c, { body, mediaType, maxAgeSeconds: MAX_AGE_SECONDS }));
  serve(STYLESHEET_PATH, STYLESHEET, 'text/css; charset=utf-8');
  serve(ICON_PATH, ICON, 'image/svg+xml; charset=utf-8');
  for (const { path, text } of SERVED_SCRIPTS) serve(path, text, 'text/javascript; charset=utf-8');
  serve('/robots.txt', ROBOTS, 'text/plain; charset=utf-8');
  return app;
}
