import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPostgresStore } from '../../src/storage/postgres/open-store.js';
import { testDatabases } from '../support/postgres.js';
import { answer, deeds, everything } from './deeds.js';
import { countingRandom, handClock, listOpened } from './fixtures.js';
import { ModelStore } from './model-store.js';

const newDatabase = testDatabases();

describe('the store in PostgreSQL and the model, given the same operations', () => {
  it('agree on every answer, on every refusal and on everything that can be read, also from another process', {
    timeout: 180_000,
  }, async () => {
    let seed = 1;
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const database = await newDatabase();
        const clock = handClock();
        seed += 2;
        const settings = { url: database.url, clock, connections: 3 };
        const model = new ModelStore(clock).open();
        const store = await openPostgresStore({ ...settings, random: countingRandom(seed) });
        const other = await openPostgresStore({ ...settings, random: countingRandom(seed + 1) });
        try {
          for (const each of [model, store]) await each.ledger.append([listOpened()]);
          for (const deed of list) {
            const [expected, given] = [await answer(deed, model), await answer(deed, store)];
            expect(given).toEqual(expected);
          }
          const expected = await everything(model);
          expect(await everything(store)).toEqual(expected);
          // What a living process has reserved is no other one's to finish: it ends first.
          await store.close();
          await expect.poll(() => everything(other), { timeout: 60_000 }).toEqual(expected);
        } finally {
          await store.close();
          await other.close();
          await database.drop();
        }
      }),
      { numRuns: 8 },
    );
  });
});
