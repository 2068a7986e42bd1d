import type { Context, MiddlewareHandler } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { holderBadgePage } from '../../pages/holder-badge-page.js';
import { holderHomePage } from '../../pages/holder-home-page.js';
import { HOLDER_STYLESHEET } from '../../pages/holder-style.js';
import {
  HOLDER_PATH,
  HOLDER_STYLESHEET_PATH,
  type HolderFrame,
  holderBadgePath,
  inLanguage,
} from '../../pages/holder-view.js';
import { walletPath } from '../../pages/wallet-offer-page.js';
import type { ChoiceAnswer } from '../../sharing/holder-badges.js';
import { type HolderDone, isHolderDone } from '../../text/holder.js';
import { formatInstant } from '../../text/instant.js';
import { parseCredentialId } from '../credential-id.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { createHolderCookie } from '../holder-cookie.js';
import { HttpError } from '../http-error.js';
import { publicDocument } from '../public-document.js';
import { frameOf, readerLanguage } from '../reader.js';
import { refuseForeignForm } from '../same-origin.js';
import { addWalletPages } from './holder-wallet.js';

const SEE_OTHER = 303;
const MAX_BODY_BYTES = 256 * 1024;
const STYLE_MAX_AGE_SECONDS = 300;
const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Accept-Language, Cookie' } as const;

type HolderDeps = Pick<AppDeps, 'publicUrl' | 'holders' | 'wallets' | 'qr'>;

/** What a choice leads to on the page. */
const DONE: Readonly<Record<ChoiceAnswer, HolderDone>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  'too-often': 'too-often',
  'not-active': 'not-active',
  'name-needed': 'name-needed',
  'change-not-allowed': 'not-possible',
  'unknown-evidence': 'not-possible',
  'bound-by-issuer': 'not-possible',
};

/**
 * The holder's own pages, after a claim link: their badges, what each shows and who sees it, and their rights over what
 * is held on them. Every answer is for this reader alone. Each badge must be theirs; any other is unknown.
 */
export function holderRoutes(deps: HolderDeps): Hono<HttpEnv> {
  const { desk } = deps.holders;
  const cookie = createHolderCookie(deps.publicUrl);
  const app = new Hono<HttpEnv>();
  app.get(HOLDER_STYLESHEET_PATH, (c) =>
    publicDocument(c, {
      body: HOLDER_STYLESHEET,
      mediaType: 'text/css; charset=utf-8',
      maxAgeSeconds: STYLE_MAX_AGE_SECONDS,
    }),
  );

  const own = new Hono<HttpEnv>();
  own.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new HttpError('payload-too-large');
      },
    }),
  );
  own.use(signedIn());

  own.get('/', async (c) => {
    const { givenName, institution, erasureAskedAt } = c.get('holder').profile;
    const holder = holderFrame(c);
    const page = holderHomePage({
      holder,
      givenName,
      institution,
      badges: await desk.badges(c.get('holder').session),
      erasureAskedAt: erasureAskedAt === undefined ? undefined : formatInstant(erasureAskedAt),
    });
    return c.html(page, 200, { ...PRIVATE, 'Content-Language': holder.frame.language });
  });

  own.get('/badges/:id', async (c) => {
    const badge = await ownBadge(c);
    const holder = holderFrame(c);
    const page = holderBadgePage({
      holder,
      badge: {
        ...badge,
        pageUrl: `${deps.publicUrl}/v/${badge.id}`,
        downloads: badge.shared ? deps.holders.downloads(badge.id) : [],
        ownCopyPath: `${holderBadgePath(badge.id)}/badge.json`,
        linkedInUrl: badge.shared && badge.state === 'active' ? await deps.holders.linkedInUrl(badge.id) : undefined,
        walletPath: badge.state === 'active' && !badge.isBoundByIssuer ? walletPath(badge.id) : undefined,
        isBound: badge.boundTo !== undefined,
      },
    });
    return c.html(page, 200, { ...PRIVATE, 'Content-Language': holder.frame.language });
  });

  own.get('/badges/:id/badge.json', async (c) => {
    const { id, document } = await ownBadge(c);
    return c.body(JSON.stringify(document, null, 2), 200, {
      ...PRIVATE,
      'Content-Type': 'application/vc+ld+json',
      'Content-Disposition': `attachment; filename="badge-${id}.json"`,
    });
  });

  own.post('/badges/:id/disclosure', async (c) => {
    const { id, nameIs, evidence } = await ownBadge(c);
    const form = await formOf(c);
    const chosen = new Set(form.getAll('evidence'));
    const answer = await desk.chooseDisclosure(c.get('holder').session, {
      id,
      nameHidden: nameIs !== 'none' && nameIs !== 'needed' && form.get('name') !== 'yes',
      hiddenEvidence: evidence.filter((piece) => !chosen.has(piece.id)).map((piece) => piece.id),
    });
    if (answer === undefined) throw new HttpError('badge-not-found');
    return leadTo(c, holderBadgePath(id), DONE[answer]);
  });

  own.post('/badges/:id/sharing', async (c) => {
    const { id } = await ownBadge(c);
    const shared = (await formOf(c)).get('shared') === 'yes';
    if (!(await desk.chooseSharing(c.get('holder').session, { id, shared }))) throw new HttpError('badge-not-found');
    return leadTo(c, holderBadgePath(id), shared ? 'restored' : 'withdrawn');
  });

  addWalletPages(own, deps, { ownBadge, holderFrame, formOf });

  own.get('/export', async (c) => {
    const everything = await desk.export(c.get('holder').session);
    if (everything === undefined) throw new HttpError('holder-signed-out');
    return c.body(JSON.stringify(everything, null, 2), 200, {
      ...PRIVATE,
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="sceau-export.json"',
    });
  });

  own.post('/erasure', async (c) => {
    if ((await formOf(c)).get('confirm') !== 'yes') return leadTo(c, HOLDER_PATH);
    await desk.askForErasure(c.get('holder').session);
    return leadTo(c, HOLDER_PATH, 'erasure-asked');
  });

  own.post('/erasure/take-back', async (c) => {
    await desk.takeBackErasure(c.get('holder').session);
    return leadTo(c, HOLDER_PATH, 'erasure-taken-back');
  });

  own.post('/sign-out', async (c) => {
    await desk.signOut(c.get('holder').session);
    cookie.clear(c);
    return c.body(null, SEE_OTHER, { ...PRIVATE, Location: inLanguage('/', frameOf(c, readerLanguage(c))) });
  });

  app.route(HOLDER_PATH, own);
  return app;

  /** Lets in whoever has a session; a form must come from here and carry the session's own token. */
  function signedIn(): MiddlewareHandler<HttpEnv> {
    return async (c, next) => {
      const secret = cookie.read(c);
      const session = secret === undefined ? undefined : await desk.session(secret);
      const profile = session === undefined ? undefined : await desk.profile(session);
      if (session === undefined || profile === undefined) throw new HttpError('holder-signed-out');
      if (c.req.method !== 'GET' && c.req.method !== 'HEAD') {
        refuseForeignForm(c, deps.publicUrl);
        if ((await formOf(c)).get('formToken') !== session.formToken) throw new HttpError('form-not-yours');
      }
      if (session.newSecret !== undefined) cookie.write(c, session.newSecret);
      c.set('holder', { session, profile });
      await next();
    };
  }

  async function ownBadge(c: Context<HttpEnv>) {
    const id = parseCredentialId(c.req.param('id') ?? '');
    const badge = id === undefined ? undefined : await desk.badge(c.get('holder').session, id);
    if (badge === undefined) throw new HttpError('badge-not-found');
    return badge;
  }

  function holderFrame(c: Context<HttpEnv>): HolderFrame {
    const language = readerLanguage(c, c.get('holder').profile.language);
    const done = c.req.query('done');
    const { formToken } = c.get('holder').session;
    return { frame: frameOf(c, language), formToken, ...(isHolderDone(done) ? { done } : {}) };
  }

  function leadTo(c: Context<HttpEnv>, path: string, done?: HolderDone): Response {
    const { frame } = holderFrame(c);
    const location = inLanguage(path, frame) + (done === undefined ? '' : `&done=${done}`);
    return c.body(null, SEE_OTHER, { ...PRIVATE, Location: location });
  }
}

/** The form of a request, read once however often it is asked for. @throws {HttpError} `body-unreadable` */
async function formOf(c: Context<HttpEnv>): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError('body-unreadable');
  }
}
