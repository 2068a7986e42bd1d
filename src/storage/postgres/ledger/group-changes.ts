import type {
  CredentialEntry,
  CredentialLifeState,
  HaltEntry,
  KeyEntry,
  SessionEntry,
  StatusPurpose,
} from '../../../ports/ledger.js';
import type { LedgerChange, OpenedList } from '../../lowdb/ledger/facts.js';
import { statusBitOf } from '../../lowdb/ledger/status-bit.js';
import type { LoadedFacts } from './loaded-facts.js';

/** A value, and the sequence of the record it comes from. */
interface From<T> {
  readonly value: T;
  readonly sequence: number;
}

interface ChangedCredential {
  entry: CredentialEntry;
  /** Of the record that put it into its present state; undefined where that was before this group. */
  stateSequence: number | undefined;
}

interface ChangedVersion {
  readonly credential: string;
  readonly version: number;
  reserved?: number;
  issued?: number;
}

interface StatusPlace {
  readonly list: string;
  readonly index: number;
  isSet: boolean;
}

const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

function lastOf<T extends object>(map: Map<string, T>, key: string, initial: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = initial();
  map.set(key, made);
  return made;
}

/** What the accepted entries of one group come to, each thing once, ready to be written beside their records. */
export class GroupChanges {
  readonly refs = new Map<string, { readonly issuer: string; readonly ref: string; erased: boolean }>();
  readonly credentials = new Map<string, ChangedCredential>();
  readonly versions = new Map<string, ChangedVersion>();
  /** How many credentials more, by issuer and state. */
  readonly counts = new Map<string, { readonly issuer: string; readonly state: CredentialLifeState; more: number }>();
  readonly lists = new Map<string, OpenedList>();
  readonly places = new Map<string, StatusPlace>();
  readonly listSums = new Map<string, { readonly list: string; used: number; revision: number }>();
  readonly keys = new Map<string, KeyEntry>();
  readonly sessions = new Map<string, { entry: SessionEntry; sealed: number | undefined }>();
  readonly rows: From<{ readonly session: string; readonly row: number }>[] = [];
  readonly strands: From<string>[] = [];
  halt: From<HaltEntry | undefined> | undefined;
  readonly #facts: LoadedFacts;

  constructor(facts: LoadedFacts) {
    this.#facts = facts;
  }

  /** @param event whose ref a judged row claims. @param sequence of the record. */
  take(
    change: LedgerChange,
    sequence: number,
    ref: { readonly issuer: string; readonly ref: string } | undefined,
  ): void {
    if (ref !== undefined) lastOf(this.refs, keyOf(ref.issuer, ref.ref), () => ({ ...ref, erased: false }));
    switch (change.kind) {
      case 'credential':
        this.#takeCredential(change.entry, sequence);
        this.#followStatus(change.entry);
        return;
      case 'list':
        this.lists.set(change.list.list, change.list);
        return;
      case 'key':
        this.keys.set(keyOf(change.entry.issuer, change.entry.publicKeyMultibase), change.entry);
        return;
      case 'halt':
        this.halt = { value: change.entry, sequence };
        return;
      case 'session':
        this.sessions.set(change.entry.session, { entry: change.entry, sealed: sequence });
        return;
      case 'row':
        this.#takeRow(change, sequence);
        return;
      case 'strand':
        this.strands.push({ value: change.strand, sequence });
        return;
      case 'erasure':
        for (const erased of change.refs) {
          const { issuer } = change;
          lastOf(this.refs, keyOf(issuer, erased), () => ({ issuer, ref: erased, erased: true })).erased = true;
        }
        for (const entry of change.entries) this.#takeCredential(entry, sequence);
    }
  }

  #takeCredential(entry: CredentialEntry, sequence: number): void {
    const { credential, issuer, ref, state } = entry;
    const before = this.credentials.get(credential)?.entry ?? this.#facts.credential(credential);
    if (before === undefined) lastOf(this.refs, keyOf(issuer, ref), () => ({ issuer, ref, erased: false }));
    for (const version of entry.versions) {
      const old = before?.versions.find((candidate) => candidate.version === version.version);
      const changed = (): ChangedVersion =>
        lastOf(this.versions, keyOf(credential, version.version), () => ({ credential, version: version.version }));
      if (old === undefined) changed().reserved = sequence;
      else if (old.state === 'reserved' && version.state === 'issued') changed().issued = sequence;
    }
    const changed = lastOf(this.credentials, credential, () => ({ entry, stateSequence: undefined }));
    changed.entry = entry;
    if (before?.state === state) return;
    changed.stateSequence = sequence;
    this.#count(issuer, state, 1);
    if (before !== undefined) this.#count(issuer, before.state, -1);
  }

  #count(issuer: string, state: CredentialLifeState, more: number): void {
    lastOf(this.counts, keyOf(issuer, state), () => ({ issuer, state, more: 0 })).more += more;
  }

  #followStatus(entry: CredentialEntry): void {
    for (const version of entry.versions) {
      const { list, index } = version;
      const isUsed = this.#facts.isIndexUsed(list, index) || this.places.has(keyOf(list, index));
      const isSet = this.places.get(keyOf(list, index))?.isSet ?? this.#facts.isBitSet(list, index);
      const next = statusBitOf(entry, version, { purpose: this.#purposeOf(list), isSet });
      if (isUsed && next === isSet) continue;
      const sums = lastOf(this.listSums, list, () => ({ list, used: 0, revision: 0 }));
      if (!isUsed) sums.used += 1;
      if (next !== isSet) sums.revision += 1;
      this.places.set(keyOf(list, index), { list, index, isSet: next });
    }
  }

  #purposeOf(list: string): StatusPurpose {
    return (this.lists.get(list) ?? this.#facts.list(list))?.purpose ?? 'revocation';
  }

  #takeRow({ session, row }: { readonly session: string; readonly row: number }, sequence: number): void {
    this.rows.push({ value: { session, row }, sequence });
    const known = this.sessions.get(session);
    const entry = known?.entry ?? this.#facts.session(session);
    if (entry === undefined) return;
    this.sessions.set(session, { entry: { ...entry, judged: entry.judged + 1 }, sealed: known?.sealed });
  }
}
