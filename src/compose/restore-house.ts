import { mkdir, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { NamedCheckpoint } from '../audit/audit-ledger.js';
import { type RestoreReport, type RestoreTarget, restore } from '../backup/restore.js';
import { type HouseOptions, openHouse } from '../compose.js';
import type { Config } from '../config.js';
import { systemClock, systemRandom } from '../platform/system.js';
import { beginPutBack } from '../storage/lowdb/snapshot/put-back.js';

/**
 * Restores a backup into the data folder of a configuration, which must be empty.
 * @throws {DataFolderNotEmptyError} {@link StoreLockedError}, and what `restore` and `openHouse` throw.
 */
export async function restoreHouse(
  config: Config,
  backup: {
    readonly source: AsyncIterable<Uint8Array>;
    readonly checkpoints: readonly NamedCheckpoint[];
    readonly trustsUnsigned: boolean;
    readonly haltReason: string | undefined;
  },
  options: HouseOptions = {},
): Promise<RestoreReport> {
  await mkdir(dirname(config.dataDirectory), { recursive: true });
  const clock = options.clock ?? systemClock;
  const folder = await beginPutBack({ directory: config.dataDirectory, clock, random: systemRandom });
  const target: RestoreTarget = {
    ...folder,
    async room() {
      const { blocks, bavail, bsize } = await statfs(config.dataDirectory);
      // Some file systems say nothing about themselves.
      return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
    },
  };
  const openStaged = (staging: string) =>
    openHouse({ ...config, dataDirectory: staging }, { ...options, leavesUnfinished: true });
  return restore({ ...backup, target, openStaged });
}
