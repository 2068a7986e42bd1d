import { isJsonObject, type JsonObject } from '../../ports/json.js';
import type { Localized } from '../../text/localized.js';
import { decodeUtf8, parseStrictJson, type StrictJsonMistake } from '../../text/strict-json.js';
import { type Finding, fail, unknown } from '../finding.js';
import { LIMITS } from '../limits.js';

/** A badge as received: bytes of a file, pasted text, or JSON somebody else has parsed. */
export type VerificationInput = Uint8Array | string | JsonObject;

export type Parsed =
  | { readonly ok: true; readonly document: JsonObject }
  | { readonly ok: false; readonly finding: Finding };

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];
const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/;

const FORMATS = {
  image: { fr: 'badge enregistré dans une image', en: 'badge baked into a picture' },
  pdf: { fr: 'badge joint à un PDF', en: 'badge attached to a PDF' },
  jwt: { fr: 'badge au format VC-JWT', en: 'badge in VC-JWT form' },
} as const satisfies Record<string, Localized>;

/**
 * Reads the input strictly: UTF-8, JSON without duplicate members, within limits, one object (V1 to V12). JSON that
 * comes parsed is written out and read again, so that it meets the same rules.
 */
export function parseInput(input: VerificationInput): Parsed {
  if (typeof input === 'string') return parseText(input);
  if (input instanceof Uint8Array) return parseBytes(input);
  return parseJson(input);
}

function parseJson(input: JsonObject): Parsed {
  try {
    return parseText(JSON.stringify(input));
  } catch (error) {
    // Nested beyond what the engine itself can write out.
    if (!(error instanceof RangeError)) throw error;
    const what = { fr: 'imbrication', en: 'nesting' };
    return refused(fail('too-complex', null, { what, limit: LIMITS.maxDepth }));
  }
}

function parseBytes(bytes: Uint8Array): Parsed {
  if (bytes.length > LIMITS.maxBytes) return tooLarge();
  if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return unsupported(FORMATS.image);
  const decoded = decodeUtf8(bytes);
  if (decoded.ok) return parseText(decoded.text);
  const { encoding, offset } = decoded;
  return refused(fail('not-utf-8', null, { encoding, offset }));
}

function parseText(text: string): Parsed {
  if (text.length > LIMITS.maxBytes) return tooLarge();
  const start = text.slice(0, 64).trimStart();
  if (start.startsWith('<')) return unsupported(FORMATS.image);
  if (start.startsWith('%PDF')) return unsupported(FORMATS.pdf);
  if (start.startsWith('ey') && COMPACT_JWS.test(text.trim())) return unsupported(FORMATS.jwt);
  const parsed = parseStrictJson(text, { maxDepth: LIMITS.maxDepth, maxNodes: LIMITS.maxNodes });
  if (!parsed.ok) return refused(findingOf(parsed));
  if (!isJsonObject(parsed.value)) return refused(fail('not-an-object', ''));
  return { ok: true, document: parsed.value };
}

function findingOf({ reason, line, column, pointer, detail }: StrictJsonMistake): Finding {
  switch (reason) {
    case 'syntax':
      return fail('json-syntax', pointer, { line, column, detail });
    case 'duplicate-member':
      return fail('duplicate-member', pointer, { line, column, detail });
    case 'too-deep':
      return fail('too-complex', pointer, { what: detail, limit: LIMITS.maxDepth });
    case 'too-many-nodes':
      return fail('too-complex', pointer, { what: detail, limit: LIMITS.maxNodes });
    case 'lone-surrogate':
    case 'forbidden-member':
    case 'number-out-of-range':
      return fail('malformed-value', pointer, { line, column, detail });
  }
}

function tooLarge(): Parsed {
  const what = { fr: 'taille en octets', en: 'size in bytes' };
  return refused(fail('too-complex', null, { what, limit: LIMITS.maxBytes }));
}

function unsupported(format: Localized): Parsed {
  return refused(unknown('unsupported-format', null, { format }));
}

function refused(finding: Finding): Parsed {
  return { ok: false, finding };
}
