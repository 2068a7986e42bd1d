import type { BlockList } from 'node:net';
import type { MiddlewareHandler } from 'hono';
import type { Ids } from '../ports/ids.js';
import { isTrustedProxy } from './client-address.js';
import type { HttpEnv } from './env.js';

/** What proxies draw: UUIDs, hexadecimal, base64url. Nothing that could break a line, a header or a search. */
const GIVEN_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{7,63}$/;

export interface RequestIdParts {
  readonly ids: Ids;
  readonly trustedProxies: BlockList;
}

/**
 * The id of a request. One that a trusted proxy has drawn is kept; anybody else's is not believed, so that nobody writes
 * into another's trail. @param given its `X-Request-Id`.
 */
export function idOfRequest(
  { ids, trustedProxies }: RequestIdParts,
  given: string | undefined,
  remoteAddress: string | undefined,
): string {
  const isBelieved = given !== undefined && GIVEN_ID.test(given) && isTrustedProxy(remoteAddress, trustedProxies);
  return isBelieved ? given : ids.next();
}

/** Gives each request its id, which stands in its log line, in every problem and in `X-Request-Id` of the answer. */
export function requestId(parts: RequestIdParts): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const id = idOfRequest(parts, c.req.header('X-Request-Id'), c.env?.incoming?.socket?.remoteAddress);
    c.set('requestId', id);
    await next();
    c.res.headers.set('X-Request-Id', id);
  };
}
