import type { DocumentStore } from './documents.js';
import { DomainError } from './error.js';
import type { Ledger } from './ledger.js';
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
  /** Finishes what was accepted, then lets go of the lock. */
  close(): Promise<void>;
}

/** The store could not take a write: nothing of it is acknowledged. Full disk, failed fsync, closed store. */
export class StoreUnavailableError extends DomainError {
  override readonly code = 'store-unavailable';
}

/** Stored bytes are not what was written. Names the file and the place; the store does not open over it. */
export class StoreDamagedError extends DomainError {
  override readonly code = 'store-damaged';
  readonly file: string;
  readonly place: string;

  constructor(file: string, place: string, message: string, options?: ErrorOptions) {
    super(`${file}, ${place}: ${message}`, options);
    this.file = file;
    this.place = place;
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
