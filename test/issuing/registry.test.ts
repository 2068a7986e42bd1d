import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { addIssuer, listIssuers, updateIssuer } from '../../src/issuing/issuers.js';
import { listProgrammes } from '../../src/issuing/programmes.js';
import { createRegistry } from '../../src/issuing/registry.js';
import { StoreUnavailableError } from '../../src/ports/store.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';

describe('the registry of issuers and programmes', () => {
  let folder: string;
  let house: House;
  beforeEach(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder);
  });
  afterEach(async () => {
    await house.close();
    await removeFolder(folder);
  });

  it('shows what was added or changed at once', async () => {
    const { issuing } = house;
    expect(await listIssuers(issuing)).toEqual([]);
    const { slug } = await addIssuer(issuing, { name: 'École', url: 'https://ecole.example.org' });
    await updateIssuer(issuing, slug, { name: 'Grande école' });
    expect((await listIssuers(issuing)).map(({ name }) => name)).toEqual(['Grande école']);
    expect(await listProgrammes(issuing)).toEqual([]);
    await issueSample(house, 'ecstra');
    expect((await listProgrammes(issuing)).map(({ programme }) => programme.id)).toEqual(['ecstra']);
  });

  it('reads the store once, however many ask, and again after a reading that failed', async () => {
    await issueSample(house, 'ecstra');
    const { documents } = house.issuing.store;
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
