import { dirname, join } from 'node:path';
import type { Clock } from '../../../ports/clock.js';
import { DomainError } from '../../../ports/error.js';
import type { Random } from '../../../ports/random.js';
import { StoreUnavailableError } from '../../../ports/store.js';
import { makeDirectories } from '../directories.js';
import { type Disk, nodeDisk } from '../disk.js';
import { isTemporaryName } from '../durable-json-file.js';
import { generationOf } from '../lock/lock-file.js';
import { machineProcesses, type ProcessTable } from '../lock/process-identity.js';
import { StoreLock } from '../lock/store-lock.js';
import { isStoredPath } from './stored-paths.js';

/** Where the files of a restore lie until all of them are there and were checked. */
export const UNFINISHED_FOLDER = 'restoring';
const ROOMS = ['documents', 'log', 'ledger'] as const;
const MANIFEST = 'store.json';
/** What a file system puts into a folder of its own. */
const NOT_OURS: ReadonlySet<string> = new Set(['lost+found']);

/** A restore goes into an empty data folder only. */
export class DataFolderNotEmptyError extends DomainError {
  override readonly code = 'data-folder-not-empty';
  readonly directory: string;

  constructor(directory: string) {
    super(`${directory} is not empty`);
    this.directory = directory;
  }
}

/** A file that no store has: an archive that holds it is none of ours, or was tampered with. */
export class ForeignPathError extends DomainError {
  override readonly code = 'foreign-path';
  readonly path: string;

  constructor(path: string) {
    super(`no store has a file ${JSON.stringify(path)}`);
    this.path = path;
  }
}

/** A store being put back, in a folder inside the one it is for. */
export interface PutBack {
  /** Once filled, a store that can be opened there, checked and changed before anybody else sees it. */
  readonly staging: string;
  /** @throws {ForeignPathError} {@link StoreUnavailableError} */
  write(path: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Puts everything in place; the manifest comes last, and with it the store is there. The staged store must be closed. */
  commit(): Promise<void>;
  /** Leaves nothing but an empty folder. */
  abandon(): Promise<void>;
}

/**
 * Begins a restore in an empty folder, or anew in one where a restore was cut short. Nobody else may use the folder until
 * it has ended.
 * @throws {DataFolderNotEmptyError} {@link StoreLockedError} {@link StoreUnavailableError}
 */
export async function beginPutBack(options: {
  /** Made when it does not exist; its parent must. */
  readonly directory: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly disk?: Disk;
  readonly processes?: ProcessTable;
}): Promise<PutBack> {
  const { directory, clock, random, disk = nodeDisk, processes = machineProcesses } = options;
  await assertEmpty(disk, directory);
  await storing(directory, () => makeDirectories(disk, directory));
  const lock = await StoreLock.acquire({ disk, directory, processes, random }, clock.now());
  const staging = join(directory, UNFINISHED_FOLDER);
  /** The folder that says a restore was under way goes last. */
  const sweep = async (): Promise<void> => {
    const isThere = (await disk.list(directory)).includes(MANIFEST);
    if (!isThere) for (const room of ROOMS) await disk.removeTree(join(directory, room));
    await disk.removeTree(staging);
  };
  const abandon = async (): Promise<void> => {
    await sweep().catch(() => undefined);
    await lock.release().catch(() => undefined);
  };
  try {
    await storing(directory, async () => {
      await assertEmpty(disk, directory);
      // What a restore that was cut short has left.
      await sweep();
      await makeDirectories(disk, directory, UNFINISHED_FOLDER);
      for (const room of ROOMS) await makeDirectories(disk, staging, room);
    });
  } catch (error) {
    await abandon();
    throw error;
  }
  const filled = new Set<string>([staging]);
  return {
    staging,
    abandon,
    async write(path, content) {
      if (!isStoredPath(path)) throw new ForeignPathError(path);
      const file = join(staging, path);
      await storing(file, () => makeDirectories(disk, staging, ...path.split('/').slice(0, -1)));
      await writeWhole(disk, file, content);
      filled.add(dirname(file));
    },
    async commit() {
      await storing(directory, async () => {
        for (const folder of filled) await disk.syncDirectory(folder);
        for (const room of ROOMS) await disk.rename(join(staging, room), join(directory, room));
        await disk.syncDirectory(directory);
        await disk.rename(join(staging, MANIFEST), join(directory, MANIFEST));
        await disk.syncDirectory(directory);
      });
      // What is left of it is swept away at the next opening, too.
      await abandon();
    },
  };
}

/** What is being read may fail in its own words. */
async function writeWhole(disk: Disk, path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = await storing(path, () => disk.create(path));
  try {
    let position = 0;
    for await (const bytes of content) {
      await storing(path, () => file.write(bytes, position));
      position += bytes.length;
    }
    await storing(path, () => file.sync());
  } finally {
    await file.close();
  }
}

async function assertEmpty(disk: Disk, directory: string): Promise<void> {
  const names = (await disk.list(directory)).filter(
    (name) => generationOf(name) === undefined && !isTemporaryName(name) && !NOT_OURS.has(name),
  );
  const cutShort = names.includes(UNFINISHED_FOLDER) && !names.includes(MANIFEST);
  const foreign = names.filter((name) => name !== UNFINISHED_FOLDER && !ROOMS.some((room) => room === name));
  if (cutShort ? foreign.length > 0 : names.length > 0) throw new DataFolderNotEmptyError(directory);
}

/** Errors of the disk, as a store tells them. */
async function storing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new StoreUnavailableError(`${path} could not be put in place`, { cause: error });
  }
}
