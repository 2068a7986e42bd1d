const LOCAL_PART = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?\.)+[\p{L}\p{N}][\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}]$/u;
const MAX_BYTES = 254;
const MAX_LOCAL_BYTES = 64;

/**
 * One plain address, as RFC 5321 carries it: dot-atom, `@`, a domain of two labels or more (international ones
 * included). No display name, comment, quoted part, space or line break: nothing that could add a header to a mail.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1
 */
export function isEmailAddress(text: string): boolean {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) return false;
  const at = text.lastIndexOf('@');
  return at > 0 && at <= MAX_LOCAL_BYTES && LOCAL_PART.test(text.slice(0, at)) && DOMAIN.test(text.slice(at + 1));
}
