import type { Database } from '../database.js';
import { toTextKey } from '../text-key.js';

/** Lists whose indexes are remembered: those drawn from now, which are few. 16 KiB each. */
const MOST_LISTS = 64;
const MASKS = [0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02, 0x01];

interface KnownList {
  readonly bits: Uint8Array;
  /** Transactions before this one had ended when the list was read: what they drew is in `bits`. */
  horizon: string;
}

/**
 * Which indexes of a list were drawn, exactly, without reading all of them each time: drawn indexes stay drawn, so that
 * only those are asked for whose transaction may have ended since. (The order in which rows were numbered would not do:
 * a transaction may number its rows first and end last.)
 */
export class UsedIndexes {
  readonly #database: Database;
  readonly #known = new Map<string, KnownList>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** One bit per index, left-most first. A copy; empty for a list that does not exist. */
  async of(list: string): Promise<Uint8Array> {
    const known = this.#known.get(list);
    const [row] = await this.#database.query<{ length: number; horizon: string; drawn: number[] }>(
      `SELECT length, pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
              ARRAY(SELECT index FROM status_entries WHERE list = $1 AND drawn_in >= $2::xid8) AS drawn
         FROM status_lists WHERE list = $1`,
      [toTextKey(list), known?.horizon ?? '0'],
    );
    if (row === undefined) return new Uint8Array(0);
    const bits = known?.bits ?? new Uint8Array(Math.ceil(row.length / 8));
    for (const index of row.drawn) setBit(bits, index);
    this.#remember(list, { bits, horizon: row.horizon }, known);
    return bits.slice();
  }

  /** Readings of one list may end in another order than they began: the horizon never goes back. */
  #remember(list: string, read: KnownList, before: KnownList | undefined): void {
    const known = this.#known.get(list);
    if (known !== undefined && known !== before) {
      for (const [at, byte] of read.bits.entries()) known.bits[at] = (known.bits[at] ?? 0) | byte;
      return;
    }
    if (known !== undefined && BigInt(known.horizon) > BigInt(read.horizon)) return;
    this.#known.delete(list);
    this.#known.set(list, read);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_LISTS && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** Bitstring with these indexes set. @param length of the list, in bits. */
export function bitsOf(indexes: readonly number[], length: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(length / 8));
  for (const index of indexes) setBit(bits, index);
  return bits;
}

function setBit(bits: Uint8Array, index: number): void {
  bits[index >> 3] = (bits[index >> 3] ?? 0) | (MASKS[index & 7] ?? 0);
}
