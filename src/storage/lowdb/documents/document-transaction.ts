import {
  type DocumentTransaction,
  type Partition,
  StaleVersionError,
  type StoredDocument,
} from '../../../ports/documents.js';
import type { Json } from '../../../ports/json.js';
import type { DocumentChange } from './apply-changes.js';

/** A transaction's own view: what it wrote over what is stored. Nothing reaches the store before the commit. */
export class DraftTransaction implements DocumentTransaction {
  readonly changes = new Map<string, DocumentChange>();
  readonly #partition: Partition;
  readonly #stored: (partition: Partition, id: string) => Promise<StoredDocument | undefined>;
  #ended = false;

  constructor(partition: Partition, stored: (partition: Partition, id: string) => Promise<StoredDocument | undefined>) {
    this.#partition = partition;
    this.#stored = stored;
  }

  async get(id: string): Promise<StoredDocument | undefined> {
    this.#assertOpen();
    const document = this.changes.has(id) ? this.changes.get(id)?.document : await this.#stored(this.#partition, id);
    return document === undefined ? undefined : structuredClone(document);
  }

  async put(id: string, value: Json, expectedVersion?: number): Promise<void> {
    this.#assertOpen();
    // Taken now, as JSON: what the caller does to the value afterwards is not stored.
    const copy: Json = JSON.parse(JSON.stringify(value));
    const before = await this.get(id);
    const version = before?.version ?? 0;
    if (expectedVersion !== undefined && expectedVersion !== version) {
      throw new StaleVersionError(id, expectedVersion, version);
    }
    const fresh = before === undefined || this.changes.get(id)?.fresh === true;
    const change = { document: { id, version: version + 1, value: copy }, fresh };
    // A Map keeps the place of a key it knew: a document written again after its deletion comes last.
    if (before === undefined) this.changes.delete(id);
    this.changes.set(id, change);
  }

  async delete(id: string): Promise<void> {
    this.#assertOpen();
    if ((await this.get(id)) !== undefined) this.changes.set(id, undefined);
  }

  /** Nothing may be asked of a transaction whose work is over. */
  end(): void {
    this.#ended = true;
  }

  #assertOpen(): void {
    if (this.#ended) throw new Error('this transaction is over');
  }
}
