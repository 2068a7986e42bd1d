import fc from 'fast-check';

const base64url = (minLength: number) =>
  fc.uint8Array({ minLength, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url'));

/** Characters that mean something to XML, PNG or JSON, among any others. */
const awkward = fc.constantFrom(
  ']]>',
  ']',
  '>',
  '<![CDATA[',
  '&amp;',
  '"',
  '\\',
  '\uFFFE',
  '\uFFFF',
  '\u{1FFFE}',
  'é',
  '\u2028',
  '🎓',
  '\r\n',
  '\0',
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', maxLength: 5 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

const jsonTexts = fc
  .tuple(
    fc.uniqueArray(text, { maxLength: 6 }),
    fc.array(text, { minLength: 6, maxLength: 6 }),
    fc.constantFrom(undefined, 2, '\t'),
  )
  .map(([names, values, indent]) => {
    const members = names.map((name, index) => [`m${name}`, values[index]] as const);
    return JSON.stringify(Object.fromEntries(members), null, indent);
  });
const jwsTexts = fc.tuple(base64url(1), base64url(1), base64url(1)).map((parts) => parts.join('.'));

/** Texts that may be baked: JSON objects with anything in their strings, and compact JWS. */
export const credentialTexts = fc.oneof({ arbitrary: jsonTexts, weight: 3 }, jwsTexts);
