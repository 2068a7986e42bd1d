import type { DocumentStore, Partition } from './documents.js';
import { DomainError } from './error.js';
import type { Ledger, LedgerEvent } from './ledger.js';
import type { LogStore } from './log-store.js';

/**
 * Everything the house keeps, in three shapes (architecture, *Data model*): documents that people edit, a log of rows
 * where the last write of a key wins, and an append-only ledger of what was issued and changed. No transaction spans
 * two shapes: the ledger is written first and is the truth; what the others repeat of it is derived again at start.
 */
export interface Store {
  readonly documents: DocumentStore;
  readonly log: LogStore;
  readonly ledger: Ledger;
  /**
   * Calls `listener` after each change: at once for this process's own, once it is durable and before its writer is
   * answered, so that no writer meets what it made stale; within a second for those of others. What was read before a
   * change and is remembered after it is stale too: keep only what no change overtook. A document or row whose write
   * failed may be told of all the same, since the disk may hold it; an entry of the ledger that was refused or failed
   * is not. What a listener throws reaches nobody.
   * @returns how to stop.
   */
  follow(listener: (change: StoreChange) => void): () => void;
  /** Finishes what was accepted, then lets go of the lock. */
  close(): Promise<void>;
}

/**
 * Something became readable, written here or by another process of the house. `all`: changes may have been missed;
 * whatever was remembered is to be forgotten.
 */
export type StoreChange =
  | { readonly shape: 'ledger'; readonly event: LedgerEvent }
  | { readonly shape: 'documents'; readonly partition: Partition }
  | { readonly shape: 'log'; readonly issuer: string; readonly topic: string; readonly key: string }
  | { readonly shape: 'all' };

/** The store could not take a write: nothing of it is acknowledged. Full disk, failed fsync, closed store. */
export class StoreUnavailableError extends DomainError {
  override readonly code = 'store-unavailable';
}

/** Stored bytes are not what was written. Names the file and the place; the store does not open over it. */
export class StoreDamagedError extends DomainError {
  override readonly code = 'store-damaged';
  readonly file: string;
  readonly place: string;
  /** What is wrong there, in English. */
  readonly detail: string;

  constructor(file: string, place: string, detail: string, options?: ErrorOptions) {
    super(`${file}, ${place}: ${detail}`, options);
    this.file = file;
    this.place = place;
    this.detail = detail;
  }
}

/** Another live process holds the store. */
export class StoreLockedError extends DomainError {
  override readonly code = 'store-locked';
  readonly holder: { readonly pid: number; readonly host: string };

  constructor(holder: { readonly pid: number; readonly host: string }) {
    super(`the store is in use by process ${holder.pid} on ${holder.host}`);
    this.holder = holder;
  }
}
