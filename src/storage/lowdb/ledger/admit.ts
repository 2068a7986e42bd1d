import { type CredentialEntry, type KeyEntry, LedgerConflictError, type LedgerEvent } from '../../../ports/ledger.js';
import type { Instant } from '../../../text/instant.js';
import {
  firstReservation,
  furtherReservation,
  type LifeEvent,
  nextInLife,
  type ReservedEvent,
  servedVersion,
} from './credential-life.js';
import type { LedgerChange, LedgerFacts, OpenedList } from './facts.js';

/**
 * May this event follow what the ledger holds? @returns what it changes.
 * @throws {LedgerConflictError} when it contradicts the facts.
 */
export function admit(facts: LedgerFacts, event: LedgerEvent, at: Instant): LedgerChange {
  switch (event.kind) {
    case 'key-created':
      return admitNewKey(facts, event, at);
    case 'key-retired':
    case 'key-compromised':
      return { kind: 'key', entry: nextOfKey(facts.key(event.issuer, event.publicKeyMultibase), event) };
    case 'halted':
    case 'resumed':
      return admitHalt(facts, event.kind, at);
    case 'list-opened': {
      const { list, issuer, purpose, length } = event;
      if (facts.list(list) !== undefined) throw new LedgerConflictError('list-taken', `list ${list} is open already`);
      return { kind: 'list', list: { list, issuer, purpose, length, closed: false } };
    }
    case 'list-closed':
      return { kind: 'list', list: closedList(facts, event) };
    case 'restored':
      if (facts.isStrand(event.strand)) {
        throw new LedgerConflictError('strand-taken', `there is a strand ${event.strand} already`);
      }
      return { kind: 'strand', strand: event.strand };
    case 'sealed':
      return admitSession(facts, event, at);
    case 'judged':
      return admitRow(facts, event);
    case 'reserved':
      return { kind: 'credential', entry: admitReservation(facts, event, at) };
    case 'erased':
      return admitErasure(facts, event, at);
    default:
      return { kind: 'credential', entry: nextInLife(knownCredential(facts, event), event, at) };
  }
}

function knownCredential(facts: LedgerFacts, event: LifeEvent): CredentialEntry {
  const entry = facts.credential(event.credential);
  if (entry === undefined || entry.issuer !== event.issuer) {
    throw new LedgerConflictError('unknown-credential', `${event.issuer} has no credential ${event.credential}`);
  }
  return entry;
}

function admitNewKey(
  facts: LedgerFacts,
  { issuer, algorithm, publicKeyMultibase }: Extract<LedgerEvent, { kind: 'key-created' }>,
  at: Instant,
): LedgerChange {
  if (facts.key(issuer, publicKeyMultibase) !== undefined) {
    throw new LedgerConflictError('key-taken', `${issuer} has key ${publicKeyMultibase}`);
  }
  return { kind: 'key', entry: { issuer, algorithm, publicKeyMultibase, state: 'active', createdAt: at } };
}

/** `active → retired`, either `→ compromised`, and that again only with an earlier beginning. */
function nextOfKey(
  known: KeyEntry | undefined,
  event: Extract<LedgerEvent, { kind: 'key-retired' | 'key-compromised' }>,
): KeyEntry {
  const { issuer, publicKeyMultibase } = event;
  if (known !== undefined && event.kind === 'key-compromised') {
    if (event.since < (known.compromisedSince ?? Number.POSITIVE_INFINITY)) {
      return { ...known, state: 'compromised', compromisedSince: event.since };
    }
  } else if (known?.state === 'active') return { ...known, state: 'retired' };
  throw new LedgerConflictError('state-forbids', `no ${event.kind} of key ${publicKeyMultibase} of ${issuer} now`);
}

function admitHalt(facts: LedgerFacts, kind: 'halted' | 'resumed', at: Instant): LedgerChange {
  const isHalted = facts.halt() !== undefined;
  if (isHalted === (kind === 'halted')) {
    throw new LedgerConflictError('state-forbids', isHalted ? 'signing is halted already' : 'signing is not halted');
  }
  return { kind: 'halt', entry: isHalted ? undefined : { since: at } };
}

function closedList(facts: LedgerFacts, event: Extract<LedgerEvent, { kind: 'list-closed' }>): OpenedList {
  const list = facts.list(event.list);
  if (list?.issuer !== event.issuer) {
    throw new LedgerConflictError('unknown-list', `${event.issuer} has no list ${event.list}`);
  }
  if (list.closed) throw new LedgerConflictError('state-forbids', `list ${event.list} is closed already`);
  return { ...list, closed: true };
}

function admitSession(facts: LedgerFacts, event: Extract<LedgerEvent, { kind: 'sealed' }>, at: Instant): LedgerChange {
  const { issuer, session, digest, rows } = event;
  if (facts.session(session) !== undefined || facts.sessionOfDigest(issuer, digest) !== undefined) {
    throw new LedgerConflictError('session-taken', `session ${session}, or one with its digest, is sealed already`);
  }
  return { kind: 'session', entry: { issuer, session, digest, rows, sealedAt: at, judged: 0 } };
}

function admitRow(facts: LedgerFacts, event: Extract<LedgerEvent, { kind: 'judged' }>): LedgerChange {
  const session = facts.session(event.session);
  if (session?.issuer !== event.issuer || event.row >= session.rows) {
    throw new LedgerConflictError('state-forbids', `no sealed session ${event.session} with a row ${event.row}`);
  }
  if (facts.isJudged(event.session, event.row)) {
    throw new LedgerConflictError('session-taken', `row ${event.row} of session ${event.session} is judged already`);
  }
  assertNotErased(facts, event);
  return { kind: 'row', session: event.session, row: event.row };
}

function admitReservation(facts: LedgerFacts, event: ReservedEvent, at: Instant): CredentialEntry {
  const known = facts.credential(event.credential);
  const list = facts.list(event.list);
  if (list?.issuer !== event.issuer || event.index >= list.length) {
    throw new LedgerConflictError(
      'unknown-list',
      `${event.issuer} has no list ${event.list} with an index ${event.index}`,
    );
  }
  if (known === undefined && event.version !== 1) {
    throw new LedgerConflictError('unknown-credential', `${event.credential} has no version before ${event.version}`);
  }
  const next = known === undefined ? firstReservation(event, at) : furtherReservation(known, event, at);
  if (known === undefined) assertRefFree(facts, event);
  if (keepsItsEntry(known, event)) return next;
  if (list.closed) throw new LedgerConflictError('list-closed', `list ${event.list} gives no further index`);
  if (facts.isIndexUsed(event.list, event.index)) {
    throw new LedgerConflictError('index-taken', `index ${event.index} of list ${event.list} was drawn before`);
  }
  return next;
}

/** A re-issue keeps the status entry of the version it replaces. */
function keepsItsEntry(known: CredentialEntry | undefined, event: ReservedEvent): boolean {
  const served = known === undefined ? undefined : servedVersion(known);
  return served?.list === event.list && served.index === event.index;
}

/** What was erased stays so: the key of its refs is gone or about to go, and nothing new is tied to the person. */
function assertNotErased(facts: LedgerFacts, { issuer, ref }: { readonly issuer: string; readonly ref: string }): void {
  if (facts.isRefErased(issuer, ref)) {
    throw new LedgerConflictError('ref-erased', 'what this ref stood for was erased');
  }
}

/** "Issued once" rests on this: a ref leads to one credential, for good, unless that one was voided. */
function assertRefFree(facts: LedgerFacts, { issuer, ref }: ReservedEvent): void {
  assertNotErased(facts, { issuer, ref });
  const holder = facts.credentialsOfRef(issuer, ref).at(-1);
  if (holder !== undefined && facts.credential(holder)?.state !== 'voided') {
    throw new LedgerConflictError('ref-taken', `the ref led to credential ${holder} already`);
  }
}

function admitErasure(facts: LedgerFacts, event: Extract<LedgerEvent, { kind: 'erased' }>, at: Instant): LedgerChange {
  const { issuer, refs } = event;
  const entries: CredentialEntry[] = [];
  for (const ref of new Set(refs)) {
    for (const id of facts.credentialsOfRef(issuer, ref)) {
      const entry = facts.credential(id);
      if (entry !== undefined && entry.state !== 'erased') entries.push({ ...entry, state: 'erased', since: at });
    }
  }
  return { kind: 'erasure', issuer, refs, entries };
}
