import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

const MAX_URL_LENGTH = 8 * 1024;
/** Ways to write one path twice: empty and dot segments, encoded separators, backslashes, NUL. */
const CROOKED = /\/\/|\/\.{1,2}(?:\/|$)|%2f|%5c|%00|%2e|\\/i;
const REFUSED_METHODS: readonly string[] = ['TRACE', 'TRACK', 'CONNECT'];

function pathOf(target: string): string {
  return target.split(/[?#]/, 1)[0] ?? '';
}

/**
 * Refuses what no honest client sends, before routing: addresses over 8 KiB, paths with a second spelling (so that what
 * is authorised is what is routed, A4), and methods that only serve attacks. The method is the request's own: no
 * header or parameter overrides it.
 */
export function requestGuard(): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (REFUSED_METHODS.includes(c.req.method.toUpperCase())) {
      throw new HttpError('method-not-allowed', { headers: { Allow: 'GET, HEAD' } });
    }
    const sent = c.env?.incoming?.url;
    if (c.req.url.length > MAX_URL_LENGTH || (sent?.length ?? 0) > MAX_URL_LENGTH) throw new HttpError('uri-too-long');
    if (CROOKED.test(c.req.path)) throw new HttpError('not-found');
    if (sent?.startsWith('/') === true && CROOKED.test(pathOf(sent))) throw new HttpError('not-found');
    await next();
  };
}
