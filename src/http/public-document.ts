import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { HttpEnv } from './env.js';

export interface PublicDocument {
  readonly body: string | Uint8Array;
  /** With its charset, where it has one. */
  readonly mediaType: string;
  /** How long a cache may answer without asking again. */
  readonly maxAgeSeconds: number;
  /** Request headers the answer depends on. */
  readonly vary?: string;
  readonly language?: string;
}

/**
 * A strong entity tag: it changes with any byte of the body, and with the media type, so that two forms of one document never share one.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-etag
 */
function entityTag({ body, mediaType }: PublicDocument): string {
  return `"${createHash('sha256').update(`${mediaType}\n`).update(body).digest('base64url').slice(0, 27)}"`;
}

function isNamed(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const named = ifNoneMatch.split(',').map((item) => item.trim().replace(/^W\//, ''));
  return named.includes('*') || named.includes(tag);
}

/** Answers with a document anybody may read and keep for a while: ETag, an explicit lifetime, 304 when unchanged. */
export function publicDocument(c: Context<HttpEnv>, document: PublicDocument): Response {
  const tag = entityTag(document);
  const headers: Record<string, string> = {
    ETag: tag,
    'Cache-Control': `public, max-age=${document.maxAgeSeconds}`,
    ...(document.vary === undefined ? {} : { Vary: document.vary }),
    ...(document.language === undefined ? {} : { 'Content-Language': document.language }),
  };
  if (isNamed(tag, c.req.header('If-None-Match'))) return c.body(null, 304, headers);
  const body = typeof document.body === 'string' ? document.body : Uint8Array.from(document.body);
  return c.body(body, 200, { ...headers, 'Content-Type': document.mediaType });
}
