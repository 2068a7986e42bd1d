import type { LedgerEvent, LedgerKind } from '../../../ports/ledger.js';
import type { Instant } from '../../../text/instant.js';

/** What the chain hashes for one record, in this order of members. */
export interface ChainRecord {
  readonly sequence: number;
  /** Digest of the record before; of the strand's name for the first one. Hex. */
  readonly previous: string;
  readonly at: Instant;
  readonly actor: string;
  readonly event: LedgerEvent;
  /** SHA-256(salt ‖ payload), hex. */
  readonly payload?: string;
}

type Test = (value: unknown) => boolean;
type Members<T> = { readonly [M in keyof Required<T>]: Test };
type EventMembers = { readonly [K in LedgerKind]: Members<Omit<Extract<LedgerEvent, { kind: K }>, 'kind'>> };

/** Longest status list: 2²⁴ entries (the specification's minimum is 131,072). */
const LONGEST_LIST = 16_777_216;
const MOST_ROWS = 1_000_000;

const text: Test = (value) => typeof value === 'string' && value.length > 0;
const digest: Test = (value) => typeof value === 'string' && value.length === 64;
const oneOf =
  (...values: readonly string[]): Test =>
  (value) =>
    typeof value === 'string' && values.includes(value);
const integer =
  (least: number, most = Number.MAX_SAFE_INTEGER): Test =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most;
const instant: Test = (value) => typeof value === 'number' && Number.isFinite(value);
const texts: Test = (value) => Array.isArray(value) && value.length > 0 && value.every(text);

const CREDENTIAL = { issuer: text, credential: text };
const VERSION = { ...CREDENTIAL, version: integer(1) };

/**
 * What may be chained, member by member. A table of tests and no schema: a start puts every record of the chain
 * through it, and this takes a tenth of the time.
 */
const EVENTS: EventMembers = {
  'key-created': { issuer: text, algorithm: oneOf('Ed25519', 'ES256'), publicKeyMultibase: text },
  'key-retired': { issuer: text, publicKeyMultibase: text },
  'key-compromised': { issuer: text, publicKeyMultibase: text, since: instant },
  halted: {},
  resumed: {},
  'list-opened': {
    issuer: text,
    list: text,
    purpose: oneOf('revocation', 'suspension'),
    length: integer(1, LONGEST_LIST),
  },
  'list-closed': { issuer: text, list: text },
  restored: { strand: text, takenAt: instant },
  sealed: { issuer: text, session: text, digest: text, rows: integer(0, MOST_ROWS) },
  judged: { issuer: text, session: text, row: integer(0), ref: text },
  reserved: { ...VERSION, list: text, index: integer(0), ref: text, source: oneOf('jury', 'api') },
  issued: VERSION,
  voided: VERSION,
  revoked: CREDENTIAL,
  suspended: CREDENTIAL,
  reinstated: CREDENTIAL,
  superseded: VERSION,
  erased: { issuer: text, refs: texts },
};

/** The same table as pairs, with `kind` among them, and looked up by any text. */
const EVENT_TESTS = new Map<string, readonly (readonly [string, Test])[]>(
  Object.entries(EVENTS).map(([kind, members]) => [kind, [['kind', oneOf(kind)], ...Object.entries(members)]]),
);

const RECORD_TESTS = Object.entries({
  sequence: integer(1),
  previous: digest,
  at: instant,
  actor: (value) => typeof value === 'string',
  event: isLedgerEvent,
  payload: digest,
} satisfies Members<ChainRecord>);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Are these the members, each passing its test, and no other? */
function hasExactly(value: Record<string, unknown>, tests: readonly (readonly [string, Test])[]): boolean {
  return Object.keys(value).length === tests.length && tests.every(([member, test]) => test(value[member]));
}

/**
 * True for an event as the port describes it. An event with anything else in it is none, so that nothing personal
 * gets into the chain by accident.
 */
export function isLedgerEvent(value: unknown): value is LedgerEvent {
  if (!isRecord(value) || typeof value['kind'] !== 'string') return false;
  const tests = EVENT_TESTS.get(value['kind']);
  return tests !== undefined && hasExactly(value, tests);
}

const WITHOUT_PAYLOAD = RECORD_TESTS.filter(([member]) => member !== 'payload');

/** True for a record of the chain. */
export function isChainRecord(value: unknown): value is ChainRecord {
  return isRecord(value) && hasExactly(value, 'payload' in value ? RECORD_TESTS : WITHOUT_PAYLOAD);
}
