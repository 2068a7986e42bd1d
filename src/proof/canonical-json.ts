import { isJsonObject, type Json } from '../ports/json.js';
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
  return write(value, '');
}

function write(value: Json, pointer: string): string {
  if (typeof value === 'string') return writeText(value, pointer);
  if (typeof value === 'number') return writeNumber(value, pointer);
  if (Array.isArray(value)) return `[${value.map((item, index) => write(item, `${pointer}/${index}`)).join(',')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    const written = members.map(([member, content]) => {
      const place = `${pointer}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}`;
      return `${writeText(member, place)}:${write(content, place)}`;
    });
    return `{${written.join(',')}}`;
  }
  return JSON.stringify(value);
}

function writeText(text: string, pointer: string): string {
  if (LONE_SURROGATE.test(text)) {
    throw new UnsafeDocumentError('text', pointer, `${pointer || '/'} holds a lone surrogate: no Unicode text`);
  }
  return JSON.stringify(text);
}

function writeNumber(number: number, pointer: string): string {
  const safe = Number.isInteger(number)
    ? Number.isSafeInteger(number) && !Object.is(number, -0)
    : Number.isFinite(number);
  if (!safe) throw new UnsafeDocumentError('number', pointer, `${pointer} holds a number a double cannot tell apart`);
  return JSON.stringify(number);
}
