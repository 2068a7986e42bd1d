import { runStoreContract } from './contract.js';
import { ModelStore } from './model-store.js';

runStoreContract({
  name: 'the model in memory',
  async open(clock) {
    const model = new ModelStore(clock);
    let store = model.open();
    return {
      store,
      async reopen() {
        await store.close();
        store = model.open();
        return store;
      },
      dispose: () => store.close(),
    };
  },
});
