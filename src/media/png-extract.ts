import { decodeUtf8 } from '../text/utf8.js';
import { type Damage, damaged, type Extraction } from './extraction.js';
import { chunkData, type PngChunk, readPng } from './png-reader.js';

/** The keyword of Open Badges 3.0. @see https://www.imsglobal.org/spec/ob/v3p0/#baked-badge */
export const BADGE_KEYWORD = 'openbadgecredential';
/** That of Open Badges 1 and 2. */
const OLDER_KEYWORD = 'openbadges';

const TEXT_CHUNKS: ReadonlySet<string> = new Set(['iTXt', 'tEXt', 'zTXt']);
/** A PNG keyword is 1 to 79 bytes long. */
const MAX_KEYWORD = 79;

/** A chunk of text whose keyword is one of ours. */
export interface BadgeChunk extends PngChunk {
  readonly keyword: string;
}

export type PngExtraction = Extraction & {
  /** Width and height as the header states them, in pixels; absent where the file is damaged. */
  readonly size?: { readonly width: number; readonly height: number };
};

/**
 * Looks for the signed badge in a PNG: the text of exactly one uncompressed iTXt chunk, byte for byte. Pixels are never
 * decoded and nothing is inflated; what follows IEND is ignored.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#baked-badge
 */
export function extractFromPng(bytes: Uint8Array): PngExtraction {
  const png = readPng(bytes);
  if (!png.ok) return png;
  const size = { width: png.width, height: png.height };
  const found = badgeChunks(bytes, png.chunks);
  const badges = found.filter(({ keyword }) => keyword === BADGE_KEYWORD);
  const [badge] = badges;
  if (badges.length > 1) return { ok: false, problem: 'several', size };
  if (badge !== undefined) return { ...textOf(bytes, badge), size };
  return { ...olderBadge(bytes, found), size };
}

/** Every text chunk, compressed or not, that carries a keyword of Open Badges. */
export function badgeChunks(bytes: Uint8Array, chunks: readonly PngChunk[]): BadgeChunk[] {
  return chunks.flatMap((chunk) => {
    if (!TEXT_CHUNKS.has(chunk.type)) return [];
    const keyword = keywordOf(chunkData(bytes, chunk));
    return keyword === BADGE_KEYWORD || keyword === OLDER_KEYWORD ? [{ ...chunk, keyword }] : [];
  });
}

/** The keyword ends with a NUL: a text that merely begins like one of ours is none of ours. */
function keywordOf(data: Uint8Array): string | undefined {
  const end = data.subarray(0, MAX_KEYWORD + 1).indexOf(0);
  return end < 1 ? undefined : String.fromCharCode(...data.subarray(0, end));
}

function olderBadge(bytes: Uint8Array, found: readonly BadgeChunk[]): Extraction {
  const [older] = found;
  if (older === undefined) return { ok: false, problem: 'none' };
  if (found.length > 1) return { ok: false, problem: 'several' };
  const reading = older.type === 'tEXt' ? latin1Text(bytes, older) : textOf(bytes, older);
  return reading.ok ? { ok: false, problem: 'open-badges-2', text: reading.text } : reading;
}

/** Open Badges 1 put an address into a tEXt chunk. */
function latin1Text(bytes: Uint8Array, chunk: BadgeChunk): Extraction {
  const data = chunkData(bytes, chunk).subarray(chunk.keyword.length + 1);
  return { ok: true, text: new TextDecoder('latin1').decode(data) };
}

/**
 * Keyword, NUL, compression flag, compression method, language tag, NUL, translated keyword, NUL, text.
 * @see https://www.w3.org/TR/png-3/#11iTXt
 */
function textOf(bytes: Uint8Array, chunk: BadgeChunk): Extraction | Damage {
  if (chunk.type === 'zTXt') return { ok: false, problem: 'compressed' };
  if (chunk.type === 'tEXt') return { ok: false, problem: 'misplaced' };
  const data = chunkData(bytes, chunk);
  const flag = data[chunk.keyword.length + 1];
  if (flag === 1) return { ok: false, problem: 'compressed' };
  const language = chunk.keyword.length + 3;
  const languageEnd = data.indexOf(0, language);
  const translationEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (flag !== 0 || translationEnd < 0) return damaged('png-text-chunk', chunk.start);
  const text = data.subarray(translationEnd + 1);
  if (text.includes(0)) return damaged('png-text-chunk', chunk.start);
  const decoded = decodeUtf8(text);
  // A byte-order mark is part of the text here, and no part of a badge.
  if (!decoded.ok || text[0] === 0xef) return damaged('credential-not-utf-8', chunk.start);
  return { ok: true, text: decoded.text };
}
