import type { Context } from 'hono';
import { Hono } from 'hono';
import { READINESS_CHECKS, type ReadinessCheck } from '../../ports/readiness.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';

const NO_STORE = { 'Cache-Control': 'no-store' } as const;
const READY = 200;
const NOT_READY = 503;

/**
 * What is asked by whatever starts, restarts and feeds the process. `/healthz`: it answers, whatever the store or the keys
 * are like, so a restart would mend nothing. `/readyz`: it can take all of its work; `?exclude=keys&exclude=halt` leaves
 * checks out, for a balancer that should go on sending readers to a house that signs nothing (K9).
 */
export function healthRoutes({ operations }: Pick<AppDeps, 'operations'>): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>();
  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, NO_STORE));
  app.get('/readyz', async (c) => {
    const excluded = excludedChecks(c);
    const checks = (await operations.readiness()).filter(({ name }) => !excluded.includes(name));
    const isReady = checks.every(({ state }) => state === 'pass');
    return c.json({ status: isReady ? 'ready' : 'not-ready', checks }, isReady ? READY : NOT_READY, NO_STORE);
  });
  return app;
}

/** @throws {HttpError} for a name that is no check: a mistyped probe says so at once. */
function excludedChecks(c: Context<HttpEnv>): readonly ReadinessCheck[] {
  const asked = c.req.queries('exclude') ?? [];
  const known = READINESS_CHECKS.filter((name) => asked.includes(name));
  if (new Set(asked).size === known.length) return known;
  const list = READINESS_CHECKS.join(', ');
  throw new HttpError('query-invalid', {
    errors: [{ pointer: '/exclude', detail: { fr: `attendu : ${list}`, en: `expected one of: ${list}` } }],
  });
}
