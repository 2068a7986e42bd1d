import type { CredentialEntry, StatusListEntry } from '../../../ports/ledger.js';
import type { OpenedList } from './facts.js';
import { statusBitOf } from './status-bit.js';

interface ListRow {
  opened: OpenedList;
  readonly used: Uint8Array;
  readonly bits: Uint8Array;
  usedCount: number;
  revision: number;
}

/** Status list bits count from the left-most: index 0 is the highest bit of the first byte. */
const MASKS = [0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01];

function isSet(bits: Uint8Array, index: number): boolean {
  return ((bits[index >> 3] ?? 0) & (MASKS[index & 7] ?? 0)) !== 0;
}

function setBit(bits: Uint8Array, index: number, on: boolean): void {
  const [byte, mask] = [bits[index >> 3] ?? 0, MASKS[index & 7] ?? 0];
  bits[index >> 3] = on ? byte | mask : byte & ~mask;
}

/** Status lists with their two bitstrings: indexes ever drawn, and bits that are set. */
export class ListTable {
  readonly #lists = new Map<string, ListRow>();

  /** All of it, as a value to be kept elsewhere and given to {@link restore}. */
  saved() {
    return [...this.#lists.values()].map((row) => ({ ...row, used: row.used.slice(), bits: row.bits.slice() }));
  }

  /** Into a table that is empty. */
  restore(saved: ReturnType<ListTable['saved']>): void {
    for (const row of saved) this.#lists.set(row.opened.list, { ...row });
  }

  get(id: string): OpenedList | undefined {
    return this.#lists.get(id)?.opened;
  }

  entry(id: string): StatusListEntry | undefined {
    const row = this.#lists.get(id);
    return row === undefined ? undefined : { ...row.opened, used: row.usedCount, revision: row.revision };
  }

  /** In the order opened. */
  entries(issuer: string): StatusListEntry[] {
    return [...this.#lists.values()]
      .filter((row) => row.opened.issuer === issuer)
      .map((row) => ({ ...row.opened, used: row.usedCount, revision: row.revision }));
  }

  isUsed(id: string, index: number): boolean {
    const row = this.#lists.get(id);
    return row !== undefined && isSet(row.used, index);
  }

  /** Copies, so that what a reader does to them stays with the reader. */
  used(id: string): Uint8Array | undefined {
    return this.#lists.get(id)?.used.slice();
  }

  bits(id: string): Uint8Array | undefined {
    return this.#lists.get(id)?.bits.slice();
  }

  /** Takes a list as it was opened, or as it is once closed. */
  open(opened: OpenedList): void {
    const known = this.#lists.get(opened.list);
    if (known !== undefined) {
      known.opened = opened;
      return;
    }
    const bytes = Math.ceil(opened.length / 8);
    this.#lists.set(opened.list, {
      opened,
      used: new Uint8Array(bytes),
      bits: new Uint8Array(bytes),
      usedCount: 0,
      revision: 0,
    });
  }

  /** Marks the indexes of a credential used and sets its bits. */
  follow(entry: CredentialEntry): void {
    for (const version of entry.versions) {
      const row = this.#lists.get(version.list);
      if (row === undefined) continue;
      if (!isSet(row.used, version.index)) {
        setBit(row.used, version.index, true);
        row.usedCount += 1;
      }
      const before = isSet(row.bits, version.index);
      const after = statusBitOf(entry, version, { purpose: row.opened.purpose, isSet: before });
      if (after !== before) {
        setBit(row.bits, version.index, after);
        row.revision += 1;
      }
    }
  }
}
