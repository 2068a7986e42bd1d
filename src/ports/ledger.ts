import type { Instant } from '../text/instant.js';
import type { LedgerDamage } from '../text/ledger-damage.js';
import { DomainError } from './error.js';
import type { Json } from './json.js';
import type { SigningAlgorithm } from './signer.js';

export type StatusPurpose = 'revocation' | 'suspension';

/**
 * What happened, as the chain keeps it. No personal data: names, reasons, verdict rows and documents are payloads
 * stored apart, of which the chain holds SHA-256(salt ‖ payload) only. `ref` is an HMAC under a key of the student's
 * own; `actor` is an operator or token id, or the name of a command.
 */
export type LedgerEvent =
  | {
      readonly kind: 'key-created';
      readonly issuer: string;
      readonly algorithm: SigningAlgorithm;
      readonly publicKeyMultibase: string;
    }
  | { readonly kind: 'key-retired'; readonly issuer: string; readonly publicKeyMultibase: string }
  /**
   * Somebody else may have signed with this key since then: payload = the reason given. Said once more with an earlier
   * `since` only: what was doubted is never trusted again.
   */
  | {
      readonly kind: 'key-compromised';
      readonly issuer: string;
      readonly publicKeyMultibase: string;
      readonly since: Instant;
    }
  /** Nothing is signed in the whole house, whichever the issuer, until `resumed`. Payload of both = the reason given. */
  | { readonly kind: 'halted' }
  | { readonly kind: 'resumed' }
  | {
      readonly kind: 'list-opened';
      readonly issuer: string;
      readonly list: string;
      readonly purpose: StatusPurpose;
      readonly length: number;
    }
  /**
   * No further index of this list is drawn; its bits live on. What a restore does to every list there is: an older copy
   * does not know which indexes were drawn after it was made.
   */
  | { readonly kind: 'list-closed'; readonly issuer: string; readonly list: string }
  /**
   * A copy made at `takenAt` was put in place of what came after it. From this record on, what its writer appends counts
   * as a strand of its own, called `strand`, so that nobody takes it for the records that were lost: a checkpoint of
   * those names the strand before. An adapter whose writers begin a new strand at every start anyway may go on in that.
   */
  | { readonly kind: 'restored'; readonly strand: string; readonly takenAt: Instant }
  /** A jury session: payload = definition id, version and digest, file digests, counts. */
  | {
      readonly kind: 'sealed';
      readonly issuer: string;
      readonly session: string;
      readonly digest: string;
      readonly rows: number;
    }
  /** One row of a sealed session, counted from 0: payload = decision and verdict of one engagement. */
  | {
      readonly kind: 'judged';
      readonly issuer: string;
      readonly session: string;
      readonly row: number;
      readonly ref: string;
    }
  /** About to be signed: payload = the exact unsigned document and what the house knows of the award. */
  | {
      readonly kind: 'reserved';
      readonly issuer: string;
      readonly credential: string;
      readonly version: number;
      readonly list: string;
      readonly index: number;
      readonly ref: string;
      readonly source: 'jury' | 'api';
    }
  /** Payload = the signed document. */
  | { readonly kind: 'issued'; readonly issuer: string; readonly credential: string; readonly version: number }
  /** The reservation came to nothing; its index is never used again. Payload = why. */
  | { readonly kind: 'voided'; readonly issuer: string; readonly credential: string; readonly version: number }
  /** Payload of the next three = the reason given. */
  | { readonly kind: 'revoked'; readonly issuer: string; readonly credential: string }
  | { readonly kind: 'suspended'; readonly issuer: string; readonly credential: string }
  | { readonly kind: 'reinstated'; readonly issuer: string; readonly credential: string }
  /** A correction took a new status entry: the bit of this older version is set. */
  | { readonly kind: 'superseded'; readonly issuer: string; readonly credential: string; readonly version: number }
  /** Payloads of these refs are deleted after this record is durable. */
  | { readonly kind: 'erased'; readonly issuer: string; readonly refs: readonly string[] };

export type LedgerKind = LedgerEvent['kind'];

export interface LedgerEntry {
  readonly event: LedgerEvent;
  readonly actor: string;
  readonly payload?: Json;
}

/** One durable record of the chain. */
export interface LedgerRecord {
  /** 1, 2, 3 … in its strand. */
  readonly sequence: number;
  readonly at: Instant;
  readonly actor: string;
  readonly event: LedgerEvent;
  /** SHA-256 of the record's bytes, hex: the next record names it. */
  readonly digest: string;
  readonly hasPayload: boolean;
}

export type CredentialLifeState = 'reserved' | 'active' | 'suspended' | 'revoked' | 'voided' | 'erased';

export interface CredentialVersion {
  readonly version: number;
  readonly list: string;
  readonly index: number;
  readonly state: 'reserved' | 'issued' | 'voided';
  readonly superseded: boolean;
  readonly reservedAt: Instant;
  readonly issuedAt: Instant | undefined;
}

/** What the ledger says of one credential. */
export interface CredentialEntry {
  readonly credential: string;
  readonly issuer: string;
  readonly ref: string;
  readonly source: 'jury' | 'api';
  readonly state: CredentialLifeState;
  /** When it entered this state. */
  readonly since: Instant;
  /** Oldest first; at least one. */
  readonly versions: readonly CredentialVersion[];
}

/** Some credentials, a few hundred at most. */
export interface CredentialPage {
  readonly entries: readonly CredentialEntry[];
  /** Asks for those that follow; undefined on the last page. */
  readonly next: string | undefined;
}

export interface StatusListEntry {
  readonly list: string;
  readonly issuer: string;
  readonly purpose: StatusPurpose;
  readonly length: number;
  /** How many indexes were ever drawn, voided ones included. */
  readonly used: number;
  /** True once no further index is drawn from it. */
  readonly closed: boolean;
  /** Changes whenever a bit is set: the mark of a dirty list. */
  readonly revision: number;
}

export interface KeyEntry {
  readonly issuer: string;
  readonly algorithm: SigningAlgorithm;
  readonly publicKeyMultibase: string;
  /** Only an active key signs. A retired one speaks for what it signed, for ever; a compromised one for what it had signed before. */
  readonly state: 'active' | 'retired' | 'compromised';
  readonly createdAt: Instant;
  /** Set where `state` is `compromised`. */
  readonly compromisedSince?: Instant;
}

/** An emergency stop that was not ended yet. */
export interface HaltEntry {
  readonly since: Instant;
}

export interface SessionEntry {
  readonly issuer: string;
  readonly session: string;
  readonly digest: string;
  readonly rows: number;
  readonly sealedAt: Instant;
  /** How many of its `judged` rows are durable: all of them where session and rows are one append, as when issuing. */
  readonly judged: number;
}

/**
 * Append only. Payloads are made durable first, then the chain; an append resolves when both are. Every writer has a
 * strand of its own. Must hold, and the contract suite checks it: (list, index), (credential, version) and
 * (issuer, ref) are unique (a ref is free again only when its credential was voided); states follow
 * `reserved → active | voided`, `active ⇄ suspended`, either `→ revoked`; of keys `active → retired`, either
 * `→ compromised`; the house is halted only while it is not, and resumed only while it is; an entry that breaks a rule
 * is refused alone and nothing of it is kept; a refused or failed append is never visible to a reader.
 */
export interface Ledger {
  /**
   * Appends the entries in order, together with those of other callers waiting at the same time (one fsync a group).
   * All entries of one call are accepted, or none.
   * @throws {LedgerConflictError} {@link ClockBehindError} {@link StoreUnavailableError}
   */
  append(entries: readonly LedgerEntry[]): Promise<LedgerRecord[]>;

  credential(id: string): Promise<CredentialEntry | undefined>;
  /** The credential a ref led to, unless that was voided. */
  byRef(issuer: string, ref: string): Promise<CredentialEntry | undefined>;
  /** Versions reserved and neither issued nor voided: what a crash left unfinished. */
  unfinished(): Promise<CredentialEntry[]>;
  /**
   * The credentials of an issuer, whatever their state, a page at a time: each once, as it is when its page is read; one
   * that comes in meanwhile may be left out. In no order that means anything.
   * @param after `next` of the page before; the first page without.
   */
  credentials(issuer: string, after?: string): Promise<CredentialPage>;
  /** How many credentials, by issuer and state; cheap. */
  counts(issuer: string): Promise<Readonly<Record<CredentialLifeState, number>>>;

  /** The payload of a version's `reserved` record; undefined once erased. */
  reservation(credential: string, version: number): Promise<Json | undefined>;
  /** The payload of a version's `issued` record: the signed document; undefined once erased. */
  document(credential: string, version: number): Promise<Json | undefined>;
  /** The payload of the record that put the credential into its present state (reason of a revocation …). */
  stateReason(credential: string): Promise<Json | undefined>;

  lists(issuer: string): Promise<StatusListEntry[]>;
  list(id: string): Promise<StatusListEntry | undefined>;
  /** One bit per index, left-most first: which were ever drawn. A copy. */
  usedIndexes(list: string): Promise<Uint8Array>;
  /** One bit per index, left-most first: revoked or superseded. A copy. */
  statusBits(list: string): Promise<Uint8Array>;

  /** In the order made. */
  keys(issuer: string): Promise<KeyEntry[]>;
  /** The emergency stop in force; undefined while signing goes on. */
  halt(): Promise<HaltEntry | undefined>;
  /** The payload of its `halted` record: the reason given. */
  haltReason(): Promise<Json | undefined>;

  sessionByDigest(issuer: string, digest: string): Promise<SessionEntry | undefined>;
  session(id: string): Promise<SessionEntry | undefined>;
  sessions(issuer: string): Promise<SessionEntry[]>;
  sessionHeader(session: string): Promise<Json | undefined>;
  /** Payloads of the `judged` rows, by row; an erased one is undefined. */
  sessionRows(session: string): Promise<(Json | undefined)[]>;

  /** Every ref of an issuer that an erasure named: what a restore of an older copy erases again. In no order that means anything. */
  erasedRefs(issuer: string): Promise<string[]>;

  /** Count and head of each strand, the one written now last; cheap. What a checkpoint holds. */
  strands(): Promise<StrandHead[]>;
  /**
   * Reads every record and payload again from storage and checks chain, digests and missing payloads.
   * @param known heads noted down earlier and kept elsewhere, any number for a strand: each must still be the digest of
   * that record of its strand. What removes the last records, or rewrites them all with digests that fit, is found by
   * nothing else. The first that does not hold is a problem that names the record.
   */
  check(known?: readonly StrandHead[]): Promise<LedgerCheck>;
}

/** How far a strand goes. */
export interface StrandHead {
  readonly strand: string;
  /** Of this strand; at least 0. */
  readonly records: number;
  /** Digest of the last of them, hex; of none, what the first record would name as its predecessor. */
  readonly head: string;
}

export interface LedgerCheck {
  readonly ok: boolean;
  readonly records: number;
  readonly payloads: number;
  readonly erasedPayloads: number;
  /** Each strand's name, count and head digest. */
  readonly strands: readonly StrandHead[];
  /** The first of each kind of damage, naming file and record. */
  readonly problems: readonly {
    readonly file: string;
    readonly place: string;
    readonly damage: LedgerDamage;
    /** The damage in English. */
    readonly message: string;
  }[];
}

/** The clock stands so far before the last record that it must be wrong: nothing is recorded until it is set right. */
export class ClockBehindError extends DomainError {
  override readonly code = 'clock-behind';
  readonly now: Instant;
  readonly last: Instant;

  constructor(now: Instant, last: Instant) {
    super(`the clock is ${Math.round((last - now) / 1000)} s behind the last record`);
    this.now = now;
    this.last = last;
  }
}

/** The entry contradicts what the ledger holds. */
export class LedgerConflictError extends DomainError {
  override readonly code = 'ledger-conflict';
  readonly conflict:
    | 'index-taken'
    | 'version-taken'
    | 'ref-taken'
    /** What it stood for was erased: nothing is recorded of it any more. */
    | 'ref-erased'
    | 'unknown-credential'
    | 'unknown-list'
    /** A new status entry was asked of a list that gives none any more. */
    | 'list-closed'
    | 'strand-taken'
    | 'state-forbids'
    | 'key-taken'
    | 'list-taken'
    | 'session-taken';

  constructor(conflict: LedgerConflictError['conflict'], message: string) {
    super(message);
    this.conflict = conflict;
  }
}
