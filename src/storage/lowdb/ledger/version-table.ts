import type { CredentialVersion } from '../../../ports/ledger.js';
import { float64Column, Names, uint8Column, uint16Column, uint32Column } from './columns.js';

const STATES = ['reserved', 'issued', 'voided'] as const satisfies readonly CredentialVersion['state'][];
/** Stands for "none" where a row is expected. */
export const NO_ROW = 0xffff_ffff;

/** One row for each version of each credential, chained oldest first. 39 bytes a row. */
export class VersionTable {
  readonly #version = uint32Column();
  readonly #lists = new Names();
  readonly #list = uint16Column();
  readonly #index = uint32Column();
  readonly #state = uint8Column();
  readonly #superseded = uint8Column();
  readonly #reservedAt = float64Column();
  readonly #issuedAt = float64Column();
  readonly #reservedRecord = float64Column();
  readonly #issuedRecord = float64Column();
  readonly #next = uint32Column();

  /** All of it, as a value to be kept elsewhere and given to {@link restore}. */
  saved() {
    return {
      version: this.#version.saved(),
      lists: this.#lists.saved(),
      list: this.#list.saved(),
      index: this.#index.saved(),
      state: this.#state.saved(),
      superseded: this.#superseded.saved(),
      reservedAt: this.#reservedAt.saved(),
      issuedAt: this.#issuedAt.saved(),
      reservedRecord: this.#reservedRecord.saved(),
      issuedRecord: this.#issuedRecord.saved(),
      next: this.#next.saved(),
    };
  }

  /** Into a table that is empty. */
  restore(saved: ReturnType<VersionTable['saved']>): void {
    this.#version.restore(saved.version);
    this.#lists.restore(saved.lists);
    this.#list.restore(saved.list);
    this.#index.restore(saved.index);
    this.#state.restore(saved.state);
    this.#superseded.restore(saved.superseded);
    this.#reservedAt.restore(saved.reservedAt);
    this.#issuedAt.restore(saved.issuedAt);
    this.#reservedRecord.restore(saved.reservedRecord);
    this.#issuedRecord.restore(saved.issuedRecord);
    this.#next.restore(saved.next);
  }

  /** @param record position of the chain record that reserved it. @returns its row. */
  add(version: CredentialVersion, record: number): number {
    this.#version.push(version.version);
    this.#list.push(this.#lists.numberOf(version.list));
    this.#index.push(version.index);
    this.#state.push(STATES.indexOf(version.state));
    this.#superseded.push(0);
    this.#reservedAt.push(version.reservedAt);
    this.#issuedAt.push(Number.NaN);
    this.#reservedRecord.push(record);
    this.#issuedRecord.push(Number.NaN);
    this.#next.push(NO_ROW);
    return this.#next.length - 1;
  }

  /** @param record position of the chain record that changed it. */
  update(row: number, version: CredentialVersion, record: number): void {
    if (version.state === 'issued' && this.#state.at(row) === STATES.indexOf('reserved')) {
      this.#issuedAt.set(row, version.issuedAt ?? Number.NaN);
      this.#issuedRecord.set(row, record);
    }
    this.#state.set(row, STATES.indexOf(version.state));
    this.#superseded.set(row, version.superseded ? 1 : 0);
  }

  link(row: number, next: number): void {
    this.#next.set(row, next);
  }

  next(row: number): number {
    return this.#next.at(row);
  }

  versionAt(row: number): CredentialVersion {
    const issuedAt = this.#issuedAt.at(row);
    return {
      version: this.#version.at(row),
      list: this.#lists.nameOf(this.#list.at(row)),
      index: this.#index.at(row),
      state: STATES[this.#state.at(row)] ?? 'reserved',
      superseded: this.#superseded.at(row) === 1,
      reservedAt: this.#reservedAt.at(row),
      issuedAt: Number.isNaN(issuedAt) ? undefined : issuedAt,
    };
  }

  versionNumber(row: number): number {
    return this.#version.at(row);
  }

  reservedRecord(row: number): number {
    return this.#reservedRecord.at(row);
  }

  issuedRecord(row: number): number | undefined {
    const record = this.#issuedRecord.at(row);
    return Number.isNaN(record) ? undefined : record;
  }
}
