import type { Partition } from '../../src/ports/documents.js';
import type { Json } from '../../src/ports/json.js';
import type { LedgerEntry } from '../../src/ports/ledger.js';
import type { Disk } from '../../src/storage/lowdb/disk.js';
import type { StoreLimits } from '../../src/storage/lowdb/limits.js';
import type { ProcessTable } from '../../src/storage/lowdb/lock/process-identity.js';
import { type LowdbStore, openLowdbStore } from '../../src/storage/lowdb/open-store.js';
import { changed, countingRandom, entry, handClock, ISSUER, issued, LIST, listOpened, reserved } from './fixtures.js';

const LEAF_ROWS = 4;
const COHORT: Partition = { issuer: ISSUER, collection: 'engagements', name: '2025-2026' };
/** This alone fills a part of a partition. */
const LONG = 'x'.repeat(300);

/** One thing done to a store. All of it must be there afterwards, or nothing. */
export interface Step {
  readonly name: string;
  /** Which of the three shapes it writes. */
  readonly shape: 'documents' | 'log' | 'ledger';
  run(store: LowdbStore): Promise<unknown>;
}

function documents(name: string, changes: Readonly<Record<string, Json | undefined>>): Step {
  return {
    name,
    shape: 'documents',
    run: (store) =>
      store.documents.transact(COHORT, async (transaction) => {
        for (const [id, value] of Object.entries(changes)) {
          if (value === undefined) await transaction.delete(id);
          else await transaction.put(id, value);
        }
      }),
  };
}

function rows(name: string, from: number, to: number): Step {
  const written = Array.from({ length: to - from }, (_, number) => ({
    issuer: ISSUER,
    topic: 'batch',
    key: `row-${from + number}`,
    value: from,
  }));
  return { name, shape: 'log', run: (store) => store.log.put(written) };
}

function append(name: string, ...entries: readonly LedgerEntry[]): Step {
  return { name, shape: 'ledger', run: (store) => store.ledger.append(entries) };
}

/** Every kind of write the store knows, small enough to be run hundreds of times. */
export const STEPS: readonly Step[] = [
  documents('first document', { a: { hours: 1 } }),
  documents('three parts at once', { a: 1, b: { LONG }, c: { LONG }, d: { LONG } }),
  documents('a change in every part', { a: 2, b: 'short', c: undefined, d: 4, e: 5 }),
  rows('a full leaf', 0, LEAF_ROWS),
  rows('the row that forks it', LEAF_ROWS, LEAF_ROWS + 1),
  rows('a row changed', 2, 3),
  append('list', listOpened()),
  append('session', entry({ kind: 'sealed', issuer: ISSUER, session: 's', digest: 'd', rows: 1 }, 'header')),
  append('reserve two', reserved('c1', { index: 1 }), reserved('c2', { index: 2 })),
  append('issue both', issued('c1'), issued('c2')),
  append('revoke', changed('revoked', 'c1')),
  append('reserve another', reserved('c3', { index: 3 })),
  append('erase', entry({ kind: 'erased', issuer: ISSUER, refs: ['ref-of-c2'] })),
  append('issue the other', issued('c3')),
];

/** All that can be seen of a store. */
export async function snapshot(store: LowdbStore): Promise<string> {
  const credentials: unknown[] = [];
  for (const id of ['c1', 'c2', 'c3']) {
    const { ledger } = store;
    credentials.push([
      await ledger.credential(id),
      await ledger.reservation(id, 1),
      await ledger.document(id, 1),
      await ledger.stateReason(id),
    ]);
  }
  return JSON.stringify({
    documents: await store.documents.list(COHORT),
    log: await store.log.list(ISSUER, 'batch'),
    credentials,
    counts: await store.ledger.counts(ISSUER),
    list: await store.ledger.list(LIST),
    session: (await store.ledger.session('s')) ?? null,
  });
}

/** What the store looks like before the first step and after each. */
export async function snapshots(open: () => Promise<LowdbStore>): Promise<string[]> {
  const store = await open();
  const seen = [await snapshot(store)];
  for (const step of STEPS) {
    await step.run(store);
    seen.push(await snapshot(store));
  }
  await store.close();
  return seen;
}

/** Processes that are alive until the next one opens the store. */
function oneAfterTheOther(): ProcessTable {
  let pid = 0;
  return {
    self() {
      pid += 1;
      return { pid, host: 'here', pidSpace: '', startTime: '' };
    },
    isAlive: () => false,
  };
}

export const DIRECTORY = '/data';
let opened = 0;

/** Files are so short here that nearly every step begins a new one. */
export function openScenarioStore(disk: Disk, limits: Partial<StoreLimits> = {}): Promise<LowdbStore> {
  return openLowdbStore({
    disk,
    directory: DIRECTORY,
    clock: handClock(),
    random: countingRandom(++opened),
    processes: oneAfterTheOther(),
    limits: { chainBytes: 900, payloadBytes: 400, partLength: 300, leafRows: LEAF_ROWS, ...limits },
  });
}
