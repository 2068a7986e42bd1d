const ESCAPED = '\u0001';

/** PostgreSQL keeps no U+0000 in a text, and UTF-8 no half of a surrogate pair. */
function isKept(text: string): boolean {
  return !text.includes('\u0000') && !text.includes(ESCAPED) && !/\p{Surrogate}/u.test(text);
}

/** Any text as a text the database keeps: another one for every text, itself for all but the strangest. */
export function toTextKey(text: string): string {
  return isKept(text) ? text : ESCAPED + JSON.stringify(text);
}

/** The text that {@link toTextKey} was given. */
export function fromTextKey(key: string): string {
  return key.startsWith(ESCAPED) ? JSON.parse(key.slice(ESCAPED.length)) : key;
}
