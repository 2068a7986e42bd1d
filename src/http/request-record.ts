import type { Context, MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from '../ports/logger.js';
import type { Metrics } from '../ports/metrics.js';
import type { HttpEnv } from './env.js';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'];
/** Asked every few seconds by machines: counted, and written down only when they are refused. */
const PROBES: readonly string[] = ['/healthz', '/readyz', '/metrics'];
const NO_ROUTE = 'none';
const REFUSED = 400;
const FAILED = 500;

export interface RequestRecordParts {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** A request that was answered. */
export interface AnsweredRequest {
  readonly id: string;
  readonly method: string;
  /** The pattern it was answered under. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/**
 * Counts a request and writes one line on it: method, pattern of the route, status, milliseconds. Never the address
 * itself, which may name a badge or hold a secret, nor who asked (G4, G5).
 */
export function recordRequest({ logger, metrics }: RequestRecordParts, request: AnsweredRequest): void {
  const { id, route, status, milliseconds } = request;
  const method = METHODS.includes(request.method) ? request.method : 'other';
  metrics.request({ method, route, status, milliseconds });
  if (PROBES.includes(route) && !(status >= REFUSED && status < FAILED)) return;
  logger.info('request', { request: id, method, route, status, ms: Math.round(milliseconds * 10) / 10 });
}

/** Records each request. */
export function requestRecord(parts: RequestRecordParts): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const begin = performance.now();
    await next();
    recordRequest(parts, {
      id: c.get('requestId'),
      method: c.req.method,
      route: patternOf(c),
      status: c.res.status,
      milliseconds: performance.now() - begin,
    });
  };
}

/** The pattern a request was answered under; `none` where only what stands before every route saw it. */
function patternOf(c: Context<HttpEnv>): string {
  const path = routePath(c, -1);
  return path.includes('*') ? NO_ROUTE : path;
}
