const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NONE = 0xff;
const VALUES = new Uint8Array(128).fill(NONE);
for (let value = 0; value < ALPHABET.length; value += 1) VALUES[ALPHABET.charCodeAt(value)] = value;

export type Base64urlReading =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly mistake: 'padding' | 'alphabet' | 'trailing-bits' };

/**
 * Reads base64url without padding, and only the one text that stands for the bytes: unused trailing bits must be zero,
 * so nobody makes a second text out of a signed one (threat case V66). The usual libraries take both.
 * @see https://www.rfc-editor.org/rfc/rfc4648#section-3.5 and https://www.rfc-editor.org/rfc/rfc7515#appendix-C
 */
export function decodeBase64url(text: string): Base64urlReading {
  if (text.endsWith('=')) return { ok: false, mistake: 'padding' };
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let written = 0;
  let bits = 0;
  let bitCount = 0;
  for (let at = 0; at < text.length; at += 1) {
    const value = VALUES[text.charCodeAt(at)] ?? NONE;
    if (value === NONE) return { ok: false, mistake: 'alphabet' };
    bits = (bits << 6) | value;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      bytes[written] = bits >> bitCount;
      written += 1;
      bits &= (1 << bitCount) - 1;
    }
  }
  // Six bits over are a character too many; fewer must be zero.
  return bitCount === 6 || bits !== 0 ? { ok: false, mistake: 'trailing-bits' } : { ok: true, bytes };
}

/** Writes base64url without padding. @see https://www.rfc-editor.org/rfc/rfc7515#appendix-C */
export function encodeBase64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += ALPHABET[(group >> shift) & 63];
  }
  return text.slice(0, Math.ceil((bytes.length * 4) / 3));
}
