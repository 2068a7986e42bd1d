import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { parseStrictJson, type StrictJsonMistake } from '../../text/strict-json.js';
import { decodeUtf8 } from '../../text/utf8.js';
import { LIMITS } from '../limits.js';
import { type InputProblem, inputProblem, problemAt } from './input-problem.js';
import { isWithinLimits } from './plain-value.js';

export type JsonReading =
  | { readonly kind: 'json'; readonly document: JsonObject; readonly text: string }
  | InputProblem;

/** Reads UTF-8 bytes as one JSON object, see {@link readJsonText}; bytes are never replaced (threat cases V2, V3). */
export function readJsonBytes(bytes: Uint8Array): JsonReading {
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return readJsonText(decoded.text);
  return inputProblem(400, 'not-utf-8', { encoding: decoded.encoding, offset: decoded.offset });
}

/**
 * JSON that somebody else has parsed, held to the same rules: what is not plainly within them is written out and read
 * again, which says what is wrong.
 */
export function readJsonValue(value: JsonObject): JsonReading {
  if (isWithinLimits(value)) {
    return {
      kind: 'json',
      document: value,
      get text() {
        return JSON.stringify(value);
      },
    };
  }
  try {
    return readJsonText(JSON.stringify(value));
  } catch (error) {
    // Nested beyond what the engine itself can write out.
    if (!(error instanceof RangeError)) throw error;
    const what = { fr: 'imbrication', en: 'nesting' };
    return problemAt(400, null, 'too-complex', { what, limit: LIMITS.maxDepth });
  }
}

/** Reads text as one JSON object, without duplicate members and within the limits (threat cases V4, V6 to V12). */
export function readJsonText(text: string): JsonReading {
  if (exceeds(text, LIMITS.maxBytes)) return inputProblem(413, 'payload-too-large', { limit: LIMITS.maxBytes });
  const parsed = parseStrictJson(text, { maxDepth: LIMITS.maxDepth, maxNodes: LIMITS.maxNodes });
  if (!parsed.ok) return mistakeProblem(parsed);
  return isJsonObject(parsed.value)
    ? { kind: 'json', document: parsed.value, text }
    : problemAt(400, '', 'not-an-object');
}

/** In bytes of UTF-8, of which a UTF-16 code unit makes at most three. */
function exceeds(text: string, maxBytes: number): boolean {
  if (text.length > maxBytes || text.length * 3 <= maxBytes) return text.length > maxBytes;
  return new TextEncoder().encode(text).length > maxBytes;
}

function mistakeProblem({ reason, line, column, pointer, detail }: StrictJsonMistake): InputProblem {
  switch (reason) {
    case 'syntax':
      return problemAt(400, pointer, 'json-syntax', { line, column, detail });
    case 'duplicate-member':
      return problemAt(400, pointer, 'duplicate-member', { line, column, detail });
    case 'too-deep':
      return problemAt(400, pointer, 'too-complex', { what: detail, limit: LIMITS.maxDepth });
    case 'too-many-nodes':
      return problemAt(400, pointer, 'too-complex', { what: detail, limit: LIMITS.maxNodes });
    case 'forbidden-member':
      return problemAt(400, pointer, 'malformed-value', { line, column, detail });
    // Readable JSON with a value no signature can cover: the badge is refused, not the request (V11, V12).
    case 'lone-surrogate':
    case 'number-out-of-range':
      return problemAt(200, pointer, 'malformed-value', { line, column, detail });
  }
}
