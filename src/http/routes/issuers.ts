import type { Context } from 'hono';
import { Hono } from 'hono';
import { issuerPage } from '../../pages/issuer-page.js';
import { requireSlug } from '../address-part.js';
import type { Keeping } from '../answers/answer-memory.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { formOf } from '../form.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';

const PROFILE_MAX_AGE_SECONDS = 300;
const LOOK_MAX_AGE_SECONDS = 300;
/** Short, so that a rotated or compromised key is seen soon. */
const DID_MAX_AGE_SECONDS = 300;
/** `application/json` first: it is what a did:web document on a plain web server is served as, and every resolver reads it. */
const DID_MEDIA_TYPES = [
  'application/json',
  'application/did+ld+json',
  'application/did+json',
  'application/did',
] as const;

/** Who signs: profiles for readers and machines, and the DID documents their keys are found in. */
export function issuerRoutes(deps: Pick<AppDeps, 'issuers'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/issuers/:slug', async (c) => {
    const slug = requireSlug(c.req.param('slug'));
    const issuer = await deps.issuers.find(slug);
    if (issuer === undefined) throw new HttpError('not-found');
    const keeping = aboutIssuer(slug);
    if (formOf(c) === 'html') {
      const language = readerLanguage(c);
      return publicDocument(c, {
        body: issuerPage({ frame: frameOf(c, language), issuer: issuer.view }),
        mediaType: 'text/html; charset=utf-8',
        maxAgeSeconds: PROFILE_MAX_AGE_SECONDS,
        vary: 'Accept, Accept-Language',
        language,
        keeping,
      });
    }
    return publicDocument(c, {
      body: JSON.stringify(issuer.profile),
      mediaType: 'application/json',
      maxAgeSeconds: PROFILE_MAX_AGE_SECONDS,
      vary: 'Accept, Accept-Language',
      keeping,
    });
  });

  app.get('/issuers/:slug/logo', async (c) => {
    const slug = requireSlug(c.req.param('slug'));
    const logo = await deps.issuers.logo(slug);
    if (logo === undefined) throw new HttpError('not-found');
    const { bytes: body, mediaType } = logo;
    return publicDocument(c, { body, mediaType, maxAgeSeconds: LOOK_MAX_AGE_SECONDS, keeping: aboutIssuer(slug) });
  });

  app.get('/issuers/:slug/look.css', async (c) => {
    const slug = requireSlug(c.req.param('slug'));
    const body = await deps.issuers.styleSheet(slug);
    if (body === undefined) throw new HttpError('not-found');
    const mediaType = 'text/css; charset=utf-8';
    return publicDocument(c, { body, mediaType, maxAgeSeconds: LOOK_MAX_AGE_SECONDS, keeping: aboutIssuer(slug) });
  });

  app.get('/issuers/:slug/did.json', (c) => didDocument(c, deps, requireSlug(c.req.param('slug'))));

  app.get('/.well-known/did.json', async (c) => {
    const slug = await deps.issuers.defaultSlug();
    if (slug === undefined) throw new HttpError('not-found');
    return didDocument(c, deps, slug);
  });

  return app;
}

/** @see https://w3c-ccg.github.io/did-method-web/#read-resolve */
async function didDocument(c: Context<HttpEnv>, deps: Pick<AppDeps, 'issuers'>, slug: string): Promise<Response> {
  const document = (await deps.issuers.find(slug))?.didDocument;
  if (document === undefined) throw new HttpError('not-found');
  return publicDocument(c, {
    body: JSON.stringify(document),
    mediaType: preferredType(c.req.header('Accept'), DID_MEDIA_TYPES) ?? DID_MEDIA_TYPES[0],
    maxAgeSeconds: DID_MAX_AGE_SECONDS,
    vary: 'Accept',
    keeping: aboutIssuer(slug),
  });
}

function aboutIssuer(slug: string): Keeping {
  return { about: { kind: 'issuer', name: slug } };
}
