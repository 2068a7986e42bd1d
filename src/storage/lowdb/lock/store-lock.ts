import { join } from 'node:path';
import { DomainError } from '../../../ports/error.js';
import type { Random } from '../../../ports/random.js';
import { StoreLockedError, StoreUnavailableError } from '../../../ports/store.js';
import { formatInstantPrecisely, type Instant } from '../../../text/instant.js';
import { type Disk, errorCode } from '../disk.js';
import { encodeLock, type LockContent, liveHolder, lockGenerations, lockName } from './lock-file.js';
import type { ProcessTable } from './process-identity.js';

/** How often a holder shows that it lives. Milliseconds. */
const HEARTBEAT_PERIOD = 5_000;
const ATTEMPTS = 20;

export interface LockOptions {
  readonly disk: Disk;
  readonly directory: string;
  readonly processes: ProcessTable;
  readonly random: Random;
}

function temporaryPath({ directory, random }: LockOptions): string {
  return join(directory, `.lock-${Buffer.from(random.bytes(8)).toString('hex')}.tmp`);
}

/** Writes a file whole under a name of its own. @returns its path. */
async function writeTemporary(options: LockOptions, content: LockContent): Promise<string> {
  const path = temporaryPath(options);
  const file = await options.disk.create(path);
  try {
    await file.write(encodeLock(content), 0);
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

/**
 * The exclusive lock of a store, made without any lock call of the operating system. Lock files are numbered; the
 * highest one says who holds the store, and is never removed, so that numbers never start again. Whoever finds it
 * released, or its holder dead, makes the next number with `link`, which one process alone can win, and holds the
 * lock if no higher one is there afterwards: a process that was held up between looking and linking finds out then.
 */
export class StoreLock {
  readonly #options: LockOptions;
  readonly #generation: number;
  #content: LockContent;
  #lost = false;
  #heartbeat: NodeJS.Timeout | undefined;

  private constructor(options: LockOptions, generation: number, content: LockContent) {
    this.#options = options;
    this.#generation = generation;
    this.#content = content;
    this.#heartbeat = setInterval(() => void this.beat(), HEARTBEAT_PERIOD).unref();
  }

  /** @throws {StoreLockedError} when a live process holds it. {@link StoreUnavailableError} when it cannot be written. */
  static async acquire(options: LockOptions, now: Instant, control?: string): Promise<StoreLock> {
    const content: LockContent = {
      ...options.processes.self(),
      startedAt: formatInstantPrecisely(now),
      released: false,
      ...(control === undefined ? {} : { control }),
    };
    try {
      for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
        const generation = await tryAcquire(options, content);
        if (generation !== undefined) return new StoreLock(options, generation, content);
      }
    } catch (error) {
      if (error instanceof DomainError) throw error;
      throw new StoreUnavailableError(`${options.directory} could not be locked`, { cause: error });
    }
    throw new StoreUnavailableError('the lock changes hands too often');
  }

  /** Did another process take over, thinking this one dead? Nothing may be written then. */
  get lost(): boolean {
    return this.#lost;
  }

  /** Says where the holder can be reached, for {@link readLockHolder}. */
  async announce(control: string): Promise<void> {
    await this.#rewrite({ ...this.#content, control });
  }

  /** Lets go. The file stays, and says so. */
  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    if (await this.#isHighest()) await this.#rewrite({ ...this.#content, released: true });
  }

  /** Shows that this process lives, and finds out whether it still holds the lock. */
  async beat(): Promise<void> {
    try {
      if (!(await this.#isHighest())) {
        this.#lost = true;
        clearInterval(this.#heartbeat);
        return;
      }
      const file = await this.#options.disk.open(this.#path, 'write');
      // The same bytes again: only the time of writing changes.
      await file.write(encodeLock(this.#content), 0).finally(() => file.close());
    } catch {
      // The next beat tries again; a disk that takes nothing shows in the writes that matter.
    }
  }

  get #path(): string {
    return join(this.#options.directory, lockName(this.#generation));
  }

  async #isHighest(): Promise<boolean> {
    const [highest] = await lockGenerations(this.#options.disk, this.#options.directory);
    return highest === this.#generation;
  }

  async #rewrite(content: LockContent): Promise<void> {
    const temporary = await writeTemporary(this.#options, content);
    await this.#options.disk.rename(temporary, this.#path);
    this.#content = content;
  }
}

/** One attempt. @returns the generation won, or `undefined` when somebody else was quicker. */
async function tryAcquire(options: LockOptions, content: LockContent): Promise<number | undefined> {
  const { disk, directory } = options;
  const [highest = 0] = await lockGenerations(disk, directory);
  const temporary = await writeTemporary(options, content);
  try {
    // Our file was written this moment: its time is now, by the clock that stamps the holder's.
    const now = async (): Promise<number> => (await disk.modifiedAt(temporary)) ?? 0;
    const holder = await liveHolder({ ...options, generation: highest, now });
    if (holder !== undefined) throw new StoreLockedError(holder);
    const generation = highest + 1;
    await disk.link(temporary, join(directory, lockName(generation)));
    const [after = generation, ...older] = await lockGenerations(disk, directory);
    const won = after === generation;
    await removeAll(
      disk,
      (won ? older : [generation]).map((lower) => join(directory, lockName(lower))),
    );
    return won ? generation : undefined;
  } catch (error) {
    if (errorCode(error) === 'EEXIST' || errorCode(error) === 'ENOENT') return undefined;
    throw error;
  } finally {
    await removeAll(disk, [temporary]);
  }
}

/** A lower number left behind says nothing: the highest one counts. */
async function removeAll(disk: Disk, paths: readonly string[]): Promise<void> {
  for (const path of paths) await disk.remove(path).catch(() => undefined);
}

/** Who holds a store now. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Where it can be reached, if it announced that. */
  readonly control?: string;
}

/** The live holder of the store in a directory, or `undefined` when nobody holds it. Writes nothing. */
export async function readHolder(
  options: Pick<LockOptions, 'disk' | 'directory' | 'processes'>,
  now: Instant,
): Promise<LockHolder | undefined> {
  const [generation] = await lockGenerations(options.disk, options.directory);
  if (generation === undefined) return undefined;
  const holder = await liveHolder({ ...options, generation, now: async () => now });
  if (holder === undefined) return undefined;
  const { pid, host, startedAt, control } = holder;
  return { pid, host, startedAt, ...(control === undefined ? {} : { control }) };
}
