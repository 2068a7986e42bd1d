import type { Clock } from '../../../ports/clock.js';
import { ClockBehindError, type LedgerRecord } from '../../../ports/ledger.js';
import type { Outcome } from '../../../ports/outcome.js';
import type { Random } from '../../../ports/random.js';
import type { StoreChange } from '../../../ports/store.js';
import type { Instant } from '../../../text/instant.js';
import { GroupQueue } from '../../group-queue.js';
import type { PreparedEntry } from '../../lowdb/ledger/encode-group.js';
import { announce } from '../change-feed.js';
import type { Database, Queryable } from '../database.js';
import { isOfOneRow } from '../database-errors.js';
import { chainGroup } from './chain-group.js';
import { GroupChanges } from './group-changes.js';
import { judgeCalls } from './judge-calls.js';
import { loadFacts } from './load-facts.js';
import type { OwnStrand } from './own-strand.js';
import { writeGroup } from './write-group.js';

/** A clock that runs behind the last record by more than this is wrong (threats.md K5). Milliseconds. */
const CLOCK_TOLERANCE = 300_000;
const CALLS_IN_A_GROUP = 512;

type Call = readonly PreparedEntry[];
type Outcomes = readonly Outcome<LedgerRecord[]>[];

/** Appends to this process's strand, group by group: each group is one transaction. */
export class PostgresLedgerWriter {
  readonly #database: Database;
  readonly #strand: OwnStrand;
  readonly #owner: number;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tell: (change: StoreChange) => void;
  readonly #queue: GroupQueue<Call, LedgerRecord[]>;

  /** @param options.owner number of this process. */
  constructor(options: {
    readonly database: Database;
    readonly strand: OwnStrand;
    readonly owner: number;
    readonly clock: Clock;
    readonly random: Random;
    readonly tell: (change: StoreChange) => void;
  }) {
    this.#database = options.database;
    this.#strand = options.strand;
    this.#owner = options.owner;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#tell = options.tell;
    this.#queue = new GroupQueue({ largest: CALLS_IN_A_GROUP, commit: (calls) => this.#commit(calls) });
  }

  append(call: Call): Promise<LedgerRecord[]> {
    return this.#queue.submit(call);
  }

  /** What the database refuses because of one call's rows, that call alone is refused: the group is halved to find it. */
  async #commit(calls: readonly Call[]): Promise<Outcomes> {
    try {
      return await this.#write(calls);
    } catch (error) {
      if (!(error instanceof Error) || !isOfOneRow(error.cause)) throw error;
      if (calls.length === 1) return [{ ok: false, error }];
      const middle = Math.ceil(calls.length / 2);
      return [...(await this.#commitHalf(calls.slice(0, middle))), ...(await this.#commitHalf(calls.slice(middle)))];
    }
  }

  /** What fails here is told to these calls alone: the other half may be durable. */
  async #commitHalf(calls: readonly Call[]): Promise<Outcomes> {
    try {
      return await this.#commit(calls);
    } catch (error) {
      return calls.map(() => ({ ok: false, error }));
    }
  }

  async #write(calls: readonly Call[]): Promise<Outcomes> {
    const strand = await this.#strand.name();
    const written = await this.#database.transaction((transaction) => this.#writeIn(transaction, strand, calls));
    if (written === undefined) {
      // A restore ended this strand meanwhile.
      this.#strand.leave();
      return this.#write(calls);
    }
    for (const { event } of written.records) this.#tell({ shape: 'ledger', event });
    return written.calls.map((outcome) =>
      outcome.ok ? { ok: true, value: written.records.slice(outcome.value.from, outcome.value.to) } : outcome,
    );
  }

  async #writeIn(transaction: Queryable, strand: string, calls: readonly Call[]) {
    const after = await this.#strand.lock(transaction, strand);
    if (after === undefined) return undefined;
    const facts = await loadFacts(
      transaction,
      calls.flatMap((call) => call.map(({ event }) => event)),
    );
    const at = await this.#now(transaction);
    const { accepted, calls: judged } = judgeCalls(calls, facts, at);
    if (accepted.length === 0) return { records: [], calls: judged };
    const entries = accepted.map(({ entry }) => entry);
    const records = chainGroup({ entries, after, at, random: this.#random });
    const changes = new GroupChanges(facts);
    for (const [number, { entry, change }] of accepted.entries()) {
      const { event } = entry;
      const claimed = event.kind === 'judged' ? { issuer: event.issuer, ref: event.ref } : undefined;
      changes.take(change, after.sequence + number + 1, claimed);
    }
    await writeGroup(transaction, { strand, owner: this.#owner, records, changes, facts });
    const last = records.at(-1)?.record;
    await transaction.query('UPDATE strands SET records = $2, head = $3, last_at = $4 WHERE strand = $1', [
      strand,
      last?.sequence ?? after.sequence,
      last?.digest ?? after.head,
      at,
    ]);
    await announce(transaction, {
      from: this.#owner,
      changes: entries.map(({ event }) => ({ shape: 'ledger', event })),
    });
    return { records: records.map(({ record }) => record), calls: judged };
  }

  /**
   * Read when what this group rests on is locked: no record is older than one it rests on, whichever process wrote it.
   * Small corrections of the clock are levelled out, large ones refused.
   */
  async #now(transaction: Queryable): Promise<Instant> {
    const [row] = await transaction.query<{ last: number | null }>('SELECT max(last_at) AS last FROM strands');
    const now = this.#clock.now();
    const last = row?.last ?? now;
    if (now < last - CLOCK_TOLERANCE) throw new ClockBehindError(now, last);
    return Math.max(now, last);
  }
}
