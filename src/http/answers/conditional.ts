/** Said of a body, and of none. */
const OF_THE_BODY: readonly string[] = ['content-type', 'content-length'];

/**
 * Does `If-None-Match` name this entity tag? Weak comparison, lists, `*`.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match
 */
export function isNamed(tag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false;
  const named = ifNoneMatch.split(',').map((item) => item.trim().replace(/^W\//, ''));
  return named.includes('*') || named.includes(tag);
}

/**
 * The headers of a 304 from those of the 200 it stands for: all that is not about the body, so that a cache that renews
 * what it holds with them loses nothing.
 */
export function notModifiedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_THE_BODY.includes(name)));
}
