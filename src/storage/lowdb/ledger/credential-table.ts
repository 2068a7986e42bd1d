import type { CredentialEntry, CredentialLifeState, CredentialPage, CredentialVersion } from '../../../ports/ledger.js';
import { float64Column, Names, uint8Column, uint16Column, uint32Column } from './columns.js';
import { packRef, unpackRef } from './packed-ref.js';
import { NO_ROW, VersionTable } from './version-table.js';

const STATES = [
  'reserved',
  'active',
  'suspended',
  'revoked',
  'voided',
  'erased',
] as const satisfies readonly CredentialLifeState[];

const SOURCES = ['jury', 'api'] as const satisfies readonly CredentialEntry['source'][];

const PAGE_ENTRIES = 200;

export type StateCounts = Record<CredentialLifeState, number>;

const noCounts = (): StateCounts => ({ reserved: 0, active: 0, suspended: 0, revoked: 0, voided: 0, erased: 0 });

/**
 * What the ledger knows of each credential, without any document: columns of numbers, two maps and the texts of ids
 * and refs. Documents stay on the disk; the table holds the positions of the chain records that lead to them.
 */
export class CredentialTable {
  readonly #rows = new Map<string, number>();
  readonly #ids: string[] = [];
  readonly #refs: string[] = [];
  readonly #issuers = new Names();
  readonly #issuer = uint16Column();
  readonly #source = uint8Column();
  readonly #state = uint8Column();
  readonly #since = float64Column();
  readonly #stateRecord = float64Column();
  readonly #firstVersion = uint32Column();
  readonly #lastVersion = uint32Column();
  /** The credential, voided since, that had the same ref before. */
  readonly #earlierOfRef = uint32Column();
  readonly #newestOfRef: Map<string, number>[] = [];
  readonly #counts: StateCounts[] = [];
  readonly #unfinished = new Set<number>();
  readonly #versions = new VersionTable();

  get size(): number {
    return this.#ids.length;
  }

  /** All of it, as a value to be kept elsewhere and given to {@link restore}. */
  saved() {
    return {
      ids: [...this.#ids],
      refs: [...this.#refs],
      issuers: this.#issuers.saved(),
      issuer: this.#issuer.saved(),
      source: this.#source.saved(),
      state: this.#state.saved(),
      since: this.#since.saved(),
      stateRecord: this.#stateRecord.saved(),
      firstVersion: this.#firstVersion.saved(),
      lastVersion: this.#lastVersion.saved(),
      earlierOfRef: this.#earlierOfRef.saved(),
      counts: this.#counts.map((counts) => ({ ...counts })),
      unfinished: [...this.#unfinished],
      versions: this.#versions.saved(),
    };
  }

  /** Into a table that is empty. */
  restore(saved: ReturnType<CredentialTable['saved']>): void {
    this.#issuers.restore(saved.issuers);
    this.#issuer.restore(saved.issuer);
    this.#source.restore(saved.source);
    this.#state.restore(saved.state);
    this.#since.restore(saved.since);
    this.#stateRecord.restore(saved.stateRecord);
    this.#firstVersion.restore(saved.firstVersion);
    this.#lastVersion.restore(saved.lastVersion);
    this.#earlierOfRef.restore(saved.earlierOfRef);
    this.#versions.restore(saved.versions);
    for (const counts of saved.counts) this.#counts.push({ ...counts });
    for (const row of saved.unfinished) this.#unfinished.add(row);
    // The maps follow from the columns: the row that came last is the newest of its ref.
    for (const _ of saved.issuers) this.#newestOfRef.push(new Map());
    for (const [row, id] of saved.ids.entries()) {
      const ref = saved.refs[row] ?? '';
      this.#ids.push(id);
      this.#refs.push(ref);
      this.#rows.set(id, row);
      this.#newestOfRef[this.#issuer.at(row)]?.set(ref, row);
    }
  }

  credential(id: string): CredentialEntry | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : this.#entryAt(row);
  }

  state(id: string): CredentialLifeState | undefined {
    const row = this.#rows.get(id);
    return row === undefined ? undefined : STATES[this.#state.at(row)];
  }

  /** Oldest first. */
  credentialsOfRef(issuer: string, ref: string): string[] {
    const ids: string[] = [];
    let row = this.#newestOfRef[this.#issuers.known(issuer) ?? -1]?.get(packRef(ref)) ?? NO_ROW;
    while (row !== NO_ROW) {
      ids.unshift(this.#id(row));
      row = this.#earlierOfRef.at(row);
    }
    return ids;
  }

  /** Credentials with a version reserved and neither issued nor voided. */
  unfinished(): CredentialEntry[] {
    return [...this.#unfinished].map((row) => this.#entryAt(row));
  }

  /** In the order reserved. @param after `next` of the page before: the number of the first row not looked at. */
  page(issuer: string, after = '0'): CredentialPage {
    const wanted = this.#issuers.known(issuer);
    const entries: CredentialEntry[] = [];
    let row = Number(after);
    for (; wanted !== undefined && row < this.#ids.length && entries.length < PAGE_ENTRIES; row += 1) {
      if (this.#issuer.at(row) === wanted) entries.push(this.#entryAt(row));
    }
    return { entries, next: entries.length < PAGE_ENTRIES ? undefined : String(row) };
  }

  counts(issuer: string): StateCounts {
    return { ...(this.#counts[this.#issuers.known(issuer) ?? -1] ?? noCounts()) };
  }

  /** Position of the chain record that reserved, issued, or last changed the state; `undefined` when there is none. */
  record(id: string, what: 'state' | { readonly reserved: number } | { readonly issued: number }): number | undefined {
    const credential = this.#rows.get(id);
    if (credential === undefined) return undefined;
    if (what === 'state') return this.#stateRecord.at(credential);
    const version = 'reserved' in what ? what.reserved : what.issued;
    let row = this.#firstVersion.at(credential);
    while (row !== NO_ROW && this.#versions.versionNumber(row) !== version) row = this.#versions.next(row);
    if (row === NO_ROW) return undefined;
    return 'reserved' in what ? this.#versions.reservedRecord(row) : this.#versions.issuedRecord(row);
  }

  /** Takes a credential as it is now. @param record position of the chain record that made it so. */
  put(entry: CredentialEntry, record: number): void {
    const known = this.#rows.get(entry.credential);
    const row = known ?? this.#add(entry);
    this.#putVersions(row, entry.versions, record);
    const state = STATES.indexOf(entry.state);
    if (known === undefined || this.#state.at(row) !== state) {
      const counts = this.#counts[this.#issuer.at(row)];
      const before = STATES[this.#state.at(row)];
      if (counts !== undefined && known !== undefined && before !== undefined) counts[before] -= 1;
      if (counts !== undefined) counts[entry.state] += 1;
      this.#state.set(row, state);
      this.#since.set(row, entry.since);
      this.#stateRecord.set(row, record);
    }
    const open = entry.state !== 'erased' && entry.versions.some((version) => version.state === 'reserved');
    if (open) this.#unfinished.add(row);
    else this.#unfinished.delete(row);
  }

  #add(entry: CredentialEntry): number {
    const row = this.#ids.push(entry.credential) - 1;
    const issuer = this.#issuers.numberOf(entry.issuer);
    this.#counts[issuer] ??= noCounts();
    this.#newestOfRef[issuer] ??= new Map();
    const refs = this.#newestOfRef[issuer];
    this.#rows.set(entry.credential, row);
    const ref = packRef(entry.ref);
    this.#refs.push(ref);
    this.#issuer.push(issuer);
    this.#source.push(SOURCES.indexOf(entry.source));
    this.#state.push(STATES.indexOf(entry.state));
    this.#since.push(entry.since);
    this.#stateRecord.push(Number.NaN);
    this.#firstVersion.push(NO_ROW);
    this.#lastVersion.push(NO_ROW);
    this.#earlierOfRef.push(refs.get(ref) ?? NO_ROW);
    refs.set(ref, row);
    return row;
  }

  #putVersions(credential: number, versions: readonly CredentialVersion[], record: number): void {
    let row = this.#firstVersion.at(credential);
    for (const version of versions) {
      if (row !== NO_ROW) {
        this.#versions.update(row, version, record);
        row = this.#versions.next(row);
      } else {
        const added = this.#versions.add(version, record);
        const last = this.#lastVersion.at(credential);
        if (last === NO_ROW) this.#firstVersion.set(credential, added);
        else this.#versions.link(last, added);
        this.#lastVersion.set(credential, added);
      }
    }
  }

  #entryAt(row: number): CredentialEntry {
    const versions: CredentialVersion[] = [];
    for (let at = this.#firstVersion.at(row); at !== NO_ROW; at = this.#versions.next(at)) {
      versions.push(this.#versions.versionAt(at));
    }
    return {
      credential: this.#id(row),
      issuer: this.#issuers.nameOf(this.#issuer.at(row)),
      ref: unpackRef(this.#refs[row] ?? ''),
      source: SOURCES[this.#source.at(row)] ?? 'jury',
      state: STATES[this.#state.at(row)] ?? 'reserved',
      since: this.#since.at(row),
      versions,
    };
  }

  #id(row: number): string {
    return this.#ids[row] ?? '';
  }
}
