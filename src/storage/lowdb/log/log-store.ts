import { join } from 'node:path';
import type { Json } from '../../../ports/json.js';
import type { LogRow, LogStore } from '../../../ports/log-store.js';
import type { Outcome } from '../../../ports/outcome.js';
import { type StoreChange, StoreUnavailableError } from '../../../ports/store.js';
import { GroupQueue } from '../../group-queue.js';
import { compareCodePoints } from '../code-points.js';
import type { CommitGate } from '../commit-gate.js';
import { makeDirectories } from '../directories.js';
import type { Disk } from '../disk.js';
import { Exclusive } from '../exclusive.js';
import { fileNameFor } from '../file-name.js';
import type { StoreLimits } from '../limits.js';
import { TopicFiles } from './topic-files.js';

type RowKey = Pick<LogRow, 'issuer' | 'topic' | 'key'>;

/** What one call asks of one topic: changes in order, of which `undefined` deletes, or one row where none is yet. */
type TopicCall =
  | {
      readonly kind: 'changes';
      readonly changes: readonly { readonly key: string; readonly value: Json | undefined }[];
    }
  | { readonly kind: 'new'; readonly key: string; readonly value: Json };

const CALLS_IN_A_GROUP = 1_000;
/** Leaves written side by side: each waits for its disk. */
const LEAVES_AT_ONCE = 4;

/**
 * The log in lowdb files, one directory a topic: `<issuer>/<topic>/`. Calls for one topic that wait together share
 * their writes: each leaf they touch is rewritten once.
 */
export class LowdbLogStore implements LogStore {
  readonly #disk: Disk;
  readonly #root: string;
  readonly #files: TopicFiles;
  readonly #tell: (change: StoreChange) => void;
  readonly #gate: CommitGate;
  readonly #queues = new Map<string, GroupQueue<TopicCall, boolean>>();
  readonly #access = new Exclusive();

  constructor(options: {
    readonly disk: Disk;
    readonly root: string;
    readonly limits: StoreLimits;
    readonly tell: (change: StoreChange) => void;
    readonly gate: CommitGate;
  }) {
    this.#disk = options.disk;
    this.#tell = options.tell;
    this.#gate = options.gate;
    this.#root = options.root;
    this.#files = new TopicFiles(options);
  }

  async put(rows: readonly LogRow[]): Promise<void> {
    await this.#write(rows.map((row) => ({ ...row, value: copyOf(row.value) })));
  }

  putNew(row: LogRow): Promise<boolean> {
    const directory = this.#directory(row.issuer, row.topic);
    return this.#submit(directory, row, { kind: 'new', key: row.key, value: copyOf(row.value) });
  }

  async delete(rows: readonly RowKey[]): Promise<void> {
    await this.#write(rows.map(({ issuer, topic, key }) => ({ issuer, topic, key })));
  }

  get(issuer: string, topic: string, key: string): Promise<Json | undefined> {
    const directory = this.#directory(issuer, topic);
    return this.#access.run(directory, async () => {
      const { rows } = await this.#files.leafOf(directory, key);
      const row = rows.find(([candidate]) => candidate === key);
      return row === undefined ? undefined : structuredClone(row[1]);
    });
  }

  list(issuer: string, topic: string): Promise<LogRow[]> {
    const directory = this.#directory(issuer, topic);
    return this.#access.run(directory, async () => {
      const found: LogRow[] = [];
      for await (const { rows } of this.#files.leaves(directory)) {
        for (const [key, value] of rows) found.push({ issuer, topic, key, value: structuredClone(value) });
      }
      return found.sort((left, right) => compareCodePoints(left.key, right.key));
    });
  }

  /** Resolves when nothing is being written or read. */
  async idle(): Promise<void> {
    await Promise.all([...this.#queues.values()].map((queue) => queue.idle()));
    await this.#access.idle();
  }

  async #write(rows: readonly (RowKey & { readonly value?: Json })[]): Promise<void> {
    const topics = new Map<
      string,
      { readonly first: RowKey; readonly call: { key: string; value: Json | undefined }[] }
    >();
    for (const row of rows) {
      const directory = this.#directory(row.issuer, row.topic);
      const topic = topics.get(directory) ?? { first: row, call: [] };
      topics.set(directory, topic);
      topic.call.push({ key: row.key, value: row.value });
    }
    const writes = [...topics].map(([directory, { first, call }]) =>
      this.#submit(directory, first, { kind: 'changes', changes: call }),
    );
    // Every write has ended when this call does, also when one of them failed.
    for (const result of await Promise.allSettled(writes)) if (result.status === 'rejected') throw result.reason;
  }

  #submit(directory: string, topic: RowKey, call: TopicCall): Promise<boolean> {
    const queue = this.#queue(directory, topic);
    const written = queue.submit(call);
    // A queue lives as long as it is busy.
    const forget = (): void => {
      if (!queue.busy && this.#queues.get(directory) === queue) this.#queues.delete(directory);
    };
    written.then(forget, forget);
    return written;
  }

  #queue(directory: string, { issuer, topic }: RowKey): GroupQueue<TopicCall, boolean> {
    const known = this.#queues.get(directory);
    if (known !== undefined) return known;
    const queue = new GroupQueue<TopicCall, boolean>({
      largest: CALLS_IN_A_GROUP,
      commit: (calls) =>
        this.#gate.commit(() =>
          this.#access.run(directory, () => this.#commitAndTell(directory, calls, { issuer, topic })),
        ),
    });
    this.#queues.set(directory, queue);
    return queue;
  }

  async #commitAndTell(
    directory: string,
    calls: readonly TopicCall[],
    { issuer, topic }: Pick<LogRow, 'issuer' | 'topic'>,
  ): Promise<Outcome<boolean>[]> {
    try {
      await makeDirectories(this.#disk, this.#root, fileNameFor(issuer), fileNameFor(topic));
    } catch (error) {
      throw new StoreUnavailableError(`${directory} could not be made`, { cause: error });
    }
    try {
      return await this.#commit(directory, calls);
    } finally {
      this.#tellOf(calls, { issuer, topic });
    }
  }

  /**
   * Writes each leaf once; a call has failed when one of its leaves could not be written, and so has one that was told
   * "taken" by a row that came to nothing with it. @returns for each call whether its rows were written.
   */
  async #commit(directory: string, calls: readonly TopicCall[]): Promise<Outcome<boolean>[]> {
    const leaves = new Map<string, { readonly rows: Map<string, Json>; readonly calls: Set<number> }>();
    const outcomes: Outcome<boolean>[] = [];
    for (const [number, call] of calls.entries()) {
      const changes = call.kind === 'new' ? [call] : call.changes;
      let written = true;
      for (const { key, value } of changes) {
        const { digits, rows } = await this.#files.leafOf(directory, key);
        const leaf = leaves.get(digits) ?? { rows: new Map(rows), calls: new Set() };
        leaves.set(digits, leaf);
        leaf.calls.add(number);
        if (call.kind === 'new' && leaf.rows.has(key)) written = false;
        else if (value === undefined) leaf.rows.delete(key);
        else leaf.rows.set(key, value);
      }
      outcomes.push({ ok: true, value: written });
    }
    const waiting = leaves.entries();
    const write = async () => {
      for (const [digits, leaf] of waiting) {
        try {
          await this.#files.write(directory, { digits, rows: [...leaf.rows] });
        } catch (error) {
          for (const number of leaf.calls) outcomes[number] = { ok: false, error };
        }
      }
    };
    await Promise.all(Array.from({ length: LEAVES_AT_ONCE }, write));
    return outcomes;
  }

  /** A row whose write failed is told of too: the disk may hold it. */
  #tellOf(calls: readonly TopicCall[], { issuer, topic }: Pick<LogRow, 'issuer' | 'topic'>): void {
    const keys = calls.flatMap((call) => (call.kind === 'new' ? [call.key] : call.changes.map(({ key }) => key)));
    for (const key of new Set(keys)) this.#tell({ shape: 'log', issuer, topic, key });
  }

  #directory(issuer: string, topic: string): string {
    return join(this.#root, fileNameFor(issuer), fileNameFor(topic));
  }
}

/** A value as JSON holds it: what the caller does to theirs afterwards is not stored. */
function copyOf(value: Json): Json {
  return JSON.parse(JSON.stringify(value));
}
