import { resolve } from 'node:path';
import type { Config } from '../config.js';
import { systemClock, systemRandom } from '../platform/system.js';
import { copyStore } from '../storage/copy/copy-store.js';
import type { Fingerprint } from '../storage/copy/fingerprint.js';
import type { StoreContent, StoreFiller } from '../storage/copy/store-content.js';

const DATABASE = /^postgres(ql)?:\/\//;
const DEFAULTS: Pick<NonNullable<Config['database']>, 'connections' | 'timeoutMs'> = {
  connections: 4,
  timeoutMs: 600_000,
};

/**
 * Copies a house's store between a data folder and a database, either way; the source is only read.
 * @param options.from and `to`: a folder, or the URL of a PostgreSQL database. @param options.cwd base of relative paths.
 * @throws {CopyRefusedError} {@link StoreLockedError} {@link StoreDamagedError} {@link StoreUnavailableError}
 */
export async function migrateStore(options: {
  readonly from: string;
  readonly to: string;
  readonly cwd: string;
}): Promise<Fingerprint> {
  const source = await readStore(options.from, options.cwd);
  try {
    const target = await fillStore(options.to, options.cwd);
    try {
      return await copyStore(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

const means = { clock: systemClock, random: systemRandom };

async function readStore(place: string, cwd: string): Promise<StoreContent> {
  if (DATABASE.test(place)) {
    const { readTables } = await import('../storage/postgres/copy-tables.js');
    return readTables({ ...DEFAULTS, ...means, url: place, logger: undefined });
  }
  const { readFiles } = await import('../storage/lowdb/copy-files.js');
  return readFiles({ ...means, directory: resolve(cwd, place) });
}

async function fillStore(place: string, cwd: string): Promise<StoreFiller> {
  if (DATABASE.test(place)) {
    const { fillTables } = await import('../storage/postgres/copy-tables.js');
    return fillTables({ ...DEFAULTS, ...means, url: place, logger: undefined });
  }
  const { fillFiles } = await import('../storage/lowdb/copy-files.js');
  return fillFiles({ ...means, directory: resolve(cwd, place) });
}
