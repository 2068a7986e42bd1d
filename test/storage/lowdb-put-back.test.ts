import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreDamagedError, StoreLockedError } from '../../src/ports/store.js';
import type { SnapshotFile } from '../../src/ports/store-snapshot.js';
import { type Disk, nodeDisk } from '../../src/storage/lowdb/disk.js';
import { machineProcesses, type ProcessTable } from '../../src/storage/lowdb/lock/process-identity.js';
import { openLowdbStore } from '../../src/storage/lowdb/open-store.js';
import {
  beginPutBack,
  DataFolderNotEmptyError,
  ForeignPathError,
  type PutBack,
} from '../../src/storage/lowdb/snapshot/put-back.js';
import { countingRandom, handClock, temporaryDirectories } from './fixtures.js';
import { MemoryDisk } from './memory-disk.js';
import { openScenarioStore, STEPS, snapshot } from './scenario.js';

const temporary = temporaryDirectories();
const clock = handClock();
let draws = 1;

const begin = (directory: string, disk: Disk = nodeDisk, processes?: ProcessTable): Promise<PutBack> =>
  beginPutBack({
    directory,
    clock,
    random: countingRandom(++draws),
    disk,
    ...(processes === undefined ? {} : { processes }),
  });

const open = (directory: string, processes: ProcessTable = machineProcesses) =>
  openLowdbStore({ directory, clock, random: countingRandom(++draws), processes });

/** A process that the next one finds dead. */
function mortal(): ProcessTable {
  const pid = ++draws;
  return { self: () => ({ pid, host: 'here', pidSpace: '', startTime: '' }), isAlive: () => false };
}

/** The files of a whole store, and what is seen in it. */
async function wholeStore(): Promise<{ readonly files: readonly SnapshotFile[]; readonly seen: string }> {
  const store = await openScenarioStore(new MemoryDisk());
  for (const step of STEPS) await step.run(store);
  const seen = await snapshot(store);
  const taken = await store.snapshot(async () => undefined);
  const files: SnapshotFile[] = [];
  for await (const { path, size, read } of taken.files()) {
    const parts: Uint8Array[] = [];
    for await (const part of read()) parts.push(part);
    files.push({
      path,
      size,
      async *read() {
        yield* parts;
      },
    });
  }
  await taken.release();
  await store.close();
  return { files, seen };
}

async function fill(target: PutBack, files: readonly SnapshotFile[]): Promise<void> {
  for (const { path, read } of files) await target.write(path, read());
}

/** The disk, until the call of that number among those that change something: there everything ends. */
function dying(fatal: number): { readonly disk: Disk; calls(): number } {
  let calls = 0;
  const changing = new Set<keyof Disk>([
    'create',
    'rename',
    'link',
    'remove',
    'removeTree',
    'makeDirectory',
    'syncDirectory',
  ]);
  const disk = new Proxy(nodeDisk, {
    get(target, name: keyof Disk) {
      const call = Reflect.get(target, name);
      if (!changing.has(name)) return call;
      return async (...values: readonly unknown[]) => {
        calls += 1;
        if (calls >= fatal) throw Object.assign(new Error('the machine went down'), { code: 'EIO' });
        return Reflect.apply(call, target, values);
      };
    },
  });
  return { disk, calls: () => calls };
}

describe('putting a store back (K10)', () => {
  it('gives the store that was taken, for its owner only', async () => {
    const { files, seen } = await wholeStore();
    const directory = join(await temporary(), 'data');
    const target = await begin(directory);
    await fill(target, files);
    await target.commit();
    expect((await readdir(directory)).sort()).toEqual(['documents', 'ledger', 'lock-1', 'log', 'store.json']);
    for (const { path } of files) expect((await stat(join(directory, path))).mode & 0o077, path).toBe(0);
    const store = await open(directory);
    expect(await snapshot(store)).toBe(seen);
    await store.close();
  });

  it('goes into an empty folder only, and nobody else into it meanwhile', async () => {
    const { files } = await wholeStore();
    const directory = await temporary();
    const store = await open(directory);
    await store.close();
    await expect(begin(directory)).rejects.toBeInstanceOf(DataFolderNotEmptyError);
    const other = await temporary();
    const target = await begin(other);
    await expect(begin(other)).rejects.toBeInstanceOf(StoreLockedError);
    await expect(open(other)).rejects.toBeInstanceOf(StoreLockedError);
    await fill(target, files);
    await target.commit();
    await expect(begin(other)).rejects.toBeInstanceOf(DataFolderNotEmptyError);
  });

  it.each(['../data/store.json', '/etc/passwd', 'ledger/../../x', 'lock-9', 'restoring/store.json', 'a', ''])(
    'takes no file %j',
    async (path) => {
      const directory = await temporary();
      const target = await begin(directory);
      const content = (async function* () {
        yield Buffer.from('x');
      })();
      await expect(target.write(path, content)).rejects.toBeInstanceOf(ForeignPathError);
      await target.abandon();
      expect((await readdir(directory)).filter((name) => !name.startsWith('lock-'))).toEqual([]);
    },
  );

  it('D6 cut short anywhere, it leaves nothing that opens, or all of it; and it can be done again', async () => {
    const { files, seen } = await wholeStore();
    const rehearsal = dying(Number.POSITIVE_INFINITY);
    const first = await begin(await temporary(), rehearsal.disk);
    await fill(first, files);
    await first.commit();
    const outcomes = new Set<string>();
    const all = rehearsal.calls();
    for (let fatal = 1; fatal <= all; fatal += 1) {
      // Between beginning and end one file is like the other.
      if (fatal > 12 && fatal <= all - 24 && fatal % 17 !== 0) continue;
      const directory = await temporary();
      const { disk } = dying(fatal);
      const work = begin(directory, disk, mortal()).then(async (target) => {
        try {
          await fill(target, files);
          await target.commit();
        } catch (error) {
          // What a caller does, on a disk that takes nothing any more.
          await target.abandon();
          throw error;
        }
      });
      await work.catch(() => undefined);
      const there = await lookAt(directory);
      outcomes.add(there === seen ? 'whole' : (there ?? 'nothing'));
      if (there !== seen) {
        const target = await begin(directory, nodeDisk, mortal());
        await fill(target, files);
        await target.commit();
        expect(await lookAt(directory), `call ${fatal}`).toBe(seen);
      }
    }
    expect([...outcomes].sort()).toEqual(['nothing', 'refused', 'whole']);
  }, 120_000);

  /** What is seen in a folder; `refused` when it says that a restore was cut short; undefined when no store is there. */
  async function lookAt(directory: string): Promise<string | undefined> {
    const names = (await readdir(directory)).filter((name) => !/^\.?lock-/.test(name));
    if (names.length === 0) return undefined;
    try {
      const store = await open(directory, mortal());
      const seen = await snapshot(store);
      await store.close();
      return seen;
    } catch (error) {
      if (error instanceof StoreDamagedError && error.message.includes('a restore was cut short')) return 'refused';
      throw error;
    }
  }
});
