import type { Clock } from '../../../ports/clock.js';
import { ClockBehindError, type LedgerRecord } from '../../../ports/ledger.js';
import type { Outcome } from '../../../ports/outcome.js';
import type { Random } from '../../../ports/random.js';
import type { StoreChange } from '../../../ports/store.js';
import type { Instant } from '../../../text/instant.js';
import { GroupQueue } from '../../group-queue.js';
import type { CommitGate } from '../commit-gate.js';
import { admit } from './admit.js';
import { Draft } from './draft.js';
import { encodeGroup, type PreparedEntry } from './encode-group.js';
import type { LedgerChange } from './facts.js';
import type { LedgerIndex } from './ledger-index.js';
import type { RecoveredLedger } from './recover.js';
import type { Strand } from './strand.js';

/** A clock that runs behind the last record by more than this is wrong (threats.md K5). Milliseconds. */
const CLOCK_TOLERANCE = 300_000;
const CALLS_IN_A_GROUP = 512;

type Call = readonly PreparedEntry[];

/** Appends to a strand, group by group, and lets the index follow once a group is durable. */
export class LedgerWriter {
  readonly #strand: Strand;
  readonly #index: LedgerIndex;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #tell: (change: StoreChange) => void;
  readonly #queue: GroupQueue<Call, LedgerRecord[]>;
  #sequence: number;
  #head: string;
  #lastAt: Instant | undefined;

  constructor(options: {
    readonly strand: Strand;
    readonly recovered: RecoveredLedger;
    readonly clock: Clock;
    readonly random: Random;
    readonly tell: (change: StoreChange) => void;
    readonly gate: CommitGate;
  }) {
    const { recovered } = options;
    this.#strand = options.strand;
    this.#index = recovered.index;
    this.#sequence = recovered.records;
    this.#head = recovered.head;
    this.#lastAt = recovered.lastAt;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#tell = options.tell;
    this.#queue = new GroupQueue({
      largest: CALLS_IN_A_GROUP,
      commit: (calls) => options.gate.commit(() => this.#commit(calls)),
    });
  }

  /** Sequence of the last durable record. */
  get records(): number {
    return this.#sequence;
  }

  /** Digest of the last durable record. */
  get head(): string {
    return this.#head;
  }

  /** When the last durable record was written. */
  get lastAt(): Instant | undefined {
    return this.#lastAt;
  }

  append(call: Call): Promise<LedgerRecord[]> {
    return this.#queue.submit(call);
  }

  /** Resolves when nothing is being written or waiting. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  /** Writes one group. Entries are judged against what is durable and what comes before them in the group. */
  async #commit(calls: readonly Call[]): Promise<Outcome<LedgerRecord[]>[]> {
    await this.#strand.makeRoom();
    const at = this.#now();
    const draft = new Draft(this.#index);
    const accepted: PreparedEntry[] = [];
    const changes: LedgerChange[] = [];
    const judged = calls.map((call): Outcome<{ from: number; to: number }> => {
      const mark = draft.mark();
      const from = accepted.length;
      try {
        for (const entry of call) {
          const change = admit(draft, entry.event, at);
          draft.take(change);
          accepted.push(entry);
          changes.push(change);
        }
        return { ok: true, value: { from, to: accepted.length } };
      } catch (error) {
        draft.rollBack(mark);
        accepted.length = from;
        changes.length = from;
        return { ok: false, error };
      }
    });
    const records = accepted.length === 0 ? [] : await this.#write(accepted, changes, at);
    return judged.map((outcome) =>
      outcome.ok ? { ok: true, value: records.slice(outcome.value.from, outcome.value.to) } : outcome,
    );
  }

  async #write(
    entries: readonly PreparedEntry[],
    changes: readonly LedgerChange[],
    at: Instant,
  ): Promise<LedgerRecord[]> {
    const strand = this.#strand;
    const after = { sequence: this.#sequence, head: this.#head };
    const group = encodeGroup({ entries, after, at, strand, random: this.#random });
    await strand.write(group);
    // Durable from here on: readers may see it.
    for (const [number, { record, position }] of group.records.entries()) {
      const change = changes[number];
      const source = { sequence: record.sequence, position, previous: this.#head };
      if (change !== undefined) this.#index.take(change, source);
      this.#sequence = record.sequence;
      this.#head = record.digest;
    }
    this.#lastAt = at;
    for (const { event } of entries) this.#tell({ shape: 'ledger', event });
    return group.records.map(({ record }) => record);
  }

  /** Instants in the chain never go back: small corrections of the clock are levelled out, large ones refused. */
  #now(): Instant {
    const now = this.#clock.now();
    const last = this.#lastAt ?? now;
    if (now < last - CLOCK_TOLERANCE) throw new ClockBehindError(now, last);
    return Math.max(now, last);
  }
}
