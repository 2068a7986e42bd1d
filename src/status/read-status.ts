import type { Crypto } from '../ports/crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { type Instant, parseInstant } from '../text/instant.js';
import { readEntry, STATUS_LIST_LENGTH } from './bitstring.js';
import { decodeStatusList, MAX_BITSTRING_BYTES } from './encoded-list.js';
import { STATUS_LIST_KINDS, type StatusEntry } from './status-entry.js';
import { invalidStatus, type StatusProblem, unknownStatus } from './status-problem.js';

/** Clocks may differ by this much before a list counts as one of the future. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

/** What the list says of one entry. `message` is set where the entry explains its values. */
export type StatusReading =
  | { readonly outcome: 'clear'; readonly purpose: string; readonly message?: string }
  | { readonly outcome: 'set'; readonly purpose: string; readonly value: number; readonly message?: string }
  | StatusProblem;

export interface ReadStatusRequest {
  readonly entry: StatusEntry;
  /** The list credential; its proof and issuer are checked by the caller, before. */
  readonly list: JsonObject;
  readonly crypto: Crypto;
  /** When the question is asked: a list may have expired. */
  readonly at: Instant;
  readonly maxBytes?: number;
}

/**
 * Looks an entry up in its list. What a set bit means (revoked, suspended, …) follows from `purpose`.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#validate-algorithm
 */
export async function readStatus(request: ReadStatusRequest): Promise<StatusReading> {
  const { entry, list, crypto, at, maxBytes = MAX_BITSTRING_BYTES } = request;
  const encoded = readList(list, entry, at);
  if (typeof encoded !== 'string') return encoded;
  // Step 8: expand.
  const decoded = await decodeStatusList(encoded, crypto, maxBytes);
  if (!decoded.ok) {
    return decoded.reason === 'too-large'
      ? unknownStatus('too-complex', 'the list is larger than anybody needs')
      : unknownStatus('STATUS_VERIFICATION_ERROR', '"encodedList" cannot be expanded');
  }
  // Step 9: a shorter list would tell holders apart.
  const entries = Math.floor((decoded.bits.length * 8) / entry.size);
  if (entries < STATUS_LIST_LENGTH) {
    return unknownStatus(
      'STATUS_LIST_LENGTH_ERROR',
      `the list has ${entries} entries; the privacy minimum is ${STATUS_LIST_LENGTH}`,
    );
  }
  // Steps 10 and 11.
  if (entry.index >= BigInt(entries)) {
    return invalidStatus('RANGE_ERROR', `the list has ${entries} entries, none with index ${entry.index}`);
  }
  const value = readEntry(decoded.bits, Number(entry.index), entry.size);
  const text = entry.messages.get(value);
  const message = text === undefined ? {} : { message: text };
  return value === 0
    ? { outcome: 'clear', purpose: entry.purpose, ...message }
    : { outcome: 'set', purpose: entry.purpose, value, ...message };
}

/** The `encodedList` of a list that fits the entry. */
function readList(list: JsonObject, entry: StatusEntry, at: Instant): string | StatusProblem {
  const { id, type, credentialSubject: subject } = list;
  const kind = STATUS_LIST_KINDS[entry.type];
  if (!asList(type).includes(kind.credential)) return mismatch('it is no status list credential');
  if (id !== undefined && id !== entry.listUrl) return mismatch('it is the list of another URL');
  const time = timeProblem(list, at);
  if (time !== undefined) return time;
  if (!isJsonObject(subject) || !asList(subject['type']).includes(kind.list)) {
    return mismatch('its subject is no status list');
  }
  // Step 7: the list must be made for the purpose the entry names.
  if (!asList(subject['statusPurpose']).includes(entry.purpose)) {
    return mismatch(`it is not for purpose ${JSON.stringify(entry.purpose.slice(0, 100))}`);
  }
  const { encodedList } = subject;
  if (typeof encodedList !== 'string') return mismatch('it has no "encodedList"');
  // StatusList2021 writes the same without its multibase prefix.
  return entry.type === 'StatusList2021Entry' ? `u${encodedList}` : encodedList;
}

/** By the names of VCDM 2.0, or of 1.1, in which older lists are written. */
function timeProblem(list: JsonObject, at: Instant): StatusProblem | undefined {
  const { validFrom = list['issuanceDate'], validUntil = list['expirationDate'] } = list;
  const from = readInstant(validFrom);
  const until = readInstant(validUntil);
  if (from === 'malformed' || until === 'malformed') return mismatch('its dates are malformed');
  if (from !== undefined && from > at + CLOCK_SKEW_MILLISECONDS) return mismatch('it is not valid yet');
  if (until !== undefined && until < at) return mismatch('it has expired');
  return undefined;
}

function readInstant(value: Json | undefined): Instant | undefined | 'malformed' {
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? parseInstant(value) : undefined) ?? 'malformed';
}

function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function mismatch(detail: string): StatusProblem {
  return invalidStatus('STATUS_VERIFICATION_ERROR', `the status list does not fit the entry: ${detail}`);
}
