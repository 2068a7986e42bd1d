import type { Context } from 'hono';
import { Hono } from 'hono';
import { verificationPage } from '../../pages/verification-page.js';
import { zLanguage } from '../../text/localized.js';
import { parseCredentialId } from '../credential-id.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';

const QR_MAX_AGE_SECONDS = 300;
const FORMS = ['text/html', 'application/json'] as const;

type VerificationDeps = Pick<AppDeps, 'publicUrl' | 'badges' | 'forms' | 'qr'>;

/** The page behind a badge's QR code, the report it is made from, and the code itself. */
export function verificationRoutes(deps: VerificationDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();

  app.get('/v/:id', async (c) => {
    const id = requireId(c.req.param('id'));
    const form = preferredType(c.req.header('Accept'), FORMS);
    if (form === undefined) throw new HttpError('not-acceptable');
    return form === 'text/html' ? verificationHtml(c, deps, id) : verificationReport(c, deps, id);
  });

  app.get('/v/:id/qr.svg', async (c) => {
    const url = await pageUrl(deps, c.req.param('id'));
    return publicDocument(c, {
      body: await deps.qr.svg(url),
      mediaType: 'image/svg+xml; charset=utf-8',
      maxAgeSeconds: QR_MAX_AGE_SECONDS,
    });
  });

  app.get('/v/:id/qr.png', async (c) => {
    const url = await pageUrl(deps, c.req.param('id'));
    return publicDocument(c, {
      body: await deps.qr.png(url),
      mediaType: 'image/png',
      maxAgeSeconds: QR_MAX_AGE_SECONDS,
    });
  });

  return app;
}

/** The canonical id in an address. @throws {HttpError} `badge-not-found`, as for an id nobody has. */
export function requireId(text: string): string {
  const id = parseCredentialId(text);
  if (id === undefined) throw new HttpError('badge-not-found');
  return id;
}

async function pageUrl(deps: VerificationDeps, text: string): Promise<string> {
  const id = requireId(text);
  if ((await deps.badges.find(id)) === undefined) throw new HttpError('badge-not-found');
  return `${deps.publicUrl}/v/${id}`;
}

async function verificationReport(c: Context<HttpEnv>, deps: VerificationDeps, id: string): Promise<Response> {
  const report = await deps.badges.verify(id);
  if (report === undefined) throw new HttpError('badge-not-found');
  return c.json(report, 200, { 'Cache-Control': 'no-store', Vary: 'Accept' });
}

/**
 * The verification page of a badge. A verdict is never cached: it may change with the next look.
 * @throws {HttpError} `badge-not-found`
 */
export async function verificationHtml(
  c: Context<HttpEnv>,
  deps: Pick<AppDeps, 'publicUrl' | 'badges' | 'forms'>,
  id: string,
): Promise<Response> {
  c.set('runsScripts', true);
  const badge = await deps.badges.find(id);
  const report = badge === undefined ? undefined : await deps.badges.verify(id);
  if (badge === undefined || report === undefined) throw new HttpError('badge-not-found');
  const signedLanguage = zLanguage.safeParse(report.credential?.language);
  const language = readerLanguage(c, signedLanguage.success ? signedLanguage.data : undefined);
  const { publicUrl } = deps;
  const frame = { ...frameOf(c, language), path: `/v/${id}` };
  const linkedIn = await deps.forms.linkedIn(id, report);
  const own = { id, publicUrl, issuer: badge.issuer, linkedIn };
  const page = verificationPage({ frame, own, report, source: badge.source });
  return c.html(page, 200, {
    'Cache-Control': 'no-store',
    Vary: 'Accept, Accept-Language',
    'Content-Language': language,
  });
}
