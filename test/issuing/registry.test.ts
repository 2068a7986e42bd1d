import { describe, expect, it } from 'vitest';
import { addIssuer, listIssuers, updateIssuer } from '../../src/issuing/issuers.js';
import { listProgrammes } from '../../src/issuing/programmes.js';
import { createRegistry } from '../../src/issuing/registry.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { freshHouse, issueSample } from '../support/house.js';

describe('the registry of issuers and programmes', () => {
  const fresh = freshHouse();

  it('shows what was added or changed at once', async () => {
    const { issuing } = fresh.house;
    expect(await listIssuers(issuing)).toEqual([]);
    const { slug } = await addIssuer(issuing, { name: 'École', url: 'https://ecole.example.org' });
    await updateIssuer(issuing, slug, { name: 'Grande école' });
    expect((await listIssuers(issuing)).map(({ name }) => name)).toEqual(['Grande école']);
    expect(await listProgrammes(issuing)).toEqual([]);
    await issueSample(fresh.house, 'ecstra');
    expect((await listProgrammes(issuing)).map(({ programme }) => programme.id)).toEqual(['ecstra']);
  });

  it('reads the store once, however many ask, and again after a reading that failed', async () => {
    await issueSample(fresh.house, 'ecstra');
    const { documents } = fresh.house.issuing.store;
    let readings = 0;
    let broken = true;
    const registry = createRegistry({
      get: documents.get,
      list: documents.list,
      partitions: documents.partitions,
      transact: documents.transact,
      issuers: async () => {
        readings += 1;
        if (broken) throw new StoreUnavailableError('away');
        return documents.issuers();
      },
    });
    await expect(registry.programmes()).rejects.toThrow(StoreUnavailableError);
    broken = false;
    const asked = await Promise.all([registry.programmes(), registry.issuers(), registry.programmes()]);
    expect(asked[0]).toBe(asked[2]);
    expect(await registry.programmes()).toBe(asked[0]);
    expect(readings).toBe(2);
  });
});
