import type { MiddlewareHandler } from 'hono';
import type { HttpEnv } from './env.js';

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
].join('; ');

/** For pages that bring scripts, and the worker one of them starts: all of this origin, which is all they may ask. */
const SCRIPTS_POLICY = "; script-src 'self'; worker-src 'self'; connect-src 'self'";

const ONE_YEAR_SECONDS = 31_536_000;
/** Pages and documents about one person: found by link only. */
const UNLISTED = /^\/(?:v|credentials|claim|holder|interactions|exchanges|oid4vci)(?:\/|$)/i;

/** Headers every response carries, errors too (threat X5). @param publicUrl HSTS is sent only when it is https. */
export function securityHeaders(publicUrl: string): MiddlewareHandler<HttpEnv> {
  const isHttps = publicUrl.startsWith('https:');
  return async (c, next) => {
    await next();
    const { headers } = c.res;
    // Opened by itself a drawing is a document, which could act: in a sandbox it cannot (threat X3).
    const isDrawing = headers.get('Content-Type')?.startsWith('image/svg+xml') === true;
    const policy = c.get('runsScripts') === true ? CONTENT_SECURITY_POLICY + SCRIPTS_POLICY : CONTENT_SECURITY_POLICY;
    headers.set('Content-Security-Policy', `${policy}${isDrawing ? '; sandbox' : ''}`);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    if (isHttps) headers.set('Strict-Transport-Security', `max-age=${ONE_YEAR_SECONDS}`);
    if (UNLISTED.test(c.req.path)) headers.set('X-Robots-Tag', 'noindex');
  };
}
