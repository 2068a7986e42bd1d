import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { invalidStatus, type StatusProblem, unknownStatus } from './status-problem.js';

/** The types of entry that are read, and of the list that answers each. StatusList2021 is what bitstrings were before. */
export const STATUS_LIST_KINDS = {
  BitstringStatusListEntry: { credential: 'BitstringStatusListCredential', list: 'BitstringStatusList' },
  StatusList2021Entry: { credential: 'StatusList2021Credential', list: 'StatusList2021' },
} as const;
export type StatusEntryType = keyof typeof STATUS_LIST_KINDS;
const ENTRY_TYPES = ['BitstringStatusListEntry', 'StatusList2021Entry'] as const;

/** An entry, its shape checked. */
export interface StatusEntry {
  readonly type: StatusEntryType;
  readonly purpose: string;
  /** Where the list is. */
  readonly listUrl: string;
  /** Counted in entries of `size` bits; of any length. */
  readonly index: bigint;
  /** Bits of one entry. */
  readonly size: number;
  /** What each value means, for purpose `message`. */
  readonly messages: ReadonlyMap<number, string>;
}

const INDEX = /^(0|[1-9][0-9]*)$/;
const MAX_INDEX_DIGITS = 20;
const MAX_SIZE = 32;
const HEXADECIMAL = /^0x[0-9a-fA-F]{1,8}$/;

/**
 * Reads one entry of `credentialStatus` strictly.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistentry
 * @see https://www.w3.org/TR/2023/WD-vc-status-list-20230427/#statuslist2021entry
 */
export function readStatusEntry(
  entry: Json,
): { readonly outcome: 'entry'; readonly entry: StatusEntry } | StatusProblem {
  if (!isJsonObject(entry)) return malformed('the status entry is no object');
  const { type, id, statusPurpose: purpose, statusListIndex: index, statusListCredential: listUrl } = entry;
  if (type === undefined) return malformed('the status entry has no type');
  const types = Array.isArray(type) ? type : [type];
  const known = ENTRY_TYPES.find((name) => types.includes(name));
  if (known === undefined) {
    return unknownStatus('unsupported-status-type', 'no support for this type of status entry');
  }
  if (typeof purpose !== 'string' || purpose === '') return malformed('"statusPurpose" is no text');
  if (typeof listUrl !== 'string' || !URL.canParse(listUrl)) return malformed('"statusListCredential" is no URL');
  if (id === listUrl) return malformed('the status entry has the id of its list');
  if (typeof index !== 'string' || index.length > MAX_INDEX_DIGITS || !INDEX.test(index)) {
    return malformed('"statusListIndex" is no decimal integer written as text');
  }
  const size = readSize(entry);
  if (size === undefined) return malformed('"statusSize" is no integer from 1 to 32');
  const messages = readMessages(entry, size);
  if (messages === undefined) return malformed(`"statusMessage" does not name the ${2 ** size} values of an entry`);
  return { outcome: 'entry', entry: { type: known, purpose, listUrl, index: BigInt(index), size, messages } };
}

function readSize({ statusSize = 1 }: JsonObject): number | undefined {
  if (typeof statusSize !== 'number' || !Number.isInteger(statusSize)) return undefined;
  return statusSize >= 1 && statusSize <= MAX_SIZE ? statusSize : undefined;
}

/** Required for entries of more than one bit and for purpose `message`: one message for each value. */
function readMessages(entry: JsonObject, size: number): ReadonlyMap<number, string> | undefined {
  const { statusMessage, statusPurpose } = entry;
  const messages = new Map<number, string>();
  if (statusMessage === undefined) return size > 1 || statusPurpose === 'message' ? undefined : messages;
  if (!Array.isArray(statusMessage) || statusMessage.length !== 2 ** size) return undefined;
  for (const item of statusMessage) {
    const { status, message } = isJsonObject(item) ? item : {};
    if (typeof status !== 'string' || !HEXADECIMAL.test(status) || typeof message !== 'string') return undefined;
    messages.set(Number(status), message);
  }
  return messages.size === 2 ** size && [...messages.keys()].every((value) => value < 2 ** size) ? messages : undefined;
}

function malformed(detail: string): StatusProblem {
  return invalidStatus('MALFORMED_VALUE_ERROR', detail);
}
