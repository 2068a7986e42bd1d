/** An absolute IRI that N-Quads write as it is. Stricter than RFC 3987: the rest is for the library path. */
const PLAIN_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`\p{Cc}]*$/u;

/** Does the compiled path take this text for an absolute IRI? */
export function isPlainIri(text: string): boolean {
  return PLAIN_IRI.test(text);
}
