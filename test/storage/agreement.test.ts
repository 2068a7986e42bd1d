import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answer, deeds, everything } from './deeds.js';
import { handClock, listOpened } from './fixtures.js';
import { MemoryDisk } from './memory-disk.js';
import { ModelStore } from './model-store.js';
import { openScenarioStore } from './scenario.js';

describe('two stores given the same operations', () => {
  it('agree on every answer, on every refusal and on everything that can be read, also when reopened', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const disk = new MemoryDisk();
        const clock = handClock();
        const model = new ModelStore(clock).open();
        // Each time from the index file the time before left behind.
        const open = () => openScenarioStore(disk, { indexRecords: 1 });
        let store = await open();
        await Promise.all([model, store].map((each) => each.ledger.append([listOpened()])));
        for (const deed of list) {
          const [expected, given] = [await answer(deed, model), await answer(deed, store)];
          expect(given).toEqual(expected);
        }
        const expected = await everything(model);
        expect(await everything(store)).toEqual(expected);
        await store.close();
        store = await open();
        expect(await everything(store)).toEqual(expected);
        await store.close();
      }),
      { numRuns: 100 },
    );
  });

  it('are varied enough to be refused for every reason there is', async () => {
    // One fixed sample: whether a random one meets the rarest refusal is chance, and chance must not decide a test.
    const kinds = new Set<unknown>();
    for (const list of fc.sample(deeds, { seed: 1, numRuns: 200 })) {
      const model = new ModelStore(handClock()).open();
      await model.ledger.append([listOpened()]);
      for (const deed of list) {
        const given = await answer(deed, model);
        if (typeof given === 'string') kinds.add(given);
      }
    }
    expect(kinds).toEqual(
      new Set([
        'index-taken',
        'version-taken',
        'ref-erased',
        'ref-taken',
        'unknown-credential',
        'unknown-list',
        'list-closed',
        'strand-taken',
        'state-forbids',
        'key-taken',
        'list-taken',
        'session-taken',
        'stale-version',
      ]),
    );
  });
});
