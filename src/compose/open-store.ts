import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Config } from '../config.js';
import { unsharedBatches } from '../issuing/unshared-batches.js';
import type { BatchShares } from '../ports/batch-shares.js';
import type { Clock } from '../ports/clock.js';
import type { Logger } from '../ports/logger.js';
import type { Random } from '../ports/random.js';
import type { Store } from '../ports/store.js';
import type { TakeSnapshot } from '../ports/store-snapshot.js';
import type { Disk } from '../storage/lowdb/disk.js';

/** The store of a house, wherever it is kept. */
export interface HouseStore extends Store {
  readonly shares: BatchShares;
  /** Leaves word where this process takes commands, in a store that one process holds; nothing in any other. */
  announce(control: string): Promise<void>;
  /** Only of a store in files: a database server makes its own copies. */
  readonly snapshot?: TakeSnapshot;
}

export interface StoreMeans {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Where files are kept; the machine's file system unless told. */
  readonly disk?: Disk | undefined;
}

/**
 * Opens the store that a configuration names: the database of `DATABASE_URL`, else the files of the data folder. Only
 * the adapter that is used is loaded.
 * @throws {StoreLockedError} {@link StoreDamagedError} {@link StoreUnavailableError} {@link SchemaUnknownError}
 */
export async function openStore(
  { database, dataDirectory }: Pick<Config, 'database' | 'dataDirectory'>,
  { disk, ...means }: StoreMeans,
): Promise<HouseStore> {
  if (database !== undefined) {
    const { openPostgresStore } = await import('../storage/postgres/open-store.js');
    return { ...(await openPostgresStore({ ...database, ...means })), announce: async () => undefined };
  }
  const { openLowdbStore } = await import('../storage/lowdb/open-store.js');
  await mkdir(dirname(dataDirectory), { recursive: true });
  return {
    ...(await openLowdbStore({ directory: dataDirectory, ...means, ...(disk === undefined ? {} : { disk }) })),
    shares: unsharedBatches,
  };
}
