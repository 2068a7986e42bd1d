import type { Context } from 'hono';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { JsonObject } from '../../ports/json.js';
import type { ExchangeStep } from '../../sharing/wallet-exchange.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';
import { readJsonBody } from '../json-body.js';
import { readerLanguage } from '../reader.js';
import { refusalAnswer, verdictAnswer } from '../vc-api-answer.js';
import { walletLimit } from '../wallet-limit.js';

/** A presentation without credentials is small (L11). */
const MAX_BODY_BYTES = 64 * 1024;
const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/**
 * The exchange by which a learner's wallet takes a badge: its interaction URL says where, an empty message is answered
 * with what is asked, the wallet's presentation with the badge. The address is the secret: nothing else is needed.
 * @see https://www.w3.org/TR/vcalm-1.0/
 */
export function exchangeRoutes(deps: Pick<AppDeps, 'wallets' | 'verification'>): Hono<HttpEnv> {
  const { desk } = deps.wallets;
  const app = new Hono<HttpEnv>();

  app.get('/interactions/:id', walletLimit(deps), async (c) => answer(c, await desk.interaction(c.req.param('id'))));

  app.post(
    '/exchanges/:id',
    walletLimit(deps),
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: () => {
        throw new HttpError('payload-too-large');
      },
    }),
    async (c) => {
      const body = await readMessage(c);
      if ('kind' in body) return refusalAnswer(c, body);
      const { message } = body;
      return answer(c, await desk.exchange(c.req.param('id'), { message, language: readerLanguage(c) }));
    },
  );
  return app;
}

/** The first message may be an empty body as well as `{}`. */
async function readMessage(c: Context<HttpEnv>) {
  if ((await c.req.arrayBuffer()).byteLength === 0) return { message: {} satisfies JsonObject };
  const body = await readJsonBody(c);
  return body.kind === 'json' ? { message: body.document } : body;
}

function answer(c: Context<HttpEnv>, step: ExchangeStep): Response {
  switch (step.outcome) {
    case 'message':
      return c.json(step.body, 200, NO_STORE);
    case 'not-proven':
      return verdictAnswer(c, { ...step.report, verified: false });
    case 'unknown':
      throw new HttpError('not-found');
    case 'ended':
      throw new HttpError('wallet-offer-ended');
    case 'done':
      throw new HttpError('wallet-offer-used');
    case 'malformed':
      throw new HttpError('wallet-message-malformed');
    case 'refused':
      throw new HttpError('wallet-badge-refused');
  }
}
