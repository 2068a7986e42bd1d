import type { Context } from 'hono';
import { Hono } from 'hono';
import { verificationPage } from '../../pages/verification-page.js';
import { parseInstant } from '../../text/instant.js';
import { zLanguage } from '../../text/localized.js';
import type { VerificationReport } from '../../verification/report.js';
import type { Keeping } from '../answers/answer-memory.js';
import { parseCredentialId } from '../credential-id.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';

const QR_MAX_AGE_SECONDS = 300;
/** For so long a verdict is said again as it was made; what changes the badge ends it at once. */
const VERDICT_SECONDS = 5;
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
    const { id, url } = await pageOf(deps, c.req.param('id'));
    return publicDocument(c, {
      body: await deps.qr.svg(url),
      mediaType: 'image/svg+xml; charset=utf-8',
      maxAgeSeconds: QR_MAX_AGE_SECONDS,
      keeping: { about: { kind: 'credential', name: id } },
    });
  });

  app.get('/v/:id/qr.png', async (c) => {
    const { id, url } = await pageOf(deps, c.req.param('id'));
    return publicDocument(c, {
      body: await deps.qr.png(url),
      mediaType: 'image/png',
      maxAgeSeconds: QR_MAX_AGE_SECONDS,
      keeping: { about: { kind: 'credential', name: id } },
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

async function pageOf(deps: VerificationDeps, text: string): Promise<{ readonly id: string; readonly url: string }> {
  const id = requireId(text);
  if ((await deps.badges.find(id)) === undefined) throw new HttpError('badge-not-found');
  return { id, url: `${deps.publicUrl}/v/${id}` };
}

/** A verdict is said again for some seconds, and never beyond the instant from which, or until which, the badge is valid. */
export function verdictKeeping(id: string, { credential, checkedAt }: VerificationReport): Keeping {
  const made = parseInstant(checkedAt) ?? 0;
  const bounds = [credential?.validFrom, credential?.validUntil].flatMap((text) => parseInstant(text ?? '') ?? []);
  return {
    about: { kind: 'credential', name: id },
    seconds: VERDICT_SECONDS,
    until: Math.min(...bounds.filter((bound) => bound > made)),
  };
}

async function verificationReport(c: Context<HttpEnv>, deps: VerificationDeps, id: string): Promise<Response> {
  const report = await deps.badges.verify(id);
  if (report === undefined) throw new HttpError('badge-not-found');
  return publicDocument(c, {
    body: JSON.stringify(report),
    mediaType: 'application/json',
    maxAgeSeconds: 0,
    vary: 'Accept',
    keeping: verdictKeeping(id, report),
  });
}

/**
 * The verification page of a badge, which says when it was made. Nobody else may show it without asking us again: the
 * verdict may change with the next look.
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
  return publicDocument(c, {
    body: page,
    mediaType: 'text/html; charset=UTF-8',
    maxAgeSeconds: 0,
    vary: 'Accept, Accept-Language',
    language,
    keeping: verdictKeeping(id, report),
  });
}
