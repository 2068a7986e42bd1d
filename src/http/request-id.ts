import type { BlockList } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { Ids } from '../ports/ids.js';
import { isTrustedProxy } from './client-address.js';
import type { HttpEnv } from './env.js';

/** What proxies draw: UUIDs, hexadecimal, base64url. Nothing that could break a line, a header or a search. */
const GIVEN_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;

/**
 * Gives each request an id, which stands in its log line, in every problem and in `X-Request-Id` of the answer. One that a
 * trusted proxy has drawn is kept; anybody else's is not believed, so that nobody writes into another's trail.
 */
export function requestId({
  ids,
  trustedProxies,
}: {
  readonly ids: Ids;
  readonly trustedProxies: BlockList;
}): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const given = c.req.header('X-Request-Id');
    const isBelieved =
      given !== undefined &&
      GIVEN_ID.test(given) &&
      isTrustedProxy(c.env?.incoming?.socket?.remoteAddress, trustedProxies);
    const id = isBelieved ? given : ids.next();
    c.set('requestId', id);
    await next();
    c.res.headers.set('X-Request-Id', id);
  };
}
