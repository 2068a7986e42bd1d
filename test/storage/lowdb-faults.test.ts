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

/** Hundreds of stores are opened and written to: a slow machine may take its time. */
const PATIENCE = 120_000;

describe('a crash before any operation that changes the disk (D1, D5)', () => {
  // What only a power cut loses is looked for at every operation, the others at every second and third.
  const survivals: readonly (readonly [Survival, number])[] = [
    ['synced', 1],
    ['torn', 2],
    ['everything', 3],
  ];
  for (const [survival, stride] of survivals) {
    it(
      `loses nothing acknowledged and keeps no half of the rest, when ${survival} survives`,
      async () => {
        const { operations, seen } = await rehearse();
        expect(operations).toBeGreaterThan(200);
        const reached = new Set<number>();
        for (let fatal = 1; fatal <= operations; fatal += stride) {
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
      },
      PATIENCE,
    );
  }
});

describe('one failing operation (D6, D7)', () => {
  /**
   * Runs every step, the failing one again: in the same store, or after a reopening when `reopens` says so or a failed
   * fsync of the ledger asks for it.
   */
  async function runThrough(
    disk: MemoryDisk,
    seen: readonly string[],
    { fault, reopens }: { readonly fault: Fault; readonly reopens: boolean },
  ): Promise<void> {
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
        const visible = `${fault.text}: nothing refused is visible`;
        expect(await snapshot(store), visible).toBe(seen[number]);
        const again = reopens ? undefined : await errorOf(step.run(store));
        if (!reopens && step.shape === 'ledger') expect(again !== undefined, fault.text).toBe(fault.lost);
        if (reopens || again !== undefined) {
          expect(again ?? error, fault.text).toBeInstanceOf(StoreUnavailableError);
          await store.close().catch(() => undefined);
          store = await openScenarioStore(disk);
          expect(await snapshot(store), `${visible}, not even when reopened`).toBe(seen[number]);
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

  for (const [how, lasting, stride] of [
    ['fails once', false, 1],
    ['is the first of many that fail', true, 2],
  ] as const) {
    it(`acknowledges nothing, shows nothing and recovers, whichever operation ${how}`, {
      timeout: PATIENCE,
    }, async () => {
      const { operations, seen } = await rehearse();
      const failed = new Set<Operation>();
      for (let faulty = 1; faulty <= operations; faulty += stride) {
        const code = ['ENOSPC', 'EIO', 'EROFS'][faulty % 3];
        const fault: Fault = { text: '', lost: false, over: false };
        const disk = new MemoryDisk();
        disk.before = (operation, path) => {
          if (fault.over || disk.operations < faulty || (!lasting && disk.operations > faulty)) return;
          fault.text = `${code} from operation ${faulty}: ${operation} ${path}`;
          fault.lost ||= operation === 'sync' && SEGMENT.test(path);
          failed.add(operation);
          throw Object.assign(new Error(fault.text), { code });
        };
        await runThrough(disk, seen, { fault, reopens: faulty % 4 < 2 });
      }
      const all: Operation[] = ['create', 'makeDirectory', 'remove', 'rename', 'sync', 'syncDirectory', 'write'];
      expect([...failed].sort()).toEqual(expect.arrayContaining(all));
    });
  }
});

const SEGMENT = /ledger\/(chain|payloads)-\d+\.\w+$/;

/** What was made to fail, and whether the disk is well again. */
interface Fault {
  text: string;
  /** An fsync of the ledger's own files failed: it takes no more writes until reopened (D7). */
  lost: boolean;
  over: boolean;
}
