import type { Extraction } from '../../media/extraction.js';
import { extractFromPdf, type PdfExtraction } from '../../media/pdf/pdf-extract.js';
import { extractFromPng } from '../../media/png-extract.js';
import { type Sniffed, sniff, sniffText } from '../../media/sniff.js';
import { extractFromSvg } from '../../media/svg-extract.js';
import { OTHER_FILES } from '../../text/check-messages-input.js';
import { LIMITS } from '../limits.js';
import { type JwsReading, readCompactJws } from './compact-jws.js';
import { type InputProblem, inputProblem, nothingToJudge } from './input-problem.js';
import { type JsonReading, readJsonBytes, readJsonText } from './json-text.js';
import { readPastedUrl, type UrlReading } from './pasted-url.js';

/**
 * What was handed in: a document, a compact JWS, an https address to look up, a picture with a badge of the earlier
 * standard (its text as found), or the reason why there is nothing to examine.
 */
export type InputReading =
  | JsonReading
  | JwsReading
  | UrlReading
  | { readonly kind: 'open-badges-2'; readonly text: string }
  | InputProblem;

/**
 * Reads a badge as received, by what it is and never by its name or declared type: JSON, compact JWS, a PNG or SVG
 * picture with either baked in, or a PDF attestation with either attached. Text may also be an address. Never throws (threat cases V1 to V12, V35, V39, V58 to
 * V62, V66).
 */
export function readInput(input: Uint8Array | string): InputReading {
  return typeof input === 'string' ? readText(input) : readBytes(input);
}

function readBytes(bytes: Uint8Array): InputReading {
  if (bytes.length > LIMITS.maxImageBytes) return tooLarge(LIMITS.maxImageBytes);
  const sniffed = sniff(bytes);
  switch (sniffed.format) {
    case 'png':
      return readExtraction(extractFromPng(bytes));
    case 'svg':
      return readExtraction(extractFromSvg(bytes));
    case 'pdf':
      return bytes.length > LIMITS.maxBytes ? tooLarge(LIMITS.maxBytes) : readAttachment(extractFromPdf(bytes));
    case 'json':
      return bytes.length > LIMITS.maxBytes ? tooLarge(LIMITS.maxBytes) : readJsonBytes(bytes);
    case 'jws':
      // Any byte outside ASCII becomes a character outside the grammar.
      return readJws(new TextDecoder('latin1').decode(bytes));
    default:
      return notABadge(sniffed);
  }
}

function readText(text: string): InputReading {
  if (text.length > LIMITS.maxImageBytes) return tooLarge(LIMITS.maxImageBytes);
  const sniffed = sniffText(text);
  switch (sniffed.format) {
    case 'svg':
      return readExtraction(extractFromSvg(text));
    case 'json':
      return readJsonText(text);
    case 'jws':
      return readJws(text);
    case 'unknown':
      if (sniffed.looksLike !== 'something-else') return notABadge(sniffed);
      // For a person who pasted something, "no JSON: line 1, column 1" says more than "unknown format".
      return readPastedUrl(text) ?? readJsonText(text);
    default:
      return notABadge(sniffed);
  }
}

function readExtraction(extraction: Extraction): InputReading {
  if (extraction.ok) return readBaked(extraction.text);
  switch (extraction.problem) {
    case 'none':
      return nothingToJudge(422, 'no-credential-in-image');
    case 'several':
      return inputProblem(422, 'multiple-credentials-in-image');
    case 'compressed':
      return inputProblem(422, 'compressed-credential-in-image');
    case 'misplaced':
      return inputProblem(422, 'misplaced-credential-in-image');
    case 'markup-refused':
      return inputProblem(422, 'forbidden-markup');
    case 'damaged':
      return inputProblem(422, 'damaged-image', { damage: extraction.damage, offset: extraction.offset });
    case 'open-badges-2':
      return { kind: 'open-badges-2', text: extraction.text };
  }
}

/** The attachment alone is believed: nothing that is printed on the page is even looked at. */
function readAttachment(extraction: PdfExtraction): InputReading {
  if (extraction.ok) return readBaked(extraction.text);
  switch (extraction.problem) {
    case 'none':
      return nothingToJudge(422, 'no-credential-in-pdf');
    case 'several':
      return inputProblem(422, 'multiple-credentials-in-pdf');
    case 'changed':
      return nothingToJudge(422, 'changed-pdf');
    case 'active':
      return inputProblem(422, 'active-pdf');
    case 'damaged':
      return inputProblem(422, 'damaged-pdf', { damage: extraction.damage, offset: extraction.offset });
  }
}

/** A picture holds JSON or a compact JWS: an address in it is not looked up (Open Badges 3.0, Baked Badge). */
function readBaked(text: string): InputReading {
  return sniffText(text).format === 'jws' ? readJws(text) : readJsonText(text);
}

function readJws(text: string): JwsReading {
  return text.length > LIMITS.maxBytes ? tooLarge(LIMITS.maxBytes) : readCompactJws(text);
}

function tooLarge(limit: number): InputProblem {
  return inputProblem(413, 'payload-too-large', { limit });
}

function notABadge(sniffed: Sniffed): InputProblem {
  if (sniffed.format !== 'unknown') return nothingToJudge(415, 'unsupported-media-type', { found: OTHER_FILES.pdf });
  switch (sniffed.looksLike) {
    case 'empty':
      return inputProblem(400, 'empty-input');
    case 'utf-16':
      return inputProblem(400, 'not-utf-8', { encoding: 'utf-16', offset: 0 });
    case 'gzip':
      // As likely a compressed SVG as anything else; nothing is inflated to find out.
      return inputProblem(422, 'compressed-credential-in-image');
    default:
      return nothingToJudge(415, 'unsupported-media-type', { found: OTHER_FILES[sniffed.looksLike] });
  }
}
