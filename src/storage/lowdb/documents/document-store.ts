import { join } from 'node:path';
import {
  COLLECTIONS,
  type Collection,
  type DocumentStore,
  type DocumentTransaction,
  type Partition,
  type StoredDocument,
} from '../../../ports/documents.js';
import type { StoreChange } from '../../../ports/store.js';
import { compareCodePoints } from '../code-points.js';
import type { CommitGate } from '../commit-gate.js';
import type { Disk } from '../disk.js';
import { Exclusive } from '../exclusive.js';
import { fileNameFor } from '../file-name.js';
import type { StoreLimits } from '../limits.js';
import type { DocumentChange } from './apply-changes.js';
import { DraftTransaction } from './document-transaction.js';
import { PartitionFiles } from './partition-files.js';

/**
 * Documents in lowdb files, one directory a partition: `<issuer>/<collection>/<name>/`. Transactions queue for their
 * partition; readers never wait for a transaction's work, only for the moment its commit is written.
 */
export class LowdbDocumentStore implements DocumentStore {
  #issuers: Promise<readonly string[]> | undefined;
  readonly #disk: Disk;
  readonly #root: string;
  readonly #files: PartitionFiles;
  readonly #tell: (change: StoreChange) => void;
  readonly #gate: CommitGate;
  readonly #transactions = new Exclusive();
  readonly #access = new Exclusive();

  private constructor(options: {
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
    this.#files = new PartitionFiles(options);
  }

  /** Sweeps away what a crash left half done. */
  static async open(options: {
    readonly disk: Disk;
    readonly root: string;
    readonly limits: StoreLimits;
    readonly tell: (change: StoreChange) => void;
    readonly gate: CommitGate;
  }): Promise<LowdbDocumentStore> {
    const store = new LowdbDocumentStore(options);
    for (const issuer of await store.#disk.list(store.#root)) {
      for (const collection of COLLECTIONS) {
        for (const directory of await store.#directories(issuer, collection)) await store.#files.sweep(directory);
      }
    }
    return store;
  }

  get(partition: Partition, id: string): Promise<StoredDocument | undefined> {
    return this.#access.run(this.#files.directory(partition), () => this.#files.get(partition, id));
  }

  list(partition: Partition): Promise<StoredDocument[]> {
    return this.#access.run(this.#files.directory(partition), () => this.#files.list(partition));
  }

  async partitions(issuer: string, collection: Collection): Promise<string[]> {
    const names: string[] = [];
    for (const directory of await this.#directories(fileNameFor(issuer), collection)) {
      const filled = await this.#namesOfFilled(directory);
      if (filled !== undefined) names.push(filled.name);
    }
    return names.sort(compareCodePoints);
  }

  /** Asked with every bearer token, and changed by nobody else: read again after a commit, not before. */
  async issuers(): Promise<string[]> {
    this.#issuers ??= this.#findIssuers();
    const found = this.#issuers;
    found.catch(() => {
      if (this.#issuers === found) this.#issuers = undefined;
    });
    return [...(await found)];
  }

  async #findIssuers(): Promise<readonly string[]> {
    const slugs: string[] = [];
    for (const issuer of await this.#disk.list(this.#root)) {
      const slug = await this.#slugOfFilled(issuer);
      if (slug !== undefined) slugs.push(slug);
    }
    return slugs.sort(compareCodePoints);
  }

  transact<R>(partition: Partition, work: (transaction: DocumentTransaction) => Promise<R>): Promise<R> {
    const key = this.#files.directory(partition);
    return this.#transactions.run(key, async () => {
      const transaction = new DraftTransaction(partition, (from, id) => this.get(from, id));
      let result: R;
      try {
        result = await work(transaction);
      } finally {
        transaction.end();
      }
      const { changes } = transaction;
      if (changes.size > 0) await this.#commit(partition, changes);
      return result;
    });
  }

  /** Resolves when no transaction and no read is under way. */
  async idle(): Promise<void> {
    await this.#transactions.idle();
    await this.#access.idle();
  }

  /** A commit that failed is told of too: which of the two manifests the disk holds may be open. */
  async #commit(partition: Partition, changes: ReadonlyMap<string, DocumentChange>): Promise<void> {
    try {
      await this.#gate.commit(() =>
        this.#access.run(this.#files.directory(partition), () => this.#files.commit(partition, changes)),
      );
    } finally {
      this.#issuers = undefined;
      this.#tell({ shape: 'documents', partition });
    }
  }

  async #slugOfFilled(issuer: string): Promise<string | undefined> {
    for (const collection of COLLECTIONS) {
      for (const directory of await this.#directories(issuer, collection)) {
        const filled = await this.#namesOfFilled(directory);
        if (filled !== undefined) return filled.issuer;
      }
    }
    return undefined;
  }

  #namesOfFilled(directory: string) {
    return this.#access.run(directory, () => this.#files.namesOfFilled(directory));
  }

  async #directories(issuer: string, collection: Collection): Promise<string[]> {
    const parent = join(this.#root, issuer, collection);
    return (await this.#disk.list(parent)).map((name) => join(parent, name));
  }
}
