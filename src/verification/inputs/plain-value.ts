import { isJsonObject } from '../../ports/json.js';
import { LIMITS } from '../limits.js';

const LONE_SURROGATE = /\p{Surrogate}/u;
/** Most bytes of UTF-8 that a UTF-16 code unit takes in JSON text: `\u0000`. */
const BYTES_PER_UNIT = 6;
/** Brackets, colon, comma and quotes around a value, and the longest number. */
const BYTES_AROUND = 32;

/**
 * Is a parsed value plain JSON, and far enough within the limits of a text that nobody need count? Says no in every case of doubt.
 */
export function isWithinLimits(value: unknown): boolean {
  let nodes = 0;
  let bytes = 0;

  function isText(text: string): boolean {
    bytes += text.length * BYTES_PER_UNIT;
    return bytes <= LIMITS.maxBytes && !LONE_SURROGATE.test(text);
  }

  function isPlain(inner: unknown, depth: number): boolean {
    nodes += 1;
    bytes += BYTES_AROUND;
    if (nodes > LIMITS.maxNodes || bytes > LIMITS.maxBytes || depth > LIMITS.maxDepth) return false;
    switch (typeof inner) {
      case 'string':
        return isText(inner);
      case 'number':
        return Number.isFinite(inner) && !Object.is(inner, -0);
      case 'boolean':
        return true;
      case 'object':
        break;
      default:
        return false;
    }
    if (inner === null) return true;
    if (Array.isArray(inner)) return inner.every((item) => isPlain(item, depth + 1));
    if (Object.getPrototypeOf(inner) !== Object.prototype || 'toJSON' in inner) return false;
    if (!isJsonObject(inner)) return false;
    for (const name in inner) {
      if (FORBIDDEN.has(name) || !isText(name) || !isPlain(inner[name], depth + 1)) return false;
    }
    return true;
  }

  return isPlain(value, 1);
}

/** Names that the reader of text refuses, some of them only with others: it decides. */
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);
