import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { claimPage, linkAskedPage } from '../../pages/holder-claim-page.js';
import { HOLDER_PATH, inLanguage } from '../../pages/holder-view.js';
import { clientAddress } from '../client-address.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { createHolderCookie } from '../holder-cookie.js';
import { HttpError } from '../http-error.js';
import { frameOf, readerLanguage } from '../reader.js';
import { refuseForeignForm } from '../same-origin.js';

const SEE_OTHER = 303;
const GONE = 410;
const NOT_FOUND = 404;
const MAX_BODY_BYTES = 16 * 1024;
const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Accept-Language, Cookie' } as const;

type ClaimDeps = Pick<AppDeps, 'publicUrl' | 'holders' | 'verification'>;

/**
 * The page behind a mailed link. Looking at it has no effect, so that scanners of mail may (L3); its button uses the
 * link, once (L2). A link that opens nothing says why, and offers a new one to the same address.
 */
export function claimRoutes(deps: ClaimDeps): Hono<HttpEnv> {
  const { desk, limit } = deps.holders;
  const cookie = createHolderCookie(deps.publicUrl);
  const app = new Hono<HttpEnv>();

  app.use(
    '/claim/*',
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new HttpError('payload-too-large');
      },
    }),
  );
  app.use('/claim/*', async (c, next) => {
    if (c.req.method === 'POST') {
      const peer = c.env?.incoming?.socket?.remoteAddress;
      const wait = limit(clientAddress(peer, c.req.header('X-Forwarded-For'), deps.verification.trustedProxies));
      if (wait !== undefined) throw new HttpError('too-many-requests', { headers: { 'Retry-After': String(wait) } });
      refuseForeignForm(c, deps.publicUrl);
    }
    await next();
  });

  app.get('/claim/asked', (c) => {
    const language = readerLanguage(c);
    return c.html(linkAskedPage(frameOf(c, language)), 200, { ...PRIVATE, 'Content-Language': language });
  });

  app.get('/claim/:token', async (c) => showLink(c, c.req.param('token')));

  app.post('/claim/:token', async (c) => {
    const token = c.req.param('token');
    const secret = await desk.openLink(token);
    if (secret === undefined) return showLink(c, token);
    cookie.write(c, secret);
    return c.body(null, SEE_OTHER, { ...PRIVATE, Location: inLanguage(HOLDER_PATH, frameOf(c, readerLanguage(c))) });
  });

  app.post('/claim/:token/again', async (c) => {
    await desk.askForNewLink(c.req.param('token'));
    return c.body(null, SEE_OTHER, { ...PRIVATE, Location: inLanguage('/claim/asked', frameOf(c, readerLanguage(c))) });
  });

  async function showLink(c: Context<HttpEnv>, token: string): Promise<Response> {
    const link = await desk.lookAtLink(token);
    const secret = cookie.read(c);
    if (link !== undefined && link.state !== 'open' && secret !== undefined) {
      const session = await desk.session(secret);
      if (session?.newSecret !== undefined) cookie.write(c, session.newSecret);
      if (session?.student === link.holder.student && session.issuer === link.holder.issuer) {
        return c.body(null, SEE_OTHER, { ...PRIVATE, Location: HOLDER_PATH });
      }
    }
    const language = readerLanguage(c, link?.language);
    const page = claimPage({
      // The language switch must not carry the token's page into a link to somewhere else: it is this very page.
      frame: frameOf(c, language),
      action: `/claim/${encodeURIComponent(token)}`,
      link:
        link === undefined
          ? { state: 'unknown' }
          : link.state === 'open'
            ? { state: 'open', institution: link.institution, sentTo: link.sentTo }
            : { state: link.state },
    });
    const status = link === undefined ? NOT_FOUND : link.state === 'open' ? 200 : GONE;
    return c.html(page, status, { ...PRIVATE, 'Content-Language': language });
  }

  return app;
}
