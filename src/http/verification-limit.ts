import type { MiddlewareHandler } from 'hono';
import { clientAddress } from './client-address.js';
import type { AppDeps } from './deps.js';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

/**
 * Takes one request of the caller's address off what it has for verifications, whichever door it comes through (R1).
 * @throws {HttpError} `too-many-requests` with when to come back.
 */
export function verificationLimit({ limit, trustedProxies }: AppDeps['verification']): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const peer = c.env?.incoming?.socket?.remoteAddress;
    const wait = limit(clientAddress(peer, c.req.header('X-Forwarded-For'), trustedProxies));
    if (wait !== undefined) throw new HttpError('too-many-requests', { headers: { 'Retry-After': String(wait) } });
    await next();
  };
}
