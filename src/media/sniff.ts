import { decodeUtf8 } from '../text/utf8.js';
import { PNG_SIGNATURE } from './png-reader.js';

/** What a file can be for us. Names and declared types are never asked: a file is what its first bytes say. */
export type SniffedFormat = 'png' | 'svg' | 'json' | 'jws' | 'pdf';

/** What an unknown file looks like, to tell somebody why it was refused. */
export type OtherFormat =
  | 'empty'
  | 'utf-16'
  | 'zip'
  | 'gzip'
  | 'jpeg'
  | 'gif'
  | 'webp'
  | 'html'
  | 'xml'
  | 'something-else';

export type Sniffed =
  | { readonly format: SniffedFormat }
  | { readonly format: 'unknown'; readonly looksLike: OtherFormat };

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;
/** Bytes looked at from the first that is no white space; longer prologues of an SVG are not known in the wild. */
const WINDOW = 16_384;

const MAGIC: readonly (readonly [readonly number[], Sniffed])[] = [
  [PNG_SIGNATURE, { format: 'png' }],
  // %PDF-
  [[0x25, 0x50, 0x44, 0x46, 0x2d], { format: 'pdf' }],
  [[0x50, 0x4b, 0x03, 0x04], unknown('zip')],
  [[0x50, 0x4b, 0x05, 0x06], unknown('zip')],
  [[0x1f, 0x8b], unknown('gzip')],
  [[0xff, 0xd8, 0xff], unknown('jpeg')],
  [[0x47, 0x49, 0x46, 0x38], unknown('gif')],
  [[0x52, 0x49, 0x46, 0x46], unknown('webp')],
];

/** White space, comments, processing instructions and the XML declaration: what may stand before a root element. */
const ASIDE = /(?:[\t\n\r ]+|<!--.*?-->|<\?.*?\?>)/sy;
/** A DOCTYPE is recognised here and refused by the reader, with a better answer than "unknown". */
const SVG_ROOT = /^<(?:!DOCTYPE[\t\n\r ]+svg|(?:[A-Za-z_][\w.-]*:)?svg)(?:[\t\n\r />]|$)/;
const HTML_ROOT = /^<(?:!DOCTYPE[\t\n\r ]+html|html|head|body|script|iframe|img|p|div)(?:[\t\n\r />]|$)/i;
const JSON_START = /^(?:[{["0-9-]|(?:true|false|null)(?![\w-]))/;
/** `{` in base64url begins with `e`, then `w`, `y` or `3` as white space, a name or `}` follows; a dot ends the header. */
const JWS_START = /^e[wy3][A-Za-z0-9_-]*(?:\.|=|$)/;

/**
 * Decides what bytes are by how they begin (threat case V61). A polyglot is what its beginning says, and unknown when
 * that is none of ours; reading it will then hold it to that format.
 */
export function sniff(bytes: Uint8Array): Sniffed {
  for (const [magic, answer] of MAGIC) {
    if (magic.every((byte, index) => bytes[index] === byte)) return answer;
  }
  const start = decodeUtf8(bytes.subarray(0, 4));
  if (!start.ok && start.encoding.startsWith('utf-16')) return unknown('utf-16');
  let at = BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte) ? BYTE_ORDER_MARK.length : 0;
  while (isSpace(bytes[at])) at += 1;
  return sniffBeginning(new TextDecoder('latin1').decode(bytes.subarray(at, at + WINDOW)));
}

/** The same for text somebody pasted. */
export function sniffText(text: string): Sniffed {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return sniffBeginning(text.slice(at, at + WINDOW));
}

function sniffBeginning(text: string): Sniffed {
  if (text === '') return unknown('empty');
  if (JSON_START.test(text)) return { format: 'json' };
  if (isJws(text)) return { format: 'jws' };
  if (text.startsWith('%PDF-')) return { format: 'pdf' };
  if (!text.startsWith('<')) return unknown('something-else');
  const root = text.slice(endOfAsides(text));
  if (SVG_ROOT.test(root)) return { format: 'svg' };
  if (HTML_ROOT.test(root)) return unknown('html');
  return unknown(/^<[A-Za-z_!]/.test(root) ? 'xml' : 'something-else');
}

/** A header that fills the whole window still counts; a short word that begins alike does not. */
function isJws(text: string): boolean {
  const found = JWS_START.exec(text)?.[0];
  return found !== undefined && (found.length === WINDOW || !/[A-Za-z0-9_-]$/.test(found));
}

function endOfAsides(text: string): number {
  let at = 0;
  for (;;) {
    ASIDE.lastIndex = at;
    const found = ASIDE.exec(text)?.[0].length ?? 0;
    if (found === 0) return at;
    at += found;
  }
}

function isSpace(code: number | undefined): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}

function unknown(looksLike: OtherFormat): Sniffed {
  return { format: 'unknown', looksLike };
}
