import type { Context, MiddlewareHandler } from 'hono';
import type { Scope } from '../access/scope.js';
import type { AppDeps } from './deps.js';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

const BEARER = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i;

/** The token in the `Authorization` header, if there is one. */
export function bearerSecret(c: Context<HttpEnv>): string | undefined {
  return BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
}

/** What a caller without a working token is told. */
export function unauthorized(c: Context<HttpEnv>): HttpError {
  const isMissing = c.req.header('Authorization') === undefined;
  const challenge = isMissing ? 'Bearer realm="sceau"' : 'Bearer realm="sceau", error="invalid_token"';
  return new HttpError('unauthorized', { headers: { 'WWW-Authenticate': challenge } });
}

/**
 * Lets only callers with a working token through. The token stands in the `Authorization` header and nowhere else: one
 * in the address would end up in logs.
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export function authenticated(tokens: AppDeps['tokens']): MiddlewareHandler<HttpEnv> {
  return async (c, next) => {
    const secret = bearerSecret(c);
    const caller = secret === undefined ? undefined : await tokens.authenticate(secret);
    if (caller === undefined) throw unauthorized(c);
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
