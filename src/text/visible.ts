/**
 * Characters that turn or hide the text around them: bidirectional embeddings, overrides and isolates, controls other
 * than tab and line feed, line and paragraph separators. Marks of direction (LRM, RLM) and joiners stay: scripts need them.
 */
const UNRULY = /(?![\t\n])[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** Text with each unruly character written out as a mark such as `[U+202E]`, so that it acts on nothing and is seen. */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(UNRULY, (character) => `[U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
