import type { Clock } from '../../src/ports/clock.js';
import {
  type Collection,
  type DocumentStore,
  type DocumentTransaction,
  type Partition,
  StaleVersionError,
  type StoredDocument,
} from '../../src/ports/documents.js';
import type { Ledger } from '../../src/ports/ledger.js';
import type { LogRow, LogStore } from '../../src/ports/log-store.js';
import { type Store, type StoreChange, StoreUnavailableError } from '../../src/ports/store.js';
import { Followers } from '../../src/storage/followers.js';
import { compareCodePoints } from '../../src/storage/lowdb/code-points.js';
import { Exclusive } from '../../src/storage/lowdb/exclusive.js';
import { whileHeld } from '../../src/storage/lowdb/while-held.js';
import { ModelLedger } from './model-ledger.js';

const keyOf = ({ issuer, collection, name }: Partition) => JSON.stringify([issuer, collection, name]);
const partitionOf = (key: string): string[] => JSON.parse(key);

class ModelDocuments implements DocumentStore {
  readonly #partitions = new Map<string, Map<string, StoredDocument>>();
  readonly #turns = new Exclusive();
  readonly #tell: (change: StoreChange) => void;

  constructor(tell: (change: StoreChange) => void) {
    this.#tell = tell;
  }

  #documents(partition: Partition): ReadonlyMap<string, StoredDocument> {
    return this.#partitions.get(keyOf(partition)) ?? new Map();
  }

  async get(partition: Partition, id: string): Promise<StoredDocument | undefined> {
    return structuredClone(this.#documents(partition).get(id));
  }

  async list(partition: Partition): Promise<StoredDocument[]> {
    return structuredClone([...this.#documents(partition).values()]);
  }

  async partitions(issuer: string, collection: Collection): Promise<string[]> {
    const filled = [...this.#partitions].filter(([, documents]) => documents.size > 0).map(([key]) => partitionOf(key));
    const own = filled.filter(([of, kind]) => of === issuer && kind === collection);
    return own.map(([, , name]) => name ?? '').sort(compareCodePoints);
  }

  async issuers(): Promise<string[]> {
    const filled = [...this.#partitions].filter(([, documents]) => documents.size > 0).map(([key]) => partitionOf(key));
    return [...new Set(filled.map(([issuer]) => issuer ?? ''))].sort(compareCodePoints);
  }

  transact<R>(partition: Partition, work: (transaction: DocumentTransaction) => Promise<R>): Promise<R> {
    return this.#turns.run(keyOf(partition), async () => {
      const draft = new Map(this.#documents(partition));
      let changed = false;
      const result = await work({
        get: async (id) => structuredClone(draft.get(id)),
        put: async (id, value, expected) => {
          const version = draft.get(id)?.version ?? 0;
          if (expected !== undefined && expected !== version) throw new StaleVersionError(id, expected, version);
          draft.set(id, structuredClone({ id, version: version + 1, value }));
          changed = true;
        },
        delete: async (id) => {
          draft.delete(id);
          changed = true;
        },
      });
      this.#partitions.set(keyOf(partition), draft);
      if (changed) this.#tell({ shape: 'documents', partition });
      return result;
    });
  }
}

class ModelLog implements LogStore {
  readonly #rows = new Map<string, LogRow>();
  readonly #tell: (change: StoreChange) => void;

  constructor(tell: (change: StoreChange) => void) {
    this.#tell = tell;
  }

  async put(rows: readonly LogRow[]): Promise<void> {
    for (const row of structuredClone(rows)) this.#rows.set(JSON.stringify([row.issuer, row.topic, row.key]), row);
    this.#tellOf(rows);
  }

  async putNew(row: LogRow): Promise<boolean> {
    const key = JSON.stringify([row.issuer, row.topic, row.key]);
    if (this.#rows.has(key)) return false;
    this.#rows.set(key, structuredClone(row));
    this.#tellOf([row]);
    return true;
  }

  async get(issuer: string, topic: string, key: string): Promise<LogRow['value'] | undefined> {
    return structuredClone(this.#rows.get(JSON.stringify([issuer, topic, key]))?.value);
  }

  async list(issuer: string, topic: string): Promise<LogRow[]> {
    const rows = [...this.#rows.values()].filter((row) => row.issuer === issuer && row.topic === topic);
    return structuredClone(rows).sort((left, right) => compareCodePoints(left.key, right.key));
  }

  async delete(rows: readonly Pick<LogRow, 'issuer' | 'topic' | 'key'>[]): Promise<void> {
    for (const { issuer, topic, key } of rows) this.#rows.delete(JSON.stringify([issuer, topic, key]));
    this.#tellOf(rows);
  }

  #tellOf(rows: readonly Pick<LogRow, 'issuer' | 'topic' | 'key'>[]): void {
    for (const { issuer, topic, key } of rows) this.#tell({ shape: 'log', issuer, topic, key });
  }
}

/** A store in memory, as plain as can be: what others are compared with. `open` may be called again after `close`. */
export class ModelStore {
  readonly #followers = new Followers();
  readonly #documents = new ModelDocuments((change) => this.#followers.tell(change));
  readonly #log = new ModelLog((change) => this.#followers.tell(change));
  readonly #ledger: ModelLedger;

  constructor(clock: Clock) {
    this.#ledger = new ModelLedger(clock, (change) => this.#followers.tell(change));
  }

  open(): Store {
    let closed = false;
    const refuse = () => (closed ? new StoreUnavailableError('the store is closed') : undefined);
    return {
      documents: whileHeld<DocumentStore>(this.#documents, refuse),
      log: whileHeld<LogStore>(this.#log, refuse),
      ledger: whileHeld<Ledger>(this.#ledger, refuse),
      follow: (listener) => this.#followers.follow(listener),
      async close() {
        closed = true;
      },
    };
  }
}
