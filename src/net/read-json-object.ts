import type { DocumentDetail } from '../ports/fetcher.js';
import { isJsonObject, type JsonObject } from '../ports/json.js';
import type { Resolution } from '../ports/resolver.js';
import { decodeUtf8, parseStrictJson, type StrictJsonReason } from '../text/strict-json.js';

const MAX_CONTROLLER_NODES = 20_000;
const TOO_COMPLEX: ReadonlySet<StrictJsonReason> = new Set(['too-deep', 'too-many-nodes']);

/**
 * A fetched document, read as strictly as a badge: UTF-8 only, no member twice, bounded depth and size. What its media
 * type says does not count: many servers send JSON as something else.
 */
export function readJsonObject(bytes: Uint8Array, { maxNodes }: { readonly maxNodes: number }): Resolution<JsonObject> {
  const decoded = decodeUtf8(bytes);
  if (!decoded.ok) return unreadable('not-json');
  const parsed = parseStrictJson(decoded.text, { maxNodes });
  if (!parsed.ok) return unreadable(TOO_COMPLEX.has(parsed.reason) ? 'too-complex' : 'not-json');
  if (!isJsonObject(parsed.value)) return unreadable('not-json');
  return { outcome: 'found', value: parsed.value };
}

/** A controller document: more parts than any institution's keys make are not read. */
export function readControllerDocument(bytes: Uint8Array): Resolution<JsonObject> {
  return readJsonObject(bytes, { maxNodes: MAX_CONTROLLER_NODES });
}

/** Something came, and it is of no use. */
function unreadable(detail: DocumentDetail): Resolution<never> {
  return { outcome: 'unreachable', detail };
}
