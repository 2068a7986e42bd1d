import type { JsonObject } from '../../ports/json.js';
import { type Finding, unknown } from '../finding.js';
import type { CompactJws } from '../inputs/compact-jws.js';
import { readJsonValue } from '../inputs/json-text.js';
import { type InputReading, readInput } from '../inputs/read-input.js';
import { decodeVcJwt, type VcJwt } from '../jwt/decode-vc-jwt.js';
import { listOf, objectOf, textOf } from '../members.js';

/** A badge as received: bytes of a file, pasted text, or JSON somebody else has parsed. */
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

/** @see https://www.imsglobal.org/sites/default/files/Badges/OBv2p0Final/index.html */
const OPEN_BADGES_2 = 'https://w3id.org/openbadges/v2';

/** Reads the input as {@link readInput} does, and takes a JWS apart; JSON that comes parsed meets the same rules. */
export function parseInput(input: VerificationInput): Parsed {
  const isText = typeof input === 'string' || input instanceof Uint8Array;
  return parseReading(isText ? readInput(input) : readJsonValue(input));
}

/** What was read, as a badge to examine, or what is to be said instead. */
export function parseReading(reading: InputReading): Parsed {
  switch (reading.kind) {
    case 'json':
      return isOpenBadges2(reading.document)
        ? earlierStandard(addressOf(reading.document))
        : { ok: true, document: reading.document };
    case 'jws':
      return parseJws(reading.jws);
    case 'open-badges-2':
      return parseEarlierPicture(reading.text);
    case 'url':
      return refused(unknown('url-not-allowed', null, { found: reading.url }));
    case 'problem':
      return refused(reading.finding);
  }
}

/** The badge in a VC-JWT: the decoded payload and nothing else is what is checked and shown (V42). */
function parseJws(jws: CompactJws): Parsed {
  if (isOpenBadges2(jws.payload)) return earlierStandard(addressOf(jws.payload));
  const decoded = decodeVcJwt(jws);
  if (!decoded.ok) return { ok: false, check: 'proof', findings: decoded.findings };
  return { ok: true, document: decoded.vcJwt.credential, vcJwt: decoded.vcJwt };
}

/** A picture of the earlier standard holds an assertion, or the address of one. A badge of 3.0 in it is still a badge. */
function parseEarlierPicture(text: string): Parsed {
  const reading = readInput(text);
  if (reading.kind === 'json' || reading.kind === 'jws') return parseReading(reading);
  return earlierStandard(reading.kind === 'url' ? reading.url : '');
}

/** An assertion of Open Badges 2.0 proves nothing by itself: the issuer's site does. Neither valid nor invalid here. */
function earlierStandard(address: string): Parsed {
  return refused(unknown('open-badges-2', '/@context', { address }));
}

function addressOf({ id, verification }: JsonObject): string {
  return textOf(objectOf(verification)['url']) ?? textOf(id) ?? '';
}

function isOpenBadges2({ '@context': context }: JsonObject): boolean {
  return listOf(context)[0] === OPEN_BADGES_2;
}

function refused(finding: Finding): Parsed {
  return { ok: false, check: 'parse', findings: [finding] };
}
