import type { CredentialEntry, HaltEntry, KeyEntry, SessionEntry } from '../../../ports/ledger.js';
import type { LedgerChange, LedgerFacts, OpenedList } from './facts.js';

/** A map laid over other facts that can be taken back to where it was. */
class Layer<V> {
  readonly #entries = new Map<string, V>();
  readonly #undo: (() => void)[];

  constructor(undo: (() => void)[]) {
    this.#undo = undo;
  }

  get(key: string): V | undefined {
    return this.#entries.get(key);
  }

  set(key: string, value: V): void {
    const before = this.#entries.get(key);
    this.#undo.push(() => {
      if (before === undefined) this.#entries.delete(key);
      else this.#entries.set(key, before);
    });
    this.#entries.set(key, value);
  }
}

/** There is one emergency stop for the whole house. */
const HOUSE = 'house';

const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

/** The facts as they will be once the group being formed is durable. Readers never see it. */
export class Draft implements LedgerFacts {
  readonly #base: LedgerFacts;
  readonly #undo: (() => void)[] = [];
  readonly #credentials = new Layer<CredentialEntry>(this.#undo);
  readonly #refs = new Layer<readonly string[]>(this.#undo);
  readonly #erasedRefs = new Layer<true>(this.#undo);
  readonly #lists = new Layer<OpenedList>(this.#undo);
  readonly #indexes = new Layer<true>(this.#undo);
  readonly #keys = new Layer<KeyEntry>(this.#undo);
  readonly #halt = new Layer<{ readonly entry: HaltEntry | undefined }>(this.#undo);
  readonly #sessions = new Layer<SessionEntry>(this.#undo);
  readonly #digests = new Layer<string>(this.#undo);
  readonly #rows = new Layer<true>(this.#undo);
  readonly #strands = new Layer<true>(this.#undo);

  constructor(base: LedgerFacts) {
    this.#base = base;
  }

  credential(id: string): CredentialEntry | undefined {
    return this.#credentials.get(id) ?? this.#base.credential(id);
  }

  credentialsOfRef(issuer: string, ref: string): readonly string[] {
    return this.#refs.get(keyOf(issuer, ref)) ?? this.#base.credentialsOfRef(issuer, ref);
  }

  isRefErased(issuer: string, ref: string): boolean {
    return this.#erasedRefs.get(keyOf(issuer, ref)) ?? this.#base.isRefErased(issuer, ref);
  }

  list(id: string): OpenedList | undefined {
    return this.#lists.get(id) ?? this.#base.list(id);
  }

  isIndexUsed(list: string, index: number): boolean {
    return this.#indexes.get(keyOf(list, index)) ?? this.#base.isIndexUsed(list, index);
  }

  key(issuer: string, publicKeyMultibase: string): KeyEntry | undefined {
    return this.#keys.get(keyOf(issuer, publicKeyMultibase)) ?? this.#base.key(issuer, publicKeyMultibase);
  }

  halt(): HaltEntry | undefined {
    const changed = this.#halt.get(HOUSE);
    return changed === undefined ? this.#base.halt() : changed.entry;
  }

  session(id: string): SessionEntry | undefined {
    return this.#sessions.get(id) ?? this.#base.session(id);
  }

  sessionOfDigest(issuer: string, digest: string): string | undefined {
    return this.#digests.get(keyOf(issuer, digest)) ?? this.#base.sessionOfDigest(issuer, digest);
  }

  isJudged(session: string, row: number): boolean {
    return this.#rows.get(keyOf(session, row)) ?? this.#base.isJudged(session, row);
  }

  isStrand(name: string): boolean {
    return this.#strands.get(name) ?? this.#base.isStrand(name);
  }

  take(change: LedgerChange): void {
    switch (change.kind) {
      case 'credential':
        this.#takeCredential(change.entry);
        return;
      case 'list':
        this.#lists.set(change.list.list, change.list);
        return;
      case 'key':
        this.#keys.set(keyOf(change.entry.issuer, change.entry.publicKeyMultibase), change.entry);
        return;
      case 'halt':
        this.#halt.set(HOUSE, { entry: change.entry });
        return;
      case 'session':
        this.#sessions.set(change.entry.session, change.entry);
        this.#digests.set(keyOf(change.entry.issuer, change.entry.digest), change.entry.session);
        return;
      case 'row':
        this.#rows.set(keyOf(change.session, change.row), true);
        return;
      case 'strand':
        this.#strands.set(change.strand, true);
        return;
      case 'erasure':
        for (const ref of change.refs) this.#erasedRefs.set(keyOf(change.issuer, ref), true);
        for (const entry of change.entries) this.#credentials.set(entry.credential, entry);
    }
  }

  #takeCredential(entry: CredentialEntry): void {
    const newest = entry.versions.at(-1);
    if (newest !== undefined) this.#indexes.set(keyOf(newest.list, newest.index), true);
    if (this.credential(entry.credential) === undefined) {
      const before = this.credentialsOfRef(entry.issuer, entry.ref);
      this.#refs.set(keyOf(entry.issuer, entry.ref), [...before, entry.credential]);
    }
    this.#credentials.set(entry.credential, entry);
  }

  /** Where {@link rollBack} may go back to. */
  mark(): number {
    return this.#undo.length;
  }

  rollBack(mark: number): void {
    while (this.#undo.length > mark) this.#undo.pop()?.();
  }
}
