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
}

/** The durable facts, in memory: built from the chain at start, and by each record once that is durable. */
export class LedgerIndex implements LedgerFacts {
  readonly credentials = new CredentialTable();
  readonly lists = new ListTable();
  readonly sessions = new SessionTable();
  readonly #keys = new Map<string, KeyEntry>();
  #halt: { readonly entry: HaltEntry; readonly record: number } | undefined;
  readonly #erasedAt = new Map<string, number>();
  #lastErasure = 0;

  credential(id: string): CredentialEntry | undefined {
    return this.credentials.credential(id);
  }

  credentialsOfRef(issuer: string, ref: string): readonly string[] {
    return this.credentials.credentialsOfRef(issuer, ref);
  }

  isRefErased(issuer: string, ref: string): boolean {
    return this.#erasedAt.has(keyOf(issuer, ref));
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

  /** Sequence of the last `erased` record that named a ref, 0 when none did. */
  erasedAt(issuer: string, ref: string): number {
    return this.#erasedAt.get(keyOf(issuer, ref)) ?? 0;
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
      case 'erasure':
        this.#lastErasure = source.sequence;
        for (const ref of change.refs) this.#erasedAt.set(keyOf(change.issuer, ref), source.sequence);
        for (const entry of change.entries) this.credentials.put(entry, source.position);
    }
  }
}
