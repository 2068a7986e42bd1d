import { refuse } from './xml-refusal.js';

/** The productions of XML 1.0 (fifth edition) the reader needs. @see https://www.w3.org/TR/xml/ */

/** [2] Char, turned round: what may stand nowhere in a document, not even as a reference. */
export const FORBIDDEN_CHARACTER = /[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** [3] S, or nothing. */
export const WHITE_SPACE = /^[\t\n\r ]*$/;

/** [4] NameStartChar without the colon, which parts a prefix from a name. */
const NAME_START =
  'A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
/** [4a] NameChar. */
const NAME_REST = `${NAME_START}\\-.0-9\\xB7\\u0300-\\u036F\\u203F\\u2040`;
const UNPREFIXED = `[${NAME_START}][${NAME_REST}]*`;

/** QName of Namespaces in XML; sticky. @see https://www.w3.org/TR/xml-names/#NT-QName */
export const QUALIFIED_NAME = new RegExp(`${UNPREFIXED}(?::${UNPREFIXED})?`, 'uy');

/** [23] XMLDecl: version 1.0, in UTF-8 (of which ASCII is a part) where an encoding is named. */
export const XML_DECLARATION =
  /^<\?xml[\t\n\r ]+version[\t\n\r ]*=[\t\n\r ]*(?:"1\.0"|'1\.0')(?:[\t\n\r ]+encoding[\t\n\r ]*=[\t\n\r ]*(?:"(?:utf-8|us-ascii)"|'(?:utf-8|us-ascii)'))?(?:[\t\n\r ]+standalone[\t\n\r ]*=[\t\n\r ]*(?:"(?:yes|no)"|'(?:yes|no)'))?[\t\n\r ]*\?>/i;

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const REFERENCE = /&(?:([A-Za-z][\w.-]*)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));/y;

/** Text between tags with its references resolved. @param at where it stands, for a refusal. */
export function characterData(written: string, at: number): string {
  const stray = written.indexOf(']]>');
  if (stray >= 0) refuse('xml-markup', at + stray);
  return resolved(written, at);
}

/** [10] AttValue without its quotes: white space becomes spaces, references are resolved. */
export function attributeValue(written: string, at: number): string {
  const stray = written.indexOf('<');
  if (stray >= 0) refuse('xml-attribute', at + stray);
  return resolved(written.replaceAll(/\r\n|[\t\n\r]/g, ' '), at);
}

/** One reference after another, so that the first bad one ends it. */
function resolved(written: string, at: number): string {
  let text = '';
  let from = 0;
  for (let start = written.indexOf('&'); start >= 0; start = written.indexOf('&', from)) {
    REFERENCE.lastIndex = start;
    const found = REFERENCE.exec(written);
    if (found === null) refuse('xml-markup', at + start);
    text += written.slice(from, start) + referredTo(found, at + start);
    from = REFERENCE.lastIndex;
  }
  return text + written.slice(from);
}

/** Entities other than the five predefined ones are refused: without a DOCTYPE a document has no others. */
function referredTo([, name, decimal, hexadecimal = '']: RegExpExecArray, at: number): string {
  if (name !== undefined) return PREDEFINED.get(name) ?? refuse('markup-refused', at);
  const number = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
  if (number > 0x10ffff) refuse('xml-character', at);
  const character = String.fromCodePoint(number);
  return FORBIDDEN_CHARACTER.test(character) ? refuse('xml-character', at) : character;
}
