import type { CredentialEntry, HaltEntry, KeyEntry, SessionEntry } from '../../../ports/ledger.js';
import type { LedgerFacts, OpenedList } from '../../lowdb/ledger/facts.js';

const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

/** What the database holds of the things a group of entries speaks of, as it stands under their locks. */
export class LoadedFacts implements LedgerFacts {
  readonly #credentials = new Map<string, CredentialEntry>();
  readonly #credentialsOfRef = new Map<string, string[]>();
  readonly #refs = new Map<string, { readonly erased: boolean }>();
  readonly #lists = new Map<string, OpenedList>();
  readonly #bits = new Map<string, boolean>();
  readonly #keys = new Map<string, KeyEntry>();
  readonly #sessions = new Map<string, SessionEntry>();
  readonly #sessionsOfDigest = new Map<string, string>();
  readonly #rows = new Set<string>();
  readonly #strands = new Set<string>();
  #halt: HaltEntry | undefined;

  /** Credentials of one ref are to be added oldest first. */
  addCredential(entry: CredentialEntry): void {
    this.#credentials.set(entry.credential, entry);
    const key = keyOf(entry.issuer, entry.ref);
    this.#credentialsOfRef.set(key, [...(this.#credentialsOfRef.get(key) ?? []), entry.credential]);
  }

  addRef(issuer: string, ref: string, erased: boolean): void {
    this.#refs.set(keyOf(issuer, ref), { erased });
  }

  addList(list: OpenedList): void {
    this.#lists.set(list.list, list);
  }

  addIndex(list: string, index: number, bit: boolean): void {
    this.#bits.set(keyOf(list, index), bit);
  }

  addKey(entry: KeyEntry): void {
    this.#keys.set(keyOf(entry.issuer, entry.publicKeyMultibase), entry);
  }

  addSession(entry: SessionEntry): void {
    this.#sessions.set(entry.session, entry);
    this.#sessionsOfDigest.set(keyOf(entry.issuer, entry.digest), entry.session);
  }

  addRow(session: string, row: number): void {
    this.#rows.add(keyOf(session, row));
  }

  addStrand(name: string): void {
    this.#strands.add(name);
  }

  setHalt(entry: HaltEntry | undefined): void {
    this.#halt = entry;
  }

  credential(id: string): CredentialEntry | undefined {
    return this.#credentials.get(id);
  }

  credentialsOfRef(issuer: string, ref: string): readonly string[] {
    return this.#credentialsOfRef.get(keyOf(issuer, ref)) ?? [];
  }

  isRefKnown(issuer: string, ref: string): boolean {
    return this.#refs.has(keyOf(issuer, ref));
  }

  isRefErased(issuer: string, ref: string): boolean {
    return this.#refs.get(keyOf(issuer, ref))?.erased === true;
  }

  list(id: string): OpenedList | undefined {
    return this.#lists.get(id);
  }

  isIndexUsed(list: string, index: number): boolean {
    return this.#bits.has(keyOf(list, index));
  }

  isBitSet(list: string, index: number): boolean {
    return this.#bits.get(keyOf(list, index)) === true;
  }

  key(issuer: string, publicKeyMultibase: string): KeyEntry | undefined {
    return this.#keys.get(keyOf(issuer, publicKeyMultibase));
  }

  halt(): HaltEntry | undefined {
    return this.#halt;
  }

  session(id: string): SessionEntry | undefined {
    return this.#sessions.get(id);
  }

  sessionOfDigest(issuer: string, digest: string): string | undefined {
    return this.#sessionsOfDigest.get(keyOf(issuer, digest));
  }

  isJudged(session: string, row: number): boolean {
    return this.#rows.has(keyOf(session, row));
  }

  isStrand(name: string): boolean {
    return this.#strands.has(name);
  }
}
