import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { JsonObject } from '../ports/json.js';
import { type InputProblem, inputProblem } from '../verification/inputs/input-problem.js';
import { readBody } from '../verification/inputs/read-body.js';
import { LIMITS } from '../verification/limits.js';
import type { HttpEnv } from './env.js';
import { HttpError } from './http-error.js';

/** Reads no more of a body than a JSON document may have. */
export function jsonBodyLimit(): MiddlewareHandler<HttpEnv> {
  const counted = bodyLimit({ maxSize: LIMITS.maxBytes, onError: tooLarge });
  return async (c, next) => {
    const length = c.req.header('Content-Length');
    // Asking for the body as a stream costs more than reading it whole. A body with both lengths is counted.
    if (length === undefined || c.req.header('Transfer-Encoding') !== undefined) return counted(c, next);
    if (Number.parseInt(length, 10) > LIMITS.maxBytes) tooLarge();
    await next();
  };
}

function tooLarge(): never {
  throw new HttpError('payload-too-large');
}

/** A request's body as one JSON object, or why it is none. */
export type JsonBody = { readonly kind: 'json'; readonly document: JsonObject } | InputProblem;

/**
 * Reads a body that must be JSON by the rules badges are read by: declared as JSON, UTF-8, no member twice, within the
 * limits of depth and size (V1 to V12).
 */
export async function readJsonBody(c: Context<HttpEnv>): Promise<JsonBody> {
  const bytes = new Uint8Array(await c.req.arrayBuffer());
  const reading = readBody({ contentType: c.req.header('Content-Type'), bytes });
  if (reading.kind === 'json' || reading.kind === 'problem') return reading;
  return inputProblem(415, 'unsupported-media-type', { found: NOT_JSON });
}

const NOT_JSON = { fr: 'cette adresse attend du JSON', en: 'this address expects JSON' };
