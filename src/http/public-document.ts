import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { Keeping } from './answers/answer-memory.js';
import { keepAnswer } from './answers/remembered.js';
import type { HttpEnv } from './env.js';

export interface PublicDocument {
  readonly body: string | Uint8Array;
  /** With its charset, where it has one. */
  readonly mediaType: string;
  /** How long a cache may answer without asking again; 0: it may keep the answer, and asks each time. */
  readonly maxAgeSeconds: number;
  /** What it is about, and how long we may give it again ourselves; without this it is made anew each time. */
  readonly keeping?: Keeping;
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

/**
 * Answers with a document anybody may read: ETag, an explicit lifetime. To a reader who has it, `remembered` answers 304.
 */
export function publicDocument(c: Context<HttpEnv>, document: PublicDocument): Response {
  const { maxAgeSeconds, keeping } = document;
  if (keeping !== undefined) keepAnswer(c, keeping);
  const body = typeof document.body === 'string' ? document.body : Uint8Array.from(document.body);
  return c.body(body, 200, {
    ETag: entityTag(document),
    'Cache-Control': maxAgeSeconds === 0 ? 'no-cache' : `public, max-age=${maxAgeSeconds}`,
    'Content-Type': document.mediaType,
    ...(document.vary === undefined ? {} : { Vary: document.vary }),
    ...(document.language === undefined ? {} : { 'Content-Language': document.language }),
  });
}
