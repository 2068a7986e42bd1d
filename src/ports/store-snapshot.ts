import type { Instant } from '../text/instant.js';

/** One file of a snapshot. */
export interface SnapshotFile {
  /** Where it lies in the data folder: names joined by `/`, none of them `.` or `..`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Exactly `size` bytes. @throws {StoreUnavailableError} */
  read(): AsyncIterable<Uint8Array>;
}

/**
 * Everything a store of files held at one instant, between two commits: what a power cut there would have left, without
 * any half of a write. Whatever was acknowledged before is in it, and nothing that comes after.
 */
export interface StoreSnapshot<Noted> {
  readonly takenAt: Instant;
  /** What {@link TakeSnapshot} was asked to note at that instant. */
  readonly noted: Noted;
  /** What all its files come to. */
  readonly bytes: number;
  /**
   * Every file, once, in an order of its own; each is to be read before the next is asked for. The store goes on
   * meanwhile; but until the ledger's files have been read, an erasure waits, and so do a check and the next snapshot.
   */
  files(): AsyncIterable<SnapshotFile>;
  /** Lets go of it; to be called whatever happens. */
  release(): Promise<void>;
}

/** @param note reads what has to be of that same instant; nothing is committed until it has ended. It must not write. */
export type TakeSnapshot = <Noted>(note: () => Promise<Noted>) => Promise<StoreSnapshot<Noted>>;
