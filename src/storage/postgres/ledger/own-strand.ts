import type { Random } from '../../../ports/random.js';
import { digestOf } from '../../lowdb/ledger/record-line.js';
import type { Database, Queryable } from '../database.js';
import type { Presence } from '../presence.js';

/** A strand's end, under its lock. */
export interface StrandEnd {
  readonly sequence: number;
  readonly head: string;
}

const STRAND_BYTES = 8;

/**
 * The strand this process appends to: one nobody alive holds, or a new one. Two processes on one strand would do no
 * harm, since whoever appends reads and locks its end; they would only wait for each other.
 */
export class OwnStrand {
  readonly #database: Database;
  readonly #presence: Presence;
  readonly #random: Random;
  #name: string | undefined;

  constructor(options: { readonly database: Database; readonly presence: Presence; readonly random: Random }) {
    this.#database = options.database;
    this.#presence = options.presence;
    this.#random = options.random;
  }

  /** Its name; undefined before the first append. */
  get current(): string | undefined {
    return this.#name;
  }

  async name(): Promise<string> {
    this.#name ??= (await this.#takeFree()) ?? (await this.#create());
    return this.#name;
  }

  /** To be taken anew with the next append. */
  leave(): void {
    this.#name = undefined;
  }

  /** Its end, locked until the transaction ends; undefined for one that nobody goes on in any more. */
  async lock(transaction: Queryable, strand: string): Promise<StrandEnd | undefined> {
    const [row] = await transaction.query<{ records: number; head: string }>(
      'SELECT records, head FROM strands WHERE strand = $1 AND continues FOR UPDATE',
      [strand],
    );
    return row === undefined ? undefined : { sequence: row.records, head: row.head };
  }

  async #takeFree(): Promise<string | undefined> {
    const rows = await this.#database.query<{ strand: string; number: number }>(
      'SELECT strand, number FROM strands WHERE continues ORDER BY number',
    );
    for (const { strand, number } of rows) if (await this.#presence.hold(number)) return strand;
    return undefined;
  }

  async #create(): Promise<string> {
    const strand = Buffer.from(this.#random.bytes(STRAND_BYTES)).toString('hex');
    const number = await this.#database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ number: number }>(
        'INSERT INTO strands (strand, head) VALUES ($1, $2) RETURNING number',
        [strand, digestOf(strand)],
      );
      return row?.number ?? 0;
    });
    await this.#presence.hold(number);
    return strand;
  }
}
