import { isIP } from 'node:net';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { bearerSecret, unauthorized } from '../authorise.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';

/** What a proxy says of whom it speaks for. */
const FORWARDED = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Real-IP', 'Via'] as const;

/**
 * `/metrics`, as Prometheus reads it: for the bearer of the metrics token; where none is set, for a direct caller from this
 * machine while the service has no public address. For everybody else there is nothing here.
 */
export function metricsRoutes({ operations }: Pick<AppDeps, 'operations'>): Hono<HttpEnv> {
  const { access, read } = operations.metricsText;
  return new Hono<HttpEnv>().get('/metrics', async (c) => {
    if (access.by === 'token' && !access.isToken(bearerSecret(c) ?? '')) throw unauthorized(c);
    if (access.by === 'nobody' || (access.by === 'this-machine' && !isDirectAndLocal(c))) {
      throw new HttpError('not-found');
    }
    const { contentType, body } = await read();
    return c.body(body, 200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' });
  });
}

function isDirectAndLocal(c: Context<HttpEnv>): boolean {
  const peer = (c.env?.incoming?.socket?.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isLocal = peer === '::1' || (isIP(peer) === 4 && peer.startsWith('127.'));
  return isLocal && FORWARDED.every((name) => c.req.header(name) === undefined);
}
