import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { HttpEnv } from './env.js';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'];
/** Asked every few seconds by machines: counted, not written down. */
const PROBES: readonly string[] = ['/healthz', '/readyz', '/metrics'];
const NO_ROUTE = 'none';

/**
 * Counts each request and writes one line on it: method, pattern of the route, status, milliseconds. Never the address
 * itself, which may name a badge or hold a secret, nor who asked (G4, G5).
 */
export function requestRecord({
  logger,
  metrics,
}: {
  readonly logger: Logger;
  readonly metrics: Metrics;
}): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const begin = performance.now();
    await next();
    const milliseconds = performance.now() - begin;
    const { status } = c.res;
    const method = METHODS.includes(c.req.method) ? c.req.method : 'other';
    const route = patternOf(c);
    metrics.request({ method, route, status, milliseconds });
    if (PROBES.includes(route)) return;
    const ms = Math.round(milliseconds * 10) / 10;
    logger.info('request', { request: c.get('requestId'), method, route, status, ms });
  };
}

/** The pattern a request was answered under; `none` where only what stands before every route saw it. */
function patternOf(c: Context<HttpEnv>): string {
  const path = routePath(c, -1);
  return path.includes('*') ? NO_ROUTE : path;
}
