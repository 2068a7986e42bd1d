import type { MiddlewareHandler } from 'hono';
import type { Scope } from '../access/scope.js';
import type { AppDeps } from './deps.js';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/**
 * Lets only callers with a working token through. The token stands in the `Authorization` header and nowhere else: one
 * in the address would end up in logs.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function authenticated(tokens: AppDeps['tokens']): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const header = c.req.header('Authorization');
    const secret = BEARER.exec(header ?? '')?.[1];
    const caller = secret === undefined ? undefined : await tokens.authenticate(secret);
    if (caller === undefined) {
      const challenge = header === undefined ? 'Bearer realm="sceau"' : 'Bearer realm="sceau", error="invalid_token"';
      throw new HttpError('unauthorized', { headers: { 'WWW-Authenticate': challenge } });
    }
    c.set('caller', caller);
    await next();
  };
}

/** Lets only callers with the scope through; stands behind {@link authenticated}. */
export function requireScope(scope: Scope): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    if (!c.get('caller').scopes.includes(scope)) {
      const challenge = `Bearer realm="sceau", error="insufficient_scope", scope="${scope}"`;
      throw new HttpError('scope-missing', { headers: { 'WWW-Authenticate': challenge } });
    }
    await next();
  };
}
