import type { DocumentStore, DocumentTransaction, Partition, StoredDocument } from '../../src/ports/documents.js';
import { StaleVersionError } from '../../src/ports/documents.js';
import type { Json } from '../../src/ports/json.js';

/** Documents in memory, for tests of the rooms that use them. `writes` counts what was put. */
export function memoryDocuments(): DocumentStore & { readonly writes: () => number; readonly dump: () => string } {
  const held = new Map<string, { readonly partition: Partition; readonly documents: Map<string, StoredDocument> }>();
  let writes = 0;
  const at = (partition: Partition) => {
    const key = JSON.stringify([partition.issuer, partition.collection, partition.name]);
    const found = held.get(key) ?? { partition, documents: new Map<string, StoredDocument>() };
    held.set(key, found);
    return found.documents;
  };
  return {
    writes: () => writes,
    dump: () => JSON.stringify([...held.values()].map(({ partition, documents }) => [partition, [...documents]])),
    get: async (partition, id) => at(partition).get(id),
    list: async (partition) => [...at(partition).values()],
    partitions: async (issuer, collection) =>
      [...held.values()]
        .map((entry) => entry.partition)
        .flatMap((p) => (p.issuer === issuer && p.collection === collection ? [p.name] : [])),
    issuers: async () => [
      ...new Set([...held.values()].filter((e) => e.documents.size > 0).map((e) => e.partition.issuer)),
    ],
    transact: async <R>(partition: Partition, work: (transaction: DocumentTransaction) => Promise<R>) => {
      const documents = at(partition);
      return work({
        get: async (id) => documents.get(id),
        put: async (id: string, value: Json, expectedVersion?: number) => {
          const version = documents.get(id)?.version ?? 0;
          if (expectedVersion !== undefined && expectedVersion !== version)
            throw new StaleVersionError(id, expectedVersion, version);
          writes += 1;
          documents.set(id, { id, version: version + 1, value });
        },
        delete: async (id) => {
          documents.delete(id);
        },
      });
    },
  };
}
