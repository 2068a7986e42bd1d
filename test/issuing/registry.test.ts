import { describe, expect, it } from 'vitest';
import { addIssuer, listIssuers, updateIssuer } from '../../src/issuing/issuers.js';
import { listProgrammes } from '../../src/issuing/programmes.js';
import { createRegistry } from '../../src/issuing/registry.js';
import type { DocumentStore } from '../../src/ports/documents.js';
import { type StoreChange, StoreUnavailableError } from '../../src/ports/store.js';
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
    const { documents, follow } = fresh.house.issuing.store;
    let readings = 0;
    let broken = true;
    const counted: DocumentStore = {
      get: documents.get,
      list: documents.list,
      partitions: documents.partitions,
      transact: documents.transact,
      issuers: async () => {
        readings += 1;
        if (broken) throw new StoreUnavailableError('away');
        return documents.issuers();
      },
    };
    const registry = createRegistry({ documents: counted, follow });
    await expect(registry.programmes()).rejects.toThrow(StoreUnavailableError);
    broken = false;
    const asked = await Promise.all([registry.programmes(), registry.issuers(), registry.programmes()]);
    expect(asked[0]).toBe(asked[2]);
    expect(await registry.programmes()).toBe(asked[0]);
    expect(readings).toBe(2);
  });

  it('does not keep what a change overtook while it was read', async () => {
    const { issuing } = fresh.house;
    const { slug } = await addIssuer(issuing, { name: 'École', url: 'https://ecole.example.org' });
    const { documents, follow } = issuing.store;
    let renamed = false;
    const slow: DocumentStore = {
      get: async (partition, id) => {
        const read = await documents.get(partition, id);
        if (!renamed) {
          renamed = true;
          await updateIssuer(issuing, slug, { name: 'Grande école' });
        }
        return read;
      },
      list: documents.list,
      partitions: documents.partitions,
      transact: documents.transact,
      issuers: documents.issuers,
    };
    const registry = createRegistry({ documents: slow, follow });
    expect((await registry.issuers()).map(({ name }) => name)).toEqual(['École']);
    expect((await registry.issuers()).map(({ name }) => name)).toEqual(['Grande école']);
  });

  it('reads again what another process may have written', async () => {
    const { issuing } = fresh.house;
    await addIssuer(issuing, { name: 'École', url: 'https://ecole.example.org' });
    const listeners: ((change: StoreChange) => void)[] = [];
    const registry = createRegistry({
      documents: issuing.store.documents,
      follow: (listener) => {
        listeners.push(listener);
        return () => undefined;
      },
    });
    const first = await registry.issuers();
    const tell = (change: StoreChange) => {
      for (const listener of listeners) listener(change);
    };
    tell({ shape: 'documents', partition: { issuer: 'ecole', collection: 'students', name: 'all' } });
    expect(await registry.issuers()).toBe(first);
    tell({ shape: 'documents', partition: { issuer: 'ecole', collection: 'issuers', name: 'record' } });
    const second = await registry.issuers();
    expect(second).not.toBe(first);
    tell({ shape: 'all' });
    expect(await registry.issuers()).not.toBe(second);
  });
});
