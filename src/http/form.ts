import type { Context } from 'hono';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';
import { preferredType } from './negotiation.js';

const JSON_FORMS = ['application/json', 'application/ld+json'] as const;

/**
 * The form wanted of a document that exists as JSON and as a page: JSON unless the reader prefers HTML. `?format=json`
 * is for links on the page itself, which a browser would otherwise answer with the page again.
 * @throws {HttpError} `not-acceptable`
 */
export function formOf(c: Context<HttpEnv>): 'html' | 'json' {
  if (c.req.query('format') === 'json') return 'json';
  const form = preferredType(c.req.header('Accept'), [...JSON_FORMS, 'text/html']);
  if (form === undefined) throw new HttpError('not-acceptable');
  return form === 'text/html' ? 'html' : 'json';
}
