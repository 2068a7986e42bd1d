import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inventedSession } from '../../bench/support/invented-cohort.mjs';
import type { House } from '../../src/compose.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import { installProgramme } from '../../src/issuing/programmes.js';
import type { BatchShare, BatchShares } from '../../src/ports/batch-shares.js';
import { checkProgramme } from '../../src/programme/check.js';
import type { Programme } from '../../src/programme/schema.js';
import { openPostgresStore, type PostgresStore } from '../../src/storage/postgres/open-store.js';
import { issueSample, openTestHouse, removeFolder, sampleFiles, temporaryFolder } from '../support/house.js';
import { createDatabase, testDatabases } from '../support/postgres.js';
import { openProxy } from '../support/tcp-proxy.js';
import { countingRandom, handClock } from './fixtures.js';

const newDatabase = testDatabases();
const open: PostgresStore[] = [];
let seed = 100;

async function stores(count: number): Promise<PostgresStore[]> {
  const { url } = await newDatabase();
  const made: PostgresStore[] = [];
  for (let number = 0; number < count; number += 1) {
    seed += 1;
    made.push(await openPostgresStore({ url, clock: handClock(), random: countingRandom(seed), connections: 3 }));
  }
  open.push(...made);
  return made;
}

/** Takes portions until there are none. */
async function workThrough(share: BatchShare): Promise<number[]> {
  const done: number[] = [];
  for (let rows = await share.next(); rows.length > 0; rows = await share.next()) done.push(...rows);
  await share.leave();
  return done;
}

async function installSample(house: House | undefined, id: string): Promise<void> {
  const { programme } = z
    .object({ programme: z.custom<Programme>() })
    .parse(checkProgramme((await sampleFiles(id)).definition));
  if (house === undefined) throw new Error('no house');
  const { issuer } = await ensureIssuer(house.issuing, programme.institution);
  await installProgramme(house.issuing, issuer.slug, programme);
}

/** More than two portions. */
const STUDENTS = 520;

/** Nobody goes on from it before so many are there. */
function meeting(persons: number): () => Promise<void> {
  let here = 0;
  let open = (): void => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    here += 1;
    if (here >= persons) open();
    return all;
  };
}

/** A house that tells which rows of a batch it took, and begins its first ones when all the others have theirs. */
function watchShares(house: House, all: () => Promise<void>): { readonly watched: House; readonly taken: number[] } {
  const taken: number[] = [];
  const shares: BatchShares = {
    async join(batch, rows) {
      const share = await house.issuing.shares.join(batch, rows);
      return {
        async next(signal) {
          const portion = await share.next(signal);
          if (taken.length === 0) await all();
          taken.push(...portion);
          return portion;
        },
        leave: () => share.leave(),
      };
    },
  };
  return { watched: { ...house, issuing: { ...house.issuing, shares } }, taken };
}

const ascending = (numbers: readonly number[]) => [...numbers].sort((left, right) => left - right);
const upTo = (count: number) => Array.from({ length: count }, (_, number) => number);

describe('a batch that several processes are at', () => {
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
  });

  it('is shared: each row is taken by one of them, and none is left', async () => {
    const shares = await Promise.all((await stores(3)).map((store) => store.shares.join('batch', 2_130)));
    const taken = await Promise.all(shares.map(workThrough));
    expect(ascending(taken.flat())).toEqual(upTo(2_130));
  });

  it('is taken over where one of them dies or gives up, while who is at work is waited for', async () => {
    const [one, other] = await stores(2);
    if (one === undefined || other === undefined) throw new Error('too few stores');
    const [dying, leaving, staying] = [
      await one.shares.join('batch', 700),
      await other.shares.join('batch', 700),
      await other.shares.join('batch', 700),
    ];
    await dying.next();
    await leaving.next();
    const done = workThrough(staying);
    await leaving.leave();
    // Its process ends without a word.
    open.splice(open.indexOf(one), 1);
    await one.close();
    expect(ascending(await done)).toEqual(upTo(700));
  });

  it('is taken over from a host that falls silent', async () => {
    const { url } = await newDatabase();
    const proxy = await openProxy(url);
    const options = { clock: handClock(), random: countingRandom(99), connections: 3 };
    const silent = await openPostgresStore({ url: proxy.url, ...options });
    const staying = await openPostgresStore({ url, ...options, random: countingRandom(98) });
    open.push(staying, silent);
    try {
      await (await silent.shares.join('batch', 300)).next();
      proxy.fallSilent();
      expect(ascending(await workThrough(await staying.shares.join('batch', 300)))).toEqual(upTo(300));
    } finally {
      await proxy.close();
    }
  });

  it('waits for others no longer than it is told to', async () => {
    const [store] = await stores(1);
    if (store === undefined) throw new Error('no store');
    const [busy, waiting] = [await store.shares.join('batch', 10), await store.shares.join('batch', 10)];
    expect(await busy.next()).toEqual(upTo(10));
    const stopping = new AbortController();
    const next = waiting.next(stopping.signal);
    stopping.abort();
    expect(await next).toEqual([]);
  });

  it('is looked through again by a later run, row by row', async () => {
    const [store] = await stores(1);
    if (store === undefined) throw new Error('no store');
    for (const _ of ['first', 'second']) {
      expect(await workThrough(await store.shares.join('batch', 260))).toEqual(upTo(260));
    }
    expect(await workThrough(await store.shares.join('empty', 0))).toEqual([]);
  });

  it('ends with the same complete result for all of them, each badge issued once and by one of them', async () => {
    const folder = await temporaryFolder();
    const database = await createDatabase();
    const houses = [
      await openTestHouse(folder, { DATABASE_URL: database.url }),
      await openTestHouse(folder, { DATABASE_URL: database.url }),
    ];
    try {
      await installSample(houses[0], 'ecstra');
      await expect
        .poll(async () => (await houses[1]?.issuing.registry.programmes())?.length, { timeout: 60_000 })
        .toBe(1);
      const files = inventedSession(STUDENTS);
      const all = meeting(houses.length);
      const parts = houses.map((house) => watchShares(house, all));
      const results = await Promise.all(parts.map(({ watched }) => issueSample(watched, 'ecstra', files)));
      const [first, second] = results;
      for (const { taken } of parts) expect(taken.length).toBeGreaterThan(0);
      expect(ascending(parts.flatMap(({ taken }) => taken))).toEqual(upTo(STUDENTS));
      expect(first?.rows).toEqual(second?.rows);
      expect(first?.counts).toEqual(second?.counts);

      expect(first?.counts.failed).toBe(0);
      const issued = (first?.counts.issued ?? 0) + (first?.pathwayAwards?.length ?? 0);
      const counts = await houses[0]?.issuing.store.ledger.counts(first?.issuer ?? '');
      expect(counts).toMatchObject({ active: issued, reserved: 0, voided: 0 });
      expect((await houses[1]?.issuing.store.ledger.check())?.problems).toEqual([]);
    } finally {
      for (const house of houses) await house.close();
      await database.drop();
      await removeFolder(folder);
    }
  });
});
