import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { errorPage } from '../../pages/error-page.js';
import { verificationPage } from '../../pages/verification-page.js';
import type { Language } from '../../text/localized.js';
import type { HandedIn } from '../../verification/check-input.js';
import type { InputProblem } from '../../verification/inputs/input-problem.js';
import { LIMITS } from '../../verification/limits.js';
import { problemTitle, problemType } from '../../verification/problem-types.js';
import { type Recipient, readRecipient } from '../../verification/recipient.js';
import type { VerificationReport } from '../../verification/report.js';
import { parseBadgeReference } from '../credential-id.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { preferredType } from '../negotiation.js';
import { frameOf, readerLanguage } from '../reader.js';
import { verificationLimit } from '../verification-limit.js';

/** A picture of 5 MiB and what a form puts around it. */
const MAX_BODY_BYTES = LIMITS.maxImageBytes + 64 * 1024;
const FORM_TYPES: readonly string[] = ['multipart/form-data', 'application/x-www-form-urlencoded'];
const FORMS = ['application/json', 'text/html'] as const;
const SEE_OTHER = 303;
const NO_STORE = { 'Cache-Control': 'no-store', Vary: 'Accept, Accept-Language' } as const;

type VerifyDeps = Pick<AppDeps, 'publicUrl' | 'verification' | 'badges'>;

/**
 * `POST /verify`: any badge, in a body of its own type or in a form (`file`, `credential` or `url`, and `recipient`).
 * The question is answered with 200 whatever the verdict; 4xx says that the request itself could not be read. Nothing
 * that is handed in is kept.
 */
export function verifyRoutes(deps: VerifyDeps): Hono<HttpEnv> {
  const { verification } = deps;
  const app = new Hono<HttpEnv>();

  app.post('/verify', verificationLimit(verification));
  const limits = { text: limitTo(LIMITS.maxBytes), picture: limitTo(MAX_BODY_BYTES) };
  app.use('/verify', (c, next) => limits[mayHoldPicture(c.req.header('Content-Type')) ? 'picture' : 'text'](c, next));
  app.post('/verify', async (c) => {
    const language = readerLanguage(c);
    const form = preferredType(c.req.header('Accept'), FORMS);
    if (form === undefined) throw new HttpError('not-acceptable');
    const { input, recipient } = await readRequest(c);
    if (form === 'text/html' && 'text' in input) {
      // The one box of the front page takes a number or a link of ours too: its page says more than a report.
      const id = parseBadgeReference(input.text, deps.publicUrl);
      if (id !== undefined) return c.body(null, SEE_OTHER, { ...NO_STORE, Location: `/v/${id}?lang=${language}` });
    }
    const answer = await verification.check(input, { language, ...(recipient === undefined ? {} : { recipient }) });
    if (answer.kind === 'refused') return refusal(c, answer.problem, { language, form });
    return form === 'text/html' ? reportPage(c, deps, answer.report) : c.json(answer.report, 200, NO_STORE);
  });

  return app;
}

/** Refuses a longer body by its stated length before it is sent, or as soon as that much has come (V6). */
function limitTo(maxSize: number): MiddlewareHandler<HttpEnv> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HttpError('payload-too-large');
    },
  });
}

function mayHoldPicture(contentType: string | undefined): boolean {
  const mediaType = mediaTypeOf(contentType);
  return FORM_TYPES.includes(mediaType) || mediaType.startsWith('image/');
}

function mediaTypeOf(contentType = ''): string {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

interface VerifyRequest {
  readonly input: HandedIn;
  readonly recipient?: Recipient;
}

async function readRequest(c: Context<HttpEnv>): Promise<VerifyRequest> {
  const contentType = c.req.header('Content-Type');
  if (!FORM_TYPES.includes(mediaTypeOf(contentType))) {
    return { input: { bytes: new Uint8Array(await c.req.arrayBuffer()), contentType } };
  }
  const form = await readForm(c);
  const written = form.get('recipient');
  const recipient = readRecipient(typeof written === 'string' ? written : '');
  return { input: await inputOf(form), ...(recipient === undefined ? {} : { recipient }) };
}

async function readForm(c: Context<HttpEnv>): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError('body-unreadable');
  }
}

/** The first of file, pasted text and address that holds something. */
async function inputOf(form: FormData): Promise<HandedIn> {
  const file = form.get('file');
  if (file instanceof File && file.size > 0) return { bytes: new Uint8Array(await file.arrayBuffer()) };
  for (const name of ['credential', 'url']) {
    const text = form.get(name);
    if (typeof text === 'string' && text.trim() !== '') return { text: text.trim() };
  }
  throw new HttpError('body-unreadable');
}

async function reportPage(
  c: Context<HttpEnv>,
  { publicUrl, badges }: VerifyDeps,
  report: VerificationReport,
): Promise<Response> {
  const language = readerLanguage(c);
  const frame = { ...frameOf(c, language), path: '/' };
  const id = report.credential === null ? undefined : parseBadgeReference(report.credential.id, publicUrl);
  const known = id === undefined ? undefined : await badges.find(id);
  const ownPage = known === undefined ? {} : { ownPage: `/v/${id}?lang=${language}` };
  // Of a badge that was handed in, nobody here knows whether a jury stood behind it.
  const page = verificationPage({ frame, report, source: 'api', ...ownPage });
  return c.html(page, 200, { ...NO_STORE, 'Content-Language': language });
}

function refusal(
  c: Context<HttpEnv>,
  { status, finding }: InputProblem,
  { language, form }: { readonly language: Language; readonly form: 'text/html' | 'application/json' },
): Response {
  const requestId = c.get('requestId');
  const title = problemTitle(finding.code);
  const detail = finding.message[language];
  if (form === 'text/html') {
    return c.html(
      errorPage({ frame: { ...frameOf(c, language), path: '/' }, status, title, detail, requestId }),
      status,
      NO_STORE,
    );
  }
  const body = { type: problemType(finding.code), title, status, detail, instance: `urn:sceau:request:${requestId}` };
  return c.body(JSON.stringify(body), status, {
    ...NO_STORE,
    'Content-Type': 'application/problem+json',
    'Content-Language': language,
  });
}
