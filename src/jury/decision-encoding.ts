import { decodeUtf8 } from '../text/utf8.js';
import { type FileProblem, fileProblem } from './file-problem.js';

/** Encodings a decision file may be in. Anything but UTF-8 is read only when the caller names it. */
export type DecisionEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

type Decoded = { readonly text: string } | { readonly problem: FileProblem };

const BYTE_ORDER_MARKS: readonly (readonly [DecisionEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** First bytes of a workbook: a ZIP archive (xlsx, ods), or the older compound file (xls). */
const WORKBOOK_SIGNATURES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** Windows-1252 for 0x80 to 0x9F; NUL marks the five bytes it leaves undefined. */
const WESTERN_80_TO_9F = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

/**
 * Reads bytes as text, never guessing and never replacing what cannot be read: a file that is not in the encoding
 * named (UTF-8 by default) is refused, with the encoding it looks like. A byte-order mark is dropped.
 */
export function decodeDecisionFile(bytes: Uint8Array, encoding: DecisionEncoding = 'utf-8'): Decoded {
  const begins = (signature: readonly number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (WORKBOOK_SIGNATURES.some(begins)) return { problem: fileProblem('spreadsheet-file') };
  if (encoding === 'utf-8') return decodeDefault(bytes);
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => begins(mark))?.[0];
  if (marked !== undefined && marked !== encoding) {
    return { problem: fileProblem('encoding-mismatch', {}, { found: marked, needed: encoding }) };
  }
  return encoding === 'windows-1252' ? decodeWestern(bytes) : decodeUtf16(bytes, encoding);
}

function decodeDefault(bytes: Uint8Array): Decoded {
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return { text: decoded.text };
  if (decoded.encoding === 'invalid') {
    return { problem: fileProblem('encoding-invalid', {}, { found: decoded.offset + 1, needed: 'utf-8' }) };
  }
  const found = decoded.encoding === 'windows-1252?' ? 'windows-1252' : decoded.encoding;
  return { problem: fileProblem('encoding-not-utf-8', {}, { found }) };
}

function decodeWestern(bytes: Uint8Array): Decoded {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 4096) {
    const codes: number[] = [];
    for (const [index, byte] of bytes.subarray(start, start + 4096).entries()) {
      const code = byte >= 0x80 && byte <= 0x9f ? WESTERN_80_TO_9F.charCodeAt(byte - 0x80) : byte;
      if (code === 0 && byte !== 0) {
        return { problem: fileProblem('encoding-invalid', {}, { found: start + index + 1, needed: 'windows-1252' }) };
      }
      codes.push(code);
    }
    pieces.push(String.fromCharCode(...codes));
  }
  return { text: pieces.join('') };
}

function decodeUtf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): Decoded {
  try {
    return {
      text: new TextDecoder('utf-16le', { fatal: true }).decode(encoding === 'utf-16le' ? bytes : swapped(bytes)),
    };
  } catch {
    return { problem: fileProblem('encoding-invalid', {}, { found: bytes.length, needed: encoding }) };
  }
}

function swapped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => bytes[index % 2 === 0 ? index + 1 : index - 1] ?? byte);
}
