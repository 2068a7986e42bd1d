import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreLockedError } from '../../src/ports/store.js';
import type { Disk } from '../../src/storage/lowdb/disk.js';
import { HEARTBEAT_LIFE } from '../../src/storage/lowdb/lock/lock-file.js';
import { machineProcesses, type ProcessTable } from '../../src/storage/lowdb/lock/process-identity.js';
import { readHolder, StoreLock } from '../../src/storage/lowdb/lock/store-lock.js';
import { openLowdbStore, readLockHolder } from '../../src/storage/lowdb/open-store.js';
import { bundleWriter, Writer } from './child-process.js';
import { countingRandom, handClock, START, temporaryDirectories } from './fixtures.js';
import { MemoryDisk } from './memory-disk.js';

const DIRECTORY = '/data';

/** Processes with numbers of their own, alive until they are taken off the list. */
function processes(): { alive: Set<number>; as: (pid: number, host?: string) => ProcessTable } {
  const alive = new Set<number>();
  return {
    alive,
    as(pid, host = 'here') {
      alive.add(pid);
      return {
        self: () => ({ pid, host, pidSpace: '', startTime: String(pid) }),
        isAlive: (identity) => (identity.host === host ? alive.has(identity.pid) : undefined),
      };
    },
  };
}

async function memoryDisk(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  await disk.makeDirectory(DIRECTORY);
  return disk;
}

let draws = 0;
function acquire(disk: Disk, table: ProcessTable, control?: string): Promise<StoreLock> {
  draws += 1;
  return StoreLock.acquire(
    { disk, directory: DIRECTORY, processes: table, random: countingRandom(draws) },
    START,
    control,
  );
}

/** The same disk, with something happening before some of its calls. */
function interrupted(disk: Disk, before: (call: keyof Disk) => Promise<void>): Disk {
  const after = async <T>(call: keyof Disk, work: () => Promise<T>): Promise<T> => {
    await before(call);
    return work();
  };
  return {
    create: (path) => after('create', () => disk.create(path)),
    open: (path, access) => after('open', () => disk.open(path, access)),
    readFile: (path) => after('readFile', () => disk.readFile(path)),
    rename: (from, to) => after('rename', () => disk.rename(from, to)),
    link: (existing, name) => after('link', () => disk.link(existing, name)),
    remove: (path) => after('remove', () => disk.remove(path)),
    removeTree: (path) => after('removeTree', () => disk.removeTree(path)),
    list: (path) => after('list', () => disk.list(path)),
    makeDirectory: (path) => after('makeDirectory', () => disk.makeDirectory(path)),
    syncDirectory: (path) => after('syncDirectory', () => disk.syncDirectory(path)),
    modifiedAt: (path) => after('modifiedAt', () => disk.modifiedAt(path)),
  };
}

describe('the lock of a store (D8)', () => {
  const directory = temporaryDirectories();

  it('refuses a second holder, naming process and host, until the first lets go', async () => {
    const options = { directory: await directory(), clock: handClock(), random: countingRandom() };
    const store = await openLowdbStore(options);
    const { pid, host } = machineProcesses.self();
    const second = openLowdbStore(options);
    await expect(second).rejects.toBeInstanceOf(StoreLockedError);
    await expect(second).rejects.toMatchObject({ code: 'store-locked', holder: { pid, host } });
    await store.close();
    await (await openLowdbStore(options)).close();
  });

  it('tells others where the holder can be reached, while it holds', async () => {
    const options = { directory: await directory(), clock: handClock(), random: countingRandom() };
    expect(await readLockHolder(options.directory)).toBeUndefined();
    const store = await openLowdbStore(options);
    expect(await readLockHolder(options.directory)).toEqual({
      pid: process.pid,
      host: machineProcesses.self().host,
      startedAt: '2026-06-24T14:00:00.000Z',
    });
    await store.announce('/run/sceau.sock');
    expect((await readLockHolder(options.directory))?.control).toBe('/run/sceau.sock');
    await store.close();
    expect(await readLockHolder(options.directory)).toBeUndefined();
    expect(await readLockHolder(join(options.directory, 'nowhere'))).toBeUndefined();
  });

  it('is taken over at once from a process that is gone, or whose number another one got', async () => {
    const disk = await memoryDisk();
    const { alive, as } = processes();
    await acquire(disk, as(1));
    await expect(acquire(disk, as(2))).rejects.toMatchObject({ holder: { pid: 1 } });
    alive.delete(1);
    await acquire(disk, as(2));
    const self = machineProcesses.self();
    expect(machineProcesses.isAlive(self)).toBe(true);
    if (process.platform === 'linux') expect(machineProcesses.isAlive({ ...self, startTime: '1' })).toBe(false);
    expect(machineProcesses.isAlive({ ...self, host: 'elsewhere' })).toBeUndefined();
    expect(machineProcesses.isAlive({ ...self, pidSpace: 'of a container' })).toBeUndefined();
  });

  it('is taken over from another host only after its heartbeat stopped, and the first holder finds out', async () => {
    const disk = await memoryDisk();
    const { as } = processes();
    const first = await acquire(disk, as(1, 'elsewhere'));
    disk.advance(HEARTBEAT_LIFE - 1_000);
    await expect(acquire(disk, as(2))).rejects.toMatchObject({ holder: { pid: 1, host: 'elsewhere' } });
    await first.beat();
    disk.advance(HEARTBEAT_LIFE - 1_000);
    await expect(acquire(disk, as(2))).rejects.toBeInstanceOf(StoreLockedError);
    expect(first.lost).toBe(false);
    disk.advance(HEARTBEAT_LIFE);
    const second = await acquire(disk, as(2), 'socket');
    await first.beat();
    expect([first.lost, second.lost]).toEqual([true, false]);
    // What the first one does afterwards touches nothing of the second.
    await first.release();
    const holder = await readHolder({ disk, directory: DIRECTORY, processes: as(2) }, START);
    expect(holder).toMatchObject({ pid: 2, control: 'socket' });
  });

  it('does not go to a process that was held up between looking and linking', async () => {
    const disk = await memoryDisk();
    const { as } = processes();
    let third: StoreLock | undefined;
    const late = interrupted(disk, async (call) => {
      if (call !== 'link' || third !== undefined) return;
      await (await acquire(disk, as(2))).release();
      third = await acquire(disk, as(3));
    });
    await expect(acquire(late, as(1))).rejects.toMatchObject({ holder: { pid: 3 } });
    await third?.beat();
    expect(third?.lost).toBe(false);
  });

  it('has one holder at a time, however its contenders are interleaved and die', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const shared = await memoryDisk();
      const { alive, as } = processes();
      const random = countingRandom(seed);
      const chance = () => (random.bytes(1)[0] ?? 0) / 256;
      const pause = async (): Promise<void> => {
        for (let turns = Math.floor(chance() * 8); turns > 0; turns -= 1) await Promise.resolve();
      };
      const disk = interrupted(shared, pause);
      let holder: number | undefined;
      let held = 0;
      const contend = async (pid: number): Promise<void> => {
        const table = as(pid);
        for (let attempt = 0; attempt < 4; attempt += 1) {
          const lock = await acquire(disk, table).catch((error: unknown) => {
            if (error instanceof StoreLockedError) return undefined;
            throw error;
          });
          if (lock === undefined) continue;
          expect(holder, `seed ${seed}: ${pid} beside ${holder}`).toBeUndefined();
          holder = pid;
          held += 1;
          await pause();
          holder = undefined;
          if (chance() < 0.3) {
            alive.delete(pid);
            return;
          }
          await lock.release();
        }
      };
      await Promise.all([11, 12, 13, 14, 15].map(contend));
      expect(held).toBeGreaterThan(0);
    }
  });

  it('goes to one of several processes that start together, and to the next when that one is killed', async () => {
    const bundle = await bundleWriter(await directory());
    const data = join(await directory(), 'data');
    const writers = Array.from({ length: 5 }, (_, number) => new Writer(bundle, data, String(number), 'hold'));
    await Promise.all(writers.map((writer) => writer.lines(1)));
    const winners = writers.filter((writer) => writer.told[0] === `held ${writer.pid}`);
    expect(winners).toHaveLength(1);
    const [winner] = winners;
    const others = writers.filter((writer) => writer !== winner);
    expect(others.map((writer) => writer.told[0])).toEqual(others.map(() => `locked ${winner?.pid}`));
    expect((await readLockHolder(data))?.control).toBe(`socket-${writers.indexOf(winner ?? writers[0]!)}`);
    await winner?.kill();
    const next = new Writer(bundle, data, 'next', 'hold');
    await next.lines(1);
    expect(next.told).toEqual([`held ${next.pid}`]);
    await Promise.all([next, ...others].map((writer) => writer.kill()));
  });
});

describe('what the store leaves on the disk', () => {
  const directory = temporaryDirectories();

  it('is readable by its owner only: files 0600, directories 0700', async () => {
    const root = join(await directory(), 'data');
    const store = await openLowdbStore({ directory: root, clock: handClock(), random: countingRandom() });
    const partition = { issuer: 'i', collection: 'students', name: 'all' } as const;
    await store.documents.transact(partition, (transaction) => transaction.put('s', 1));
    await store.log.put([{ issuer: 'i', topic: 't', key: 'k', value: 1 }]);
    await store.close();
    const modes = new Set<string>();
    for (const found of await readdir(root, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(found.parentPath, found.name));
      modes.add(`${found.isDirectory() ? 'directory' : 'file'} ${(mode & 0o777).toString(8)}`);
    }
    expect((await stat(root)).mode & 0o777).toBe(0o700);
    expect([...modes].sort()).toEqual(['directory 700', 'file 600']);
  });

  it('is not made where its manifest was lost', async () => {
    const root = await directory();
    await mkdir(join(root, 'documents', 'universite-exemple'), { recursive: true });
    await writeFile(join(root, 'documents', 'universite-exemple', 'x'), '');
    const open = openLowdbStore({ directory: root, clock: handClock(), random: countingRandom() });
    await expect(open).rejects.toMatchObject({ code: 'store-damaged', file: join(root, 'store.json') });
  });
});
