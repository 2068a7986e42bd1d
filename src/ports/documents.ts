import { DomainError } from './error.js';
import type { Json } from './json.js';

/** Every kind of document: what is copied, swept or told of a store goes over all of them. */
export const COLLECTIONS = ['issuers', 'programmes', 'students', 'cohorts', 'engagements', 'awards', 'tokens'] as const;

export type Collection = (typeof COLLECTIONS)[number];

/**
 * Where a document lives. Every key begins with the issuer. A partition is what changes together: one transaction
 * touches one partition (engagements of one programme and academic year, say).
 */
export interface Partition {
  /** Issuer slug. */
  readonly issuer: string;
  readonly collection: Collection;
  /** Free name within the collection, such as `missions-professionnelles.2025-2026`. Any text. */
  readonly name: string;
}

export interface StoredDocument<T extends Json = Json> {
  readonly id: string;
  /** 1 when first written, one more with every change. */
  readonly version: number;
  readonly value: T;
}

/** A transaction over one partition: it sees its own writes, and all of them become durable together or none. */
export interface DocumentTransaction {
  get(id: string): Promise<StoredDocument | undefined>;
  /**
   * Writes a whole value. With `expectedVersion` (0: must not exist) a stale version is refused.
   * @throws {StaleVersionError}
   */
  put(id: string, value: Json, expectedVersion?: number): Promise<void>;
  delete(id: string): Promise<void>;
}

/** Whole values with a version number: what people edit. */
export interface DocumentStore {
  get(partition: Partition, id: string): Promise<StoredDocument | undefined>;
  /** Every document of a partition, in the order first written. */
  list(partition: Partition): Promise<StoredDocument[]>;
  /** The partitions of a collection that hold something, by name. */
  partitions(issuer: string, collection: Collection): Promise<string[]>;
  /** Issuers that have any document, by slug. */
  issuers(): Promise<string[]>;
  /** Runs `work` alone on its partition; resolves once its writes are durable. If `work` throws, nothing changed. */
  transact<R>(partition: Partition, work: (transaction: DocumentTransaction) => Promise<R>): Promise<R>;
}

/** Somebody else changed the document first (HTTP 409). */
export class StaleVersionError extends DomainError {
  override readonly code = 'stale-version';
  readonly id: string;
  readonly expected: number;
  readonly found: number;

  constructor(id: string, expected: number, found: number) {
    super(`document ${id} is at version ${found}, not ${expected}`);
    this.id = id;
    this.expected = expected;
    this.found = found;
  }
}
