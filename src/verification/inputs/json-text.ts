import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { parseStrictJson, type StrictJsonMistake } from '../../text/strict-json.js';
import { decodeUtf8 } from '../../text/utf8.js';
import { LIMITS } from '../limits.js';
import { type InputProblem, inputProblem, problemAt } from './input-problem.js';

export type JsonReading =
  | { readonly kind: 'json'; readonly document: JsonObject; readonly text: string }
  | InputProblem;

/** Reads UTF-8 bytes as one JSON object, see {@link readJsonText}; bytes are never replaced (threat cases V2, V3). */
export function readJsonBytes(bytes: Uint8Array): JsonReading {
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return readJsonText(decoded.text);
  return inputProblem(400, 'not-utf-8', { encoding: decoded.encoding, offset: decoded.offset });
}

/** Reads text as one JSON object, without duplicate members and within the limits (threat cases V4, V7 to V12). */
export function readJsonText(text: string): JsonReading {
  const parsed = parseStrictJson(text, { maxDepth: LIMITS.maxDepth, maxNodes: LIMITS.maxNodes });
  if (!parsed.ok) return mistakeProblem(parsed);
  return isJsonObject(parsed.value)
    ? { kind: 'json', document: parsed.value, text }
    : problemAt(400, '', 'not-an-object');
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
