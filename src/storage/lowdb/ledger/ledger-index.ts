import type { CredentialEntry, HaltEntry, KeyEntry, SessionEntry } from '../../../ports/ledger.js';
import { CredentialTable } from './credential-table.js';
import type { LedgerChange, LedgerFacts, OpenedList } from './facts.js';
import { ListTable } from './list-table.js';
import { SessionTable } from './session-table.js';

const keyOf = (issuer: string, rest: string): string => JSON.stringify([issuer, rest]);

/** Where a change comes from: the record's sequence, and its position in the chain files. */
export interface ChangeSource {
  readonly sequence: number;
  readonly position: number;
  /** Digest of the record before. */
  readonly previous: string;
}

/** Where a restore began a strand within the chain. */
export interface StrandStart {
  readonly strand: string;
  /** Sequence and digest of the last record of the strand before. */
  readonly after: { readonly sequence: number; readonly head: string };
}

/** An index as a value. */
export type SavedIndex = ReturnType<LedgerIndex['saved']>;

/** The durable facts, in memory: built from the chain at start, and by each record once that is durable. */
export class LedgerIndex implements LedgerFacts {
  readonly credentials = new CredentialTable();
  readonly lists = new ListTable();
  readonly sessions = new SessionTable();
  readonly #keys = new Map<string, KeyEntry>();
  #halt: { readonly entry: HaltEntry; readonly record: number } | undefined;
  /** By issuer, then by ref: sequence of the last `erased` record that named it. */
  readonly #erasedAt = new Map<string, Map<string, number>>();
  readonly #strandStarts: StrandStart[] = [];
  #lastErasure = 0;

  /** All of it, as a value to be kept elsewhere and given to {@link restore}. */
  saved() {
    return {
      credentials: this.credentials.saved(),
      lists: this.lists.saved(),
      sessions: this.sessions.saved(),
      keys: new Map(this.#keys),
      halt: this.#halt ?? null,
      erasedAt: new Map([...this.#erasedAt].map(([issuer, refs]) => [issuer, new Map(refs)])),
      strandStarts: [...this.#strandStarts],
      lastErasure: this.#lastErasure,
    };
  }

  /** Into an index that is empty. */
  restore(saved: SavedIndex): void {
    this.credentials.restore(saved.credentials);
    this.lists.restore(saved.lists);
    this.sessions.restore(saved.sessions);
    for (const [key, entry] of saved.keys) this.#keys.set(key, entry);
    this.#halt = saved.halt ?? undefined;
    for (const [issuer, refs] of saved.erasedAt) this.#erasedAt.set(issuer, new Map(refs));
    this.#strandStarts.push(...saved.strandStarts);
    this.#lastErasure = saved.lastErasure;
  }

  credential(id: string): CredentialEntry | undefined {
    return this.credentials.credential(id);
  }

  credentialsOfRef(issuer: string, ref: string): readonly string[] {
    return this.credentials.credentialsOfRef(issuer, ref);
  }

  isRefErased(issuer: string, ref: string): boolean {
    return this.erasedAt(issuer, ref) > 0;
  }

  list(id: string): OpenedList | undefined {
    return this.lists.get(id);
  }

  isIndexUsed(list: string, index: number): boolean {
    return this.lists.isUsed(list, index);
  }

  key(issuer: string, publicKeyMultibase: string): KeyEntry | undefined {
    return this.#keys.get(keyOf(issuer, publicKeyMultibase));
  }

  /** In the order made. */
  keys(issuer: string): KeyEntry[] {
    return [...this.#keys.values()].filter((key) => key.issuer === issuer);
  }

  halt(): HaltEntry | undefined {
    return this.#halt?.entry;
  }

  /** Position of the record that halted the house. */
  get haltRecord(): number | undefined {
    return this.#halt?.record;
  }

  session(id: string): SessionEntry | undefined {
    return this.sessions.get(id);
  }

  sessionOfDigest(issuer: string, digest: string): string | undefined {
    return this.sessions.ofDigest(issuer, digest);
  }

  isJudged(session: string, row: number): boolean {
    return this.sessions.isJudged(session, row);
  }

  isStrand(name: string): boolean {
    return this.#strandStarts.some(({ strand }) => strand === name);
  }

  /** In the order begun; none before the first restore. */
  get strandStarts(): readonly StrandStart[] {
    return this.#strandStarts;
  }

  erasedRefs(issuer: string): string[] {
    return [...(this.#erasedAt.get(issuer)?.keys() ?? [])];
  }

  /** Sequence of the last `erased` record that named a ref, 0 when none did. */
  erasedAt(issuer: string, ref: string): number {
    return this.#erasedAt.get(issuer)?.get(ref) ?? 0;
  }

  /** Sequence of the last `erased` record at all. */
  get lastErasure(): number {
    return this.#lastErasure;
  }

  /** Was what this ref had in a record of this sequence erased by a later one? */
  isErased(issuer: string, ref: string, sequence: number): boolean {
    return this.erasedAt(issuer, ref) > sequence;
  }

  take(change: LedgerChange, source: ChangeSource): void {
    switch (change.kind) {
      case 'credential':
        this.credentials.put(change.entry, source.position);
        this.lists.follow(change.entry);
        return;
      case 'list':
        this.lists.open(change.list);
        return;
      case 'key':
        this.#keys.set(keyOf(change.entry.issuer, change.entry.publicKeyMultibase), change.entry);
        return;
      case 'halt':
        this.#halt = change.entry === undefined ? undefined : { entry: change.entry, record: source.position };
        return;
      case 'session':
        this.sessions.seal(change.entry, source.position);
        return;
      case 'row':
        this.sessions.judge(change.session, change.row, source.position);
        return;
      case 'strand': {
        const after = { sequence: source.sequence - 1, head: source.previous };
        this.#strandStarts.push({ strand: change.strand, after });
        return;
      }
      case 'erasure':
        this.#lastErasure = source.sequence;
        this.#erase(change.issuer, change.refs, source.sequence);
        for (const entry of change.entries) this.credentials.put(entry, source.position);
    }
  }

  #erase(issuer: string, refs: readonly string[], sequence: number): void {
    const erased = this.#erasedAt.get(issuer) ?? new Map<string, number>();
    this.#erasedAt.set(issuer, erased);
    for (const ref of refs) erased.set(ref, sequence);
  }
}
