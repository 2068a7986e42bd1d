import { describe, expect, it } from 'vitest';
import { StoreUnavailableError } from '../../src/ports/store.js';
import type { LowdbStore } from '../../src/storage/lowdb/open-store.js';
import { MemoryDisk, type Operation, type Survival } from './memory-disk.js';
import { openScenarioStore, STEPS, snapshot, snapshots } from './scenario.js';

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

/** How many changing operations the whole scenario takes, and what is seen after each step. */
async function rehearse(): Promise<{ operations: number; seen: string[] }> {
  const disk = new MemoryDisk();
  const seen = await snapshots(() => openScenarioStore(disk));
  return { operations: disk.operations, seen };
}

function seededCoin(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Runs the scenario until the machine goes down before operation `fatal`. @returns how many steps were acknowledged. */
async function runUntilCrash(disk: MemoryDisk, fatal: number): Promise<number> {
  disk.before = () => {
    if (disk.operations === fatal) {
      disk.crash();
      throw new Error('the machine went down');
    }
  };
  let acknowledged = 0;
  try {
    const store = await openScenarioStore(disk);
    for (const step of STEPS) {
      await step.run(store);
      acknowledged += 1;
    }
    await store.close();
  } catch {
    // The step that was under way is not acknowledged.
  }
  return acknowledged;
}

describe('a crash before any operation that changes the disk (D1, D5)', () => {
  const survivals: readonly Survival[] = ['everything', 'synced', 'torn'];
  for (const survival of survivals) {
    it(`loses nothing acknowledged and keeps no half of the rest, when ${survival} survives`, async () => {
      const { operations, seen } = await rehearse();
      expect(operations).toBeGreaterThan(200);
      const reached = new Set<number>();
      for (let fatal = 1; fatal <= operations; fatal += 1) {
        const disk = new MemoryDisk();
        const acknowledged = await runUntilCrash(disk, fatal);
        const store = await openScenarioStore(disk.survivor(survival, seededCoin(fatal)));
        const found = seen.indexOf(await snapshot(store));
        expect([acknowledged, acknowledged + 1], `crash before operation ${fatal}`).toContain(found);
        expect(await store.ledger.check()).toMatchObject({ ok: true, problems: [] });
        // And it goes on from there.
        for (const step of STEPS.slice(found)) await step.run(store);
        expect(await snapshot(store)).toBe(seen.at(-1));
        await store.close();
        reached.add(acknowledged);
      }
      expect(reached.size).toBe(STEPS.length + 1);
    });
  }
});

describe('one failing operation (D6, D7)', () => {
  /** Runs every step, the failing one again, through a reopening where the ledger asks for one. */
  async function runThrough(disk: MemoryDisk, seen: readonly string[], fault: Fault): Promise<void> {
    let store: LowdbStore | undefined;
    store = await openScenarioStore(disk).catch(async (error: unknown) => {
      expect(error, fault.text).toBeInstanceOf(StoreUnavailableError);
      fault.over = true;
      return openScenarioStore(disk);
    });
    for (const [number, step] of STEPS.entries()) {
      const error = await errorOf(step.run(store));
      if (error !== undefined) {
        expect(error, fault.text).toBeInstanceOf(StoreUnavailableError);
        fault.over = true;
        expect(await snapshot(store), `${fault.text}: nothing refused is visible`).toBe(seen[number]);
        const again = await errorOf(step.run(store));
        if (again !== undefined) {
          expect(again, fault.text).toBeInstanceOf(StoreUnavailableError);
          // Only a failed fsync of the ledger asks for a reopening (D7).
          expect([fault.syncFailed, step.shape], fault.text).toEqual([true, 'ledger']);
          await store.close().catch(() => undefined);
          store = await openScenarioStore(disk);
          expect(await snapshot(store), fault.text).toBe(seen[number]);
          await step.run(store);
        }
      }
      expect(await snapshot(store), fault.text).toBe(seen[number + 1]);
    }
    fault.over = true;
    await store.close().catch(() => undefined);
    store = await openScenarioStore(disk);
    expect(await snapshot(store), fault.text).toBe(seen.at(-1));
    expect((await store.ledger.check()).problems, fault.text).toEqual([]);
    await store.close();
  }

  for (const [how, lasting] of [
    ['fails once', false],
    ['is the first of many that fail', true],
  ] as const) {
    it(`acknowledges nothing, shows nothing and recovers, whichever operation ${how}`, async () => {
      const { operations, seen } = await rehearse();
      const failed = new Set<Operation>();
      for (let faulty = 1; faulty <= operations; faulty += 1) {
        const code = ['ENOSPC', 'EIO', 'EROFS'][faulty % 3];
        const fault: Fault = { text: '', syncFailed: false, over: false };
        const disk = new MemoryDisk();
        disk.before = (operation, path) => {
          if (fault.over || disk.operations < faulty || (!lasting && disk.operations > faulty)) return;
          fault.text = `${code} from operation ${faulty}: ${operation} ${path}`;
          fault.syncFailed ||= operation === 'sync';
          failed.add(operation);
          throw Object.assign(new Error(fault.text), { code });
        };
        await runThrough(disk, seen, fault);
      }
      const all: Operation[] = [
        'create',
        'link',
        'makeDirectory',
        'remove',
        'rename',
        'sync',
        'syncDirectory',
        'write',
      ];
      expect([...failed].sort()).toEqual(expect.arrayContaining(all));
    });
  }
});

/** What was made to fail, and whether the disk is well again. */
interface Fault {
  text: string;
  syncFailed: boolean;
  over: boolean;
}
