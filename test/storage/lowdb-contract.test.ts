import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLowdbStore } from '../../src/storage/lowdb/open-store.js';
import { runStoreContract } from './contract.js';
import { countingRandom } from './fixtures.js';

runStoreContract({
  name: 'the embedded store',
  async open(clock) {
    const directory = await mkdtemp(join(tmpdir(), 'sceau-store-'));
    const random = countingRandom();
    const open = () => openLowdbStore({ directory, clock, random });
    let store = await open();
    return {
      store,
      async reopen() {
        await store.close();
        store = await open();
        return store;
      },
      async dispose() {
        await store.close();
        await rm(directory, { recursive: true });
      },
    };
  },
});
