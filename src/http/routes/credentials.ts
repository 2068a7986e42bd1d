import type { Context } from 'hono';
import { Hono } from 'hono';
import type { AppDeps, ServedBadge } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { type PublicDocument, publicDocument } from '../public-document.js';
import { IMAGE_MEDIA_TYPES } from './pictures.js';
import { requireId, verificationHtml } from './verification.js';

const MAX_AGE_SECONDS = 60;
/** Names a signed credential goes by, the first by default. */
export const CREDENTIAL_MEDIA_TYPES = [
  'application/vc+ld+json',
  'application/vc',
  'application/json',
  'application/ld+json',
] as const;
/** The VC-JWT form: its registered name, and the one Open Badges says for any compact JWS on the web. */
const JWT_MEDIA_TYPE = 'application/jwt';
const PICTURE_MEDIA_TYPES = ['image/png', 'image/svg+xml'] as const;
const PDF_MEDIA_TYPE = 'application/pdf';
const FORMS = [...CREDENTIAL_MEDIA_TYPES, 'text/html', JWT_MEDIA_TYPE, ...PICTURE_MEDIA_TYPES, PDF_MEDIA_TYPE] as const;
const SUFFIXES: Readonly<Record<string, (typeof FORMS)[number]>> = {
  json: 'application/json',
  jwt: JWT_MEDIA_TYPE,
  png: 'image/png',
  svg: 'image/svg+xml',
  pdf: PDF_MEDIA_TYPE,
};

type CredentialDeps = Pick<AppDeps, 'publicUrl' | 'badges' | 'forms'>;

/**
 * The signed badge itself. Without a suffix the reader's `Accept` chooses: JSON under any of its names, the page, the
 * VC-JWT form, the badge inside its picture, or its attestation; a suffix says the form in the address.
 */
export function credentialRoutes(deps: CredentialDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/credentials/:name', async (c) => {
    const [stem = '', ...suffixes] = c.req.param('name').split('.');
    const suffix = suffixes.join('.').toLowerCase();
    const id = requireId(stem);
    const badge = await deps.badges.find(id);
    if (badge === undefined) throw new HttpError('badge-not-found');
    if (suffix !== '' && !Object.hasOwn(SUFFIXES, suffix)) throw new HttpError('not-found');
    const form = suffix === '' ? preferredType(c.req.header('Accept'), FORMS) : SUFFIXES[suffix];
    if (form === undefined) throw new HttpError('not-acceptable');
    return answer(c, deps, { id, badge, form });
  });

  return app;
}

async function answer(
  c: Context<HttpEnv>,
  deps: CredentialDeps,
  wanted: { readonly id: string; readonly badge: ServedBadge; readonly form: (typeof FORMS)[number] },
): Promise<Response> {
  const { id, badge, form } = wanted;
  const serve = (document: Pick<PublicDocument, 'body' | 'mediaType'>) =>
    publicDocument(c, {
      ...document,
      maxAgeSeconds: MAX_AGE_SECONDS,
      vary: 'Accept',
      keeping: { about: { kind: 'credential', name: id } },
    });
  switch (form) {
    case 'text/html':
      return verificationHtml(c, deps, id);
    case 'application/jwt': {
      const jwt = await deps.forms.jwt(id);
      if (jwt === undefined) throw new HttpError('not-bound');
      return serve({ body: jwt, mediaType: form });
    }
    case 'image/png':
    case 'image/svg+xml': {
      const kind = form === 'image/png' ? 'png' : 'svg';
      const body = await deps.forms.baked(id, kind);
      if (body === undefined) throw new HttpError('badge-not-found');
      c.header('Content-Disposition', `inline; filename="badge-${id}.${kind}"`);
      return serve({ body, mediaType: IMAGE_MEDIA_TYPES[kind] });
    }
    case 'application/pdf': {
      const body = await deps.forms.attestation(id);
      if (body === undefined) throw new HttpError('badge-not-found');
      // It says when the badge was valid: a copy kept by a cache would say so after it was withdrawn.
      return c.body(Uint8Array.from(body), 200, {
        'Content-Type': form,
        'Content-Disposition': `inline; filename="attestation-${id}.pdf"`,
        'Cache-Control': 'no-store',
        Vary: 'Accept',
      });
    }
    default:
      return serve({ body: JSON.stringify(badge.document), mediaType: form });
  }
}
