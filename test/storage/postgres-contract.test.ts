import { openPostgresStore } from '../../src/storage/postgres/open-store.js';
import { testDatabases } from '../support/postgres.js';
import { runStoreContract } from './contract.js';
import { countingRandom } from './fixtures.js';

const createDatabase = testDatabases();
let seed = 0;

runStoreContract({
  name: 'the store in PostgreSQL',
  async open(clock) {
    const database = await createDatabase();
    const open = () => openPostgresStore({ url: database.url, clock, random: countingRandom(++seed), connections: 4 });
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
        await database.drop();
      },
    };
  },
});
