import { Hono } from 'hono';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { publicDocument } from '../public-document.js';
import { requireId, verificationHtml } from './verification.js';

const MAX_AGE_SECONDS = 60;
/** Names a signed credential goes by, the first by default. */
export const CREDENTIAL_MEDIA_TYPES = [
  'application/vc+ld+json',
  'application/vc',
  'application/json',
  'application/ld+json',
] as const;
const FORMS = [...CREDENTIAL_MEDIA_TYPES, 'text/html'] as const;

/** The signed badge itself: as JSON under any of its names; readers of HTML get its page. */
export function credentialRoutes(deps: Pick<AppDeps, 'publicUrl' | 'badges'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/credentials/:name', async (c) => {
    const [stem = '', ...suffixes] = c.req.param('name').split('.');
    const suffix = suffixes.join('.').toLowerCase();
    const id = requireId(stem);
    const badge = await deps.badges.find(id);
    if (badge === undefined) throw new HttpError('badge-not-found');
    // A VC-JWT needs a `sub`: it exists only for badges bound to a holder's key (decision 14).
    if (suffix === 'jwt') throw new HttpError('not-bound');
    if (suffix !== '' && suffix !== 'json') throw new HttpError('not-found');

    const form = suffix === 'json' ? 'application/json' : preferredType(c.req.header('Accept'), FORMS);
    if (form === undefined) throw new HttpError('not-acceptable');
    if (form === 'text/html') return verificationHtml(c, deps, id);
    return publicDocument(c, {
      body: JSON.stringify(badge.document),
      mediaType: form,
      maxAgeSeconds: MAX_AGE_SECONDS,
      vary: 'Accept',
    });
  });

  return app;
}
