import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store.js';
import type { StoreSnapshot } from '../../src/ports/store-snapshot.js';
import { CommitGate } from '../../src/storage/lowdb/commit-gate.js';
import type { LowdbStore } from '../../src/storage/lowdb/open-store.js';
import { isStoredPath } from '../../src/storage/lowdb/snapshot/stored-paths.js';
import { entry, ISSUER, issued, listOpened, reserved } from './fixtures.js';
import { MemoryDisk } from './memory-disk.js';
import { DIRECTORY, openScenarioStore, STEPS, snapshot, snapshots } from './scenario.js';

/** A disk that holds what a snapshot holds, as if it had been unpacked there. */
async function unpack(taken: StoreSnapshot<unknown>): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  for await (const { path, size, read } of taken.files()) {
    expect(isStoredPath(path), path).toBe(true);
    const pieces: Uint8Array[] = [];
    for await (const piece of read()) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    expect(bytes.length, path).toBe(size);
    const names = path.split('/').slice(0, -1);
    for (let depth = 0; depth <= names.length; depth += 1) {
      await disk.makeDirectory(join(DIRECTORY, ...names.slice(0, depth)));
    }
    await (await disk.create(join(DIRECTORY, path))).write(bytes, 0);
  }
  return disk;
}

async function seenIn(disk: MemoryDisk): Promise<string> {
  const store = await openScenarioStore(disk);
  const seen = await snapshot(store);
  expect(await store.ledger.check()).toMatchObject({ ok: true, problems: [] });
  await store.close();
  return seen;
}

const nothing = async (): Promise<void> => undefined;

describe('a snapshot of an open store (K10)', () => {
  it('taken before each step is the store before that step, read after all of them', async () => {
    const seen = await snapshots(() => openScenarioStore(new MemoryDisk()));
    for (const [number] of STEPS.entries()) {
      const store = await openScenarioStore(new MemoryDisk());
      for (const step of STEPS.slice(0, number)) await step.run(store);
      const taken = await store.snapshot(nothing);
      const rest = runAll(store, number);
      expect(await seenIn(await unpack(taken)), STEPS[number]?.name).toBe(seen[number]);
      await rest;
      expect(await snapshot(store)).toBe(seen.at(-1));
      await taken.release();
      await store.close();
    }
  });

  it('taken while many write at once holds each call whole or not at all, and every call that had ended', async () => {
    const store = await openScenarioStore(new MemoryDisk(), { chainBytes: 4_000, payloadBytes: 4_000 });
    await store.ledger.append([listOpened()]);
    const ended = new Set<string>();
    const writers = Array.from({ length: 40 }, async (_, number) => {
      const id = `c${number}`;
      await store.ledger.append([reserved(id, { index: number })]);
      await store.log.put([{ issuer: ISSUER, topic: 'batch', key: id, value: number }]);
      await store.ledger.append([issued(id)]);
      ended.add(id);
    });
    await Promise.race(writers);
    const taken = await store.snapshot(async () => [...ended]);
    const disk = await unpack(taken);
    await Promise.all(writers);
    await taken.release();
    await store.close();

    const restored = await openScenarioStore(disk);
    expect(taken.noted.length).toBeGreaterThan(0);
    for (const id of taken.noted) {
      expect((await restored.ledger.credential(id))?.state).toBe('active');
      expect(await restored.ledger.document(id, 1)).toEqual({ signed: id, version: 1 });
      expect(await restored.log.get(ISSUER, 'batch', id)).toBeDefined();
    }
    expect(await restored.ledger.check()).toMatchObject({ ok: true, problems: [] });
    await restored.close();
  });

  it('does not hold what a failed write left behind the end of the ledger', async () => {
    const disk = new MemoryDisk();
    const store = await openScenarioStore(disk, { chainBytes: 100_000, payloadBytes: 100_000 });
    await store.ledger.append([listOpened(), reserved('c1', { index: 1 })]);
    disk.before = (operation) => {
      if (operation === 'truncate' || operation === 'write') throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    };
    await expect(store.ledger.append([issued('c1')])).rejects.toBeInstanceOf(StoreUnavailableError);
    disk.before = () => undefined;
    const taken = await store.snapshot(nothing);
    const restored = await openScenarioStore(await unpack(taken), { chainBytes: 100_000, payloadBytes: 100_000 });
    expect((await restored.ledger.credential('c1'))?.state).toBe('reserved');
    await restored.close();
    await taken.release();
    await store.close();
  });

  it('lets an erasure wait for as long as the ledger is read, and no longer', async () => {
    const store = await openScenarioStore(new MemoryDisk());
    await store.ledger.append([listOpened(), reserved('c1', { index: 1 }), issued('c1')]);
    const taken = await store.snapshot(nothing);
    let erased = false;
    const erasing = store.ledger.append([entry({ kind: 'erased', issuer: ISSUER, refs: ['ref-of-c1'] })]).then(() => {
      erased = true;
    });
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect(erased).toBe(false);
    const disk = await unpack(taken);
    await erasing;
    expect(await store.ledger.check()).toMatchObject({ ok: true, erasedPayloads: 2 });
    const restored = await openScenarioStore(disk);
    expect(await restored.ledger.document('c1', 1)).toEqual({ signed: 'c1', version: 1 });
    await restored.close();
    await taken.release();
    await store.close();
  });

  it('leaves nothing behind: not when it is let go of, nor when the process died meanwhile', async () => {
    const disk = new MemoryDisk();
    const store = await openScenarioStore(disk);
    for (const step of STEPS) await step.run(store);
    const kept = () => disk.files(join(DIRECTORY, 'snapshots'));
    const taken = await store.snapshot(nothing);
    expect(kept().length).toBeGreaterThan(0);
    await taken.release();
    expect(kept()).toEqual([]);
    await store.snapshot(nothing);
    const after = disk.survivor('everything');
    const reopened = await openScenarioStore(after);
    expect(after.files(join(DIRECTORY, 'snapshots'))).toEqual([]);
    await reopened.close();
  });

  it('D6 fails as a whole when the disk takes no more, and the store goes on', async () => {
    const disk = new MemoryDisk();
    const store = await openScenarioStore(disk);
    for (const step of STEPS.slice(0, -2)) await step.run(store);
    for (const faulty of ['makeDirectory', 'link'] as const) {
      disk.before = (operation) => {
        if (operation === faulty) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      };
      await expect(store.snapshot(nothing)).rejects.toBeInstanceOf(StoreUnavailableError);
      disk.before = () => undefined;
    }
    for (const step of STEPS.slice(-2)) await step.run(store);
    const taken = await store.snapshot(nothing);
    expect(await seenIn(await unpack(taken))).toBe(await snapshot(store));
    await taken.release();
    await store.close();
  });
});

async function runAll(store: LowdbStore, from: number): Promise<void> {
  for (const step of STEPS.slice(from)) await step.run(store);
}

describe('the gate of commits', () => {
  it('keeps commits out while all is still, and stillness out while one runs', async () => {
    const gate = new CommitGate();
    const seen: string[] = [];
    const pause = () => new Promise((resolve) => setImmediate(resolve));
    const commit = (name: string) =>
      gate.commit(async () => {
        seen.push(`+${name}`);
        await pause();
        seen.push(`-${name}`);
      });
    const first = commit('a');
    const second = commit('b');
    const still = gate.still(async () => {
      seen.push('still');
      await pause();
      await pause();
      seen.push('over');
    });
    const again = gate.still(async () => seen.push('still again'));
    const third = commit('c');
    await Promise.all([first, second, still, again, third]);
    expect(seen.slice(0, 6)).toEqual(['+a', '+b', '-a', '-b', 'still', 'over']);
    expect(seen.slice(6).sort()).toEqual(['+c', '-c', 'still again']);
  });

  it('opens again when the work inside fails', async () => {
    const gate = new CommitGate();
    await expect(gate.still(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(gate.commit(() => Promise.reject(new Error('neither')))).rejects.toThrow('neither');
    expect(await gate.commit(async () => 'done')).toBe('done');
    expect(await gate.still(async () => 'done')).toBe('done');
  });
});

describe('paths a store has', () => {
  it.each([
    'store.json',
    'ledger/strand.json',
    'ledger/chain-00001.jsonl',
    'ledger/payloads-00012.bin',
    'documents/a/students/0f/partition.json',
    'log/a/~h00/rows.json',
  ])('include %s', (path) => expect(isStoredPath(path)).toBe(true));

  it.each([
    '',
    'store.json/',
    '/store.json',
    '../store.json',
    'lock-1',
    'ledger/../store.json',
    'ledger/chain-1.jsonl',
    'ledger/other.json',
    'documents/a/students/0f/../../x',
    'documents/../../../etc/passwd',
    'documents/a/b/c',
    'documents/a/b/c/d/e',
    'documents/a/b/c/x.tmp',
    'documents/a//c/d',
    'documents/a/b/./d',
    'documents/a/b/..',
    'log/a/b/c\0d',
    'log/a/b\\c/d',
    'log/A/b/c',
    'snapshots/1/0',
    'restoring/store.json',
    '__proto__/a/b/c',
  ])('do not include %j', (path) => expect(isStoredPath(path)).toBe(false));
});
