/** What the bytes look like instead, when they are not UTF-8. `windows-1252?` is a guess: nothing marks that encoding. */
export type OtherEncoding = 'utf-16le' | 'utf-16be' | 'windows-1252?' | 'invalid';

export type DecodedText =
  | { readonly ok: true; readonly text: string }
  /** `offset`: the first byte that cannot stand there, counted from 0. */
  | { readonly ok: false; readonly encoding: OtherEncoding; readonly offset: number };

/** Bytes that windows-1252 leaves undefined: a file holding one is not in that encoding. */
const UNDEFINED_IN_WINDOWS_1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

/** Length of the well-formed sequence at `at`, or 0. @see https://www.unicode.org/versions/latest/core-spec/chapter-3/#G27506 */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  const second = bytes[at + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (length === 0 || second < lowest || second > highest) return 0;
  for (let index = at + 2; index < at + length; index += 1) {
    if (((bytes[index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

function firstBadByte(bytes: Uint8Array): { readonly offset: number; readonly sawMultibyte: boolean } {
  let offset = 0;
  let sawMultibyte = false;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) break;
    sawMultibyte ||= length > 1;
    offset += length;
  }
  return { offset, sawMultibyte };
}

/** UTF-16 without a byte-order mark shows as a NUL beside the first two ASCII characters. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (bytes.length < 4) return undefined;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return 'utf-16be';
  return undefined;
}

/**
 * Reads UTF-8 and nothing else; a leading byte-order mark is dropped. Bytes are never replaced by U+FFFD: what cannot
 * be read is refused with the encoding it looks like (threat cases V2, V3, C1).
 */
export function decodeUtf8(bytes: Uint8Array): DecodedText {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return { ok: false, encoding: utf16, offset: 0 };
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const { offset, sawMultibyte } = firstBadByte(bytes);
    const western = !sawMultibyte && !bytes.some((byte) => UNDEFINED_IN_WINDOWS_1252.has(byte));
    return { ok: false, encoding: western ? 'windows-1252?' : 'invalid', offset };
  }
}
