import type { Clock } from '../../../ports/clock.js';
import type { Json } from '../../../ports/json.js';
import {
  ClockBehindError,
  type CredentialEntry,
  type KeyEntry,
  type Ledger,
  type LedgerCheck,
  type LedgerEntry,
  type LedgerRecord,
  type SessionEntry,
  type StatusListEntry,
} from '../../../ports/ledger.js';
import type { Logger } from '../../../ports/logger.js';
import type { Random } from '../../../ports/random.js';
import { StoreDamagedError, StoreUnavailableError } from '../../../ports/store.js';
import type { Instant } from '../../../text/instant.js';
import type { Disk } from '../disk.js';
import { Exclusive } from '../exclusive.js';
import { GroupQueue, type Outcome } from '../group-queue.js';
import type { StoreLimits } from '../limits.js';
import { admit } from './admit.js';
import { isLedgerEvent } from './chain-record.js';
import { checkLedger } from './check-ledger.js';
import type { StateCounts } from './credential-table.js';
import { Draft } from './draft.js';
import { encodeGroup, type PreparedEntry } from './encode-group.js';
import { finishErasures } from './erase.js';
import type { LedgerChange } from './facts.js';
import type { LedgerIndex } from './ledger-index.js';
import { frameHolds, payloadOf } from './payload-frame.js';
import { refOf } from './payload-owner.js';
import { type RecoveredLedger, recover } from './recover.js';
import type { ChainPlace } from './scan-chain.js';
import { Strand } from './strand.js';

/** A clock that runs behind the last record by more than this is wrong (threats.md K5). Milliseconds. */
const CLOCK_TOLERANCE = 300_000;
const CALLS_IN_A_GROUP = 512;

type Call = readonly PreparedEntry[];

/** The ledger in segment files of one strand, with its index in memory. */
export class SegmentLedger implements Ledger {
  readonly #strand: Strand;
  readonly #index: LedgerIndex;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #logger: Logger | undefined;
  readonly #queue: GroupQueue<Call, LedgerRecord[]>;
  readonly #maintenance = new Exclusive();
  #sequence: number;
  #head: string;
  #lastAt: Instant | undefined;

  private constructor(options: {
    readonly strand: Strand;
    readonly recovered: RecoveredLedger;
    readonly clock: Clock;
    readonly random: Random;
    readonly logger: Logger | undefined;
  }) {
    const { recovered } = options;
    this.#strand = options.strand;
    this.#index = recovered.index;
    this.#sequence = recovered.records;
    this.#head = recovered.head;
    this.#lastAt = recovered.lastAt;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#logger = options.logger;
    this.#queue = new GroupQueue({ largest: CALLS_IN_A_GROUP, commit: (calls) => this.#commit(calls) });
  }

  /** Opens the strand in a directory, reads its chain and finishes erasures that were cut short. @throws {StoreDamagedError} */
  static async open(options: {
    readonly disk: Disk;
    readonly directory: string;
    readonly limits: StoreLimits;
    readonly clock: Clock;
    readonly random: Random;
    readonly logger: Logger | undefined;
  }): Promise<SegmentLedger> {
    const strand = await Strand.open(options);
    try {
      const ledger = new SegmentLedger({ ...options, strand, recovered: await recover(strand, options.logger) });
      await ledger.#finishErasures();
      return ledger;
    } catch (error) {
      await strand.close();
      throw error;
    }
  }

  async append(entries: readonly LedgerEntry[]): Promise<LedgerRecord[]> {
    if (entries.length === 0) return [];
    // Taken now: what the caller does to an entry afterwards is not chained.
    const call = entries.map(({ event, actor, payload }): PreparedEntry => {
      if (!isLedgerEvent(event)) throw new TypeError('this is no event the ledger knows');
      return {
        event: structuredClone(event),
        actor,
        payload: payload === undefined ? undefined : JSON.stringify(payload),
      };
    });
    const records = await this.#queue.submit(call);
    if (records.some(({ event }) => event.kind === 'erased')) await this.#eraseNow();
    return records;
  }

  async credential(id: string): Promise<CredentialEntry | undefined> {
    return this.#index.credential(id);
  }

  async byRef(issuer: string, ref: string): Promise<CredentialEntry | undefined> {
    const newest = this.#index.credentialsOfRef(issuer, ref).at(-1);
    const entry = newest === undefined ? undefined : this.#index.credential(newest);
    return entry?.state === 'voided' ? undefined : entry;
  }

  async unfinished(): Promise<CredentialEntry[]> {
    return this.#index.credentials.unfinished();
  }

  async counts(issuer: string): Promise<StateCounts> {
    return this.#index.credentials.counts(issuer);
  }

  reservation(credential: string, version: number): Promise<Json | undefined> {
    return this.#payload(this.#index.credentials.record(credential, { reserved: version }));
  }

  document(credential: string, version: number): Promise<Json | undefined> {
    return this.#payload(this.#index.credentials.record(credential, { issued: version }));
  }

  stateReason(credential: string): Promise<Json | undefined> {
    return this.#payload(this.#index.credentials.record(credential, 'state'));
  }

  async lists(issuer: string): Promise<StatusListEntry[]> {
    return this.#index.lists.entries(issuer);
  }

  async list(id: string): Promise<StatusListEntry | undefined> {
    return this.#index.lists.entry(id);
  }

  async usedIndexes(list: string): Promise<Uint8Array> {
    return this.#index.lists.used(list) ?? new Uint8Array(0);
  }

  async statusBits(list: string): Promise<Uint8Array> {
    return this.#index.lists.bits(list) ?? new Uint8Array(0);
  }

  async keys(issuer: string): Promise<KeyEntry[]> {
    return this.#index.keys(issuer);
  }

  async sessionByDigest(issuer: string, digest: string): Promise<SessionEntry | undefined> {
    const id = this.#index.sessionOfDigest(issuer, digest);
    return id === undefined ? undefined : this.#index.session(id);
  }

  async session(id: string): Promise<SessionEntry | undefined> {
    return this.#index.session(id);
  }

  async sessions(issuer: string): Promise<SessionEntry[]> {
    return this.#index.sessions.entries(issuer);
  }

  sessionHeader(session: string): Promise<Json | undefined> {
    return this.#payload(this.#index.sessions.header(session));
  }

  async sessionRows(session: string): Promise<(Json | undefined)[]> {
    const payloads: (Json | undefined)[] = [];
    for (const position of this.#index.sessions.rows(session)) payloads.push(await this.#payload(position));
    return payloads;
  }

  check(): Promise<LedgerCheck> {
    return this.#maintenance.run('', () => {
      const known = { index: this.#index, until: this.#durableEnd(), records: this.#sequence, head: this.#head };
      return checkLedger(this.#strand, known);
    });
  }

  /** Finishes what was accepted and closes the files. */
  async close(): Promise<void> {
    await this.#queue.idle();
    await this.#maintenance.idle();
    await this.#strand.close();
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
      if (change !== undefined) this.#index.take(change, { sequence: record.sequence, position });
      this.#sequence = record.sequence;
      this.#head = record.digest;
    }
    this.#lastAt = at;
    return group.records.map(({ record }) => record);
  }

  /** Instants in the chain never go back: small corrections of the clock are levelled out, large ones refused. */
  #now(): Instant {
    const now = this.#clock.now();
    const last = this.#lastAt ?? now;
    if (now < last - CLOCK_TOLERANCE) throw new ClockBehindError(now, last);
    return Math.max(now, last);
  }

  /** The payload of the record at a position; `undefined` when it has none or it was erased. */
  async #payload(position: number | undefined): Promise<Json | undefined> {
    if (position === undefined) return undefined;
    const { record, payload, group } = await this.#strand.readRecord(position);
    if (payload === undefined || record.payload === undefined) return undefined;
    const ref = refOf(record.event, this.#index);
    const erased = (): boolean => ref !== undefined && this.#index.isErased(record.event.issuer, ref, record.sequence);
    if (erased()) return undefined;
    const frame = await this.#strand.readFrame(payload);
    if (frameHolds(frame, { digest: record.payload, group: group.first })) return payloadOf(frame);
    // It may have been erased while it was being read.
    if (erased()) return undefined;
    throw new StoreDamagedError(
      this.#strand.payloads.path(payload.segment),
      `byte ${payload.offset}, record ${record.sequence}`,
      'the payload is missing or not what the chain says',
    );
  }

  #durableEnd(): ChainPlace {
    return { segment: this.#strand.chain.count, size: this.#strand.chain.size };
  }

  #finishErasures(): Promise<void> {
    return this.#maintenance.run('', () => finishErasures(this.#strand, this.#index, this.#durableEnd()));
  }

  /** The `erased` record is durable and readers see nothing any more: what fails here is done at the next chance. */
  async #eraseNow(): Promise<void> {
    try {
      await this.#finishErasures();
    } catch (error) {
      if (!(error instanceof StoreUnavailableError)) throw error;
      this.#logger?.error('storage.erasure-unfinished', error);
    }
  }
}
