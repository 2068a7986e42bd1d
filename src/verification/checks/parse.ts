import { isJsonObject, type JsonObject } from '../../ports/json.js';
import type { Localized } from '../../text/localized.js';
import { decodeUtf8, parseStrictJson, type StrictJsonMistake } from '../../text/strict-json.js';
import { type Finding, fail, unknown } from '../finding.js';
import { readCompactJws } from '../inputs/compact-jws.js';
import { decodeVcJwt, type VcJwt } from '../jwt/decode-vc-jwt.js';
import { LIMITS } from '../limits.js';
import { listOf, objectOf, textOf } from '../members.js';

/** A badge as received: bytes of a file, pasted text (JSON or a compact JWS), or JSON somebody else has parsed. */
export type VerificationInput = Uint8Array | string | JsonObject;

export type Parsed =
  | {
      readonly ok: true;
      readonly document: JsonObject;
      /** What the document came in, where a JWS around it stands for proofs in it. */
      readonly vcJwt?: VcJwt;
    }
  /** `check`: where the findings belong. A JWT that contradicts itself could be read; its signature is worth nothing. */
  | { readonly ok: false; readonly check: 'parse' | 'proof'; readonly findings: readonly Finding[] };

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47];
/** `{"` in base64url, and a dot somewhere: an attempt at a compact JWS, which its own reader judges. */
const JWS_START = /^e[wy3][A-Za-z0-9_-]*\./;

/** @see https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html */
const OPEN_BADGES_2 = 'https://w3id.org/openbadges/v2';

const FORMATS = {
  image: { fr: 'badge enregistré dans une image', en: 'badge baked into a picture' },
  pdf: { fr: 'badge joint à un PDF', en: 'badge attached to a PDF' },
} as const satisfies Record<string, Localized>;

/**
 * Reads the input strictly: a compact JWS by its own grammar (V35, V39, V66), else UTF-8, JSON without duplicate members, within limits, one object (V1 to V12). JSON that
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
  if (JWS_START.test(text)) return parseJws(text);
  const parsed = parseStrictJson(text, { maxDepth: LIMITS.maxDepth, maxNodes: LIMITS.maxNodes });
  if (!parsed.ok) return refused(findingOf(parsed));
  if (!isJsonObject(parsed.value)) return refused(fail('not-an-object', ''));
  if (isOpenBadges2(parsed.value)) return earlierStandard(parsed.value);
  return { ok: true, document: parsed.value };
}

/** The badge in a VC-JWT: the decoded payload and nothing else is what is checked and shown (V42). */
function parseJws(text: string): Parsed {
  const reading = readCompactJws(text);
  if (reading.kind === 'problem') return refused(reading.finding);
  if (isOpenBadges2(reading.jws.payload)) return earlierStandard(reading.jws.payload);
  const decoded = decodeVcJwt(reading.jws);
  if (!decoded.ok) return { ok: false, check: 'proof', findings: decoded.findings };
  return { ok: true, document: decoded.vcJwt.credential, vcJwt: decoded.vcJwt };
}

/** An assertion of Open Badges 2.0 proves nothing by itself: the issuer's site does. Neither valid nor invalid here. */
function earlierStandard({ id, verification }: JsonObject): Parsed {
  const { url } = objectOf(verification);
  const address = textOf(url) ?? textOf(id) ?? '';
  return refused(unknown('open-badges-2', '/@context', { address }));
}

function isOpenBadges2({ '@context': context }: JsonObject): boolean {
  return listOf(context)[0] === OPEN_BADGES_2;
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
  return { ok: false, check: 'parse', findings: [finding] };
}
