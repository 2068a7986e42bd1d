/**
 * Public ids (decision 8): 128 random bits as 26 characters of Crockford base32, printed in lower case, read in either
 * case and with the confusions the alphabet was made for (I and L for 1, O for 0).
 * @see https://www.crockford.com/base32.html
 */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 26;
const BITS = 128n;

/** @param bytes 16 bytes. @returns 26 characters. */
export function formatPublicId(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new RangeError(`a public id has 16 bytes, not ${bytes.length}`);
  let text = '';
  // 26 digits hold 130 bits: the first two are 0.
  let pending = 0;
  let bits = 2;
  for (const byte of bytes) {
    pending = (pending << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET.charAt((pending >> (bits - 5)) & 31);
    pending &= 31;
  }
  return text;
}

/** The id as it is stored and printed; undefined for a text that is none. @param text as somebody typed it, any length. */
export function normaliseId(text: string): string | undefined {
  if (text.length !== LENGTH) return undefined;
  const id = text.toLowerCase().replaceAll(/[il]/g, '1').replaceAll('o', '0');
  let value = 0n;
  for (const character of id) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) return undefined;
    value = (value << 5n) | BigInt(digit);
  }
  return value >> BITS === 0n ? id : undefined;
}
