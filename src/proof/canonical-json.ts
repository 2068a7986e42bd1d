import { isJsonObject, type Json } from '../ports/json.js';
import { jsonPointer, type PointerStep } from '../text/json-pointer.js';
import { UnsafeDocumentError } from './canonize-errors.js';

const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * The canonical text of a JSON value by the JSON Canonicalization Scheme: members sorted by their UTF-16 units, no
 * white space, numbers as ECMAScript writes them.
 * @throws {UnsafeDocumentError} for a text with a lone surrogate (V12), and for a number that may stand for another one
 * of the same double: an integer beyond 2⁵³ − 1, −0, what is too large for a double (V11).
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(value: Json): string {
  return write(value, []);
}

/** @param path where the value stands; one list for the whole document, written out only where something is wrong. */
function write(value: Json, path: PointerStep[]): string {
  if (typeof value === 'string') return writeText(value, path);
  if (typeof value === 'number') return writeNumber(value, path);
  if (Array.isArray(value)) return `[${value.map((item, index) => writeInside(item, index, path)).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    const written = members.map(
      ([member, content]) => `${writeText(member, path)}:${writeInside(content, member, path)}`,
    );
    return `{${written.join(',')}}`;
  }
  return JSON.stringify(value);
}

function writeInside(value: Json, step: PointerStep, path: PointerStep[]): string {
  path.push(step);
  const written = write(value, path);
  path.pop();
  return written;
}

function writeText(text: string, path: readonly PointerStep[]): string {
  if (LONE_SURROGATE.test(text)) {
    const pointer = jsonPointer(path);
    throw new UnsafeDocumentError('text', pointer, `${pointer || '/'} holds a lone surrogate: no Unicode text`);
  }
  return JSON.stringify(text);
}

function writeNumber(number: number, path: readonly PointerStep[]): string {
  const safe = Number.isInteger(number)
    ? Number.isSafeInteger(number) && !Object.is(number, -0)
    : Number.isFinite(number);
  if (safe) return JSON.stringify(number);
  const pointer = jsonPointer(path);
  throw new UnsafeDocumentError('number', pointer, `${pointer} holds a number a double cannot tell apart`);
}
