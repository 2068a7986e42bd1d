import type { Clock } from '../../../ports/clock.js';
import type { Json } from '../../../ports/json.js';
import type {
  CredentialEntry,
  CredentialPage,
  HaltEntry,
  KeyEntry,
  Ledger,
  LedgerCheck,
  LedgerEntry,
  LedgerRecord,
  SessionEntry,
  StatusListEntry,
  StrandHead,
} from '../../../ports/ledger.js';
import type { Logger } from '../../../ports/logger.js';
import type { Random } from '../../../ports/random.js';
import { type StoreChange, StoreUnavailableError } from '../../../ports/store.js';
import type { CommitGate } from '../commit-gate.js';
import type { Disk } from '../disk.js';
import { Exclusive } from '../exclusive.js';
import type { StoreLimits } from '../limits.js';
import { checkLedger } from './check-ledger.js';
import type { StateCounts } from './credential-table.js';
import { finishErasures } from './erase.js';
import { type IndexFileContent, type IndexFilePlace, writeIndexFile } from './index-file.js';
import type { LedgerIndex } from './ledger-index.js';
import { LedgerWriter } from './ledger-writer.js';
import { prepareEntries } from './prepare-entries.js';
import { readPayload } from './read-payload.js';
import { type RecoveredLedger, recover } from './recover.js';
import type { ChainPlace } from './scan-chain.js';
import type { SegmentRange } from './segments.js';
import { Strand } from './strand.js';
import { strandHeads } from './strand-heads.js';

/** The ledger in segment files of one strand, with its index in memory. */
export class SegmentLedger implements Ledger {
  readonly #strand: Strand;
  readonly #index: LedgerIndex;
  readonly #writer: LedgerWriter;
  readonly #logger: Logger | undefined;
  readonly #maintenance = new Exclusive();
  readonly #place: IndexFilePlace;
  readonly #indexRecords: number;
  /** How many records the index file knows, or is about to. */
  #inIndexFile: number;

  private constructor(options: {
    readonly disk: Disk;
    readonly directory: string;
    readonly limits: StoreLimits;
    readonly strand: Strand;
    readonly recovered: RecoveredLedger;
    readonly clock: Clock;
    readonly random: Random;
    readonly logger: Logger | undefined;
    readonly tell: (change: StoreChange) => void;
    readonly gate: CommitGate;
  }) {
    this.#strand = options.strand;
    this.#index = options.recovered.index;
    this.#writer = new LedgerWriter(options);
    this.#logger = options.logger;
    this.#place = { disk: options.disk, directory: options.directory };
    this.#indexRecords = options.limits.indexRecords;
    this.#inIndexFile = options.recovered.kept;
  }

  /** Opens the strand in a directory, reads its chain and finishes erasures that were cut short. @throws {StoreDamagedError} */
  static async open(options: {
    readonly disk: Disk;
    readonly directory: string;
    readonly limits: StoreLimits;
    readonly clock: Clock;
    readonly random: Random;
    readonly logger: Logger | undefined;
    readonly tell: (change: StoreChange) => void;
    readonly gate: CommitGate;
  }): Promise<SegmentLedger> {
    const strand = await Strand.open(options);
    try {
      const recovered = await recover(strand, options, options.logger);
      const ledger = new SegmentLedger({ ...options, strand, recovered });
      await ledger.#finishErasures();
      const content = await ledger.#newIndexFile();
      // Nobody waits for it: a start without it reads the chain.
      if (content !== undefined) void ledger.#maintenance.run('', () => ledger.#writeIndexFile(content));
      return ledger;
    } catch (error) {
      await strand.close();
      throw error;
    }
  }

  async append(entries: readonly LedgerEntry[]): Promise<LedgerRecord[]> {
    if (entries.length === 0) return [];
    const records = await this.#writer.append(prepareEntries(entries));
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

  async credentials(issuer: string, after?: string): Promise<CredentialPage> {
    return this.#index.credentials.page(issuer, after);
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

  async halt(): Promise<HaltEntry | undefined> {
    return this.#index.halt();
  }

  haltReason(): Promise<Json | undefined> {
    return this.#payload(this.#index.haltRecord);
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

  async erasedRefs(issuer: string): Promise<string[]> {
    return this.#index.erasedRefs(issuer);
  }

  async strands(): Promise<StrandHead[]> {
    const { records, head } = this.#writer;
    return strandHeads(this.#strand.name, this.#index.strandStarts, { sequence: records, head });
  }

  check(known: readonly StrandHead[] = []): Promise<LedgerCheck> {
    return this.#maintenance.run('', () => {
      const asWritten = {
        index: this.#index,
        until: this.#durableEnd(),
        records: this.#writer.records,
        head: this.#writer.head,
        saved: this.#index.saved(),
      };
      return checkLedger(this.#strand, asWritten, known);
    });
  }

  /**
   * Erases what was to be erased, then overwrites nothing until `release` is called: what the segments hold up to where
   * they go now stays as it is.
   */
  async holdErasures(): Promise<{ release(): void }> {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await new Promise<void>((held, failed) => {
      this.#maintenance
        .run('', async () => {
          await finishErasures(this.#strand, this.#index, this.#durableEnd());
          held();
          await released;
        })
        .catch(failed);
    });
    return { release };
  }

  /** The segments, up to where they go now. Asked between two commits: what is appended later lies behind. */
  segmentsNow(): SegmentRange[] {
    return [this.#strand.chain, this.#strand.payloads].flatMap((segments) => segments.ranges());
  }

  /** Finishes what was accepted and closes the files. */
  async close(): Promise<void> {
    await this.#writer.idle();
    await this.#maintenance.idle();
    const content = await this.#newIndexFile();
    if (content !== undefined) await this.#writeIndexFile(content);
    await this.#strand.close();
  }

  /** What is worth writing to the index file now, while nothing is being appended; undefined when it is not. */
  async #newIndexFile(): Promise<IndexFileContent | undefined> {
    const { records, head, lastAt } = this.#writer;
    if (records - this.#inIndexFile < this.#indexRecords) return undefined;
    const extent = await this.#strand.extent();
    if (extent === undefined) return undefined;
    this.#inIndexFile = records;
    return { strand: this.#strand.name, ...extent, records, head, lastAt, index: this.#index.saved() };
  }

  #writeIndexFile(content: IndexFileContent): Promise<void> {
    return writeIndexFile(this.#place, content, this.#logger);
  }

  async #payload(position: number | undefined): Promise<Json | undefined> {
    return position === undefined ? undefined : readPayload(this.#strand, this.#index, position);
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
