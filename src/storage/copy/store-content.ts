import { COLLECTIONS, type Partition, type StoredDocument } from '../../ports/documents.js';
import type { LogRow } from '../../ports/log-store.js';
import type { Store } from '../../ports/store.js';

/** A record of the ledger as it is chained, with what lies beside it. */
export interface CopiedRecord {
  readonly strand: string;
  readonly sequence: number;
  /** Its JSON, whose SHA-256 the next record names. */
  readonly text: string;
  /** `erased` where the chain has a digest and the payload is gone for good. */
  readonly payload: { readonly salt: Uint8Array; readonly text: string } | 'erased' | undefined;
}

export interface CopiedPartition {
  readonly partition: Partition;
  /** In the order first written. */
  readonly documents: readonly StoredDocument[];
}

/** All that a store holds, to be read while nobody writes to it. */
export interface StoreContent {
  readonly store: Store;
  /** Every issuer and topic that has rows in the log. */
  topics(): Promise<readonly Pick<LogRow, 'issuer' | 'topic'>[]>;
  /** Every record, many at a time, in an order in which each follows what it rests on. */
  records(): AsyncIterable<readonly CopiedRecord[]>;
  close(): Promise<void>;
}

/** An empty store that takes what another one held. Nobody serves it before {@link finish}. */
export interface StoreFiller {
  putRecords(records: readonly CopiedRecord[]): Promise<void>;
  putPartition(partition: CopiedPartition): Promise<void>;
  putRows(rows: readonly LogRow[]): Promise<void>;
  /** What it holds by now, read back. */
  read(): Promise<StoreContent>;
  /** From now on it may be served. */
  finish(): Promise<void>;
  /** Lets go of it; one that was not finished stays unusable until it is filled anew. */
  close(): Promise<void>;
}

/** Every partition that holds something. */
export async function* partitionsOf({ documents }: Store): AsyncGenerator<CopiedPartition> {
  for (const issuer of await documents.issuers()) {
    for (const collection of COLLECTIONS) {
      for (const name of await documents.partitions(issuer, collection)) {
        const partition = { issuer, collection, name };
        yield { partition, documents: await documents.list(partition) };
      }
    }
  }
}
