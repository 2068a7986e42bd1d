import { describe, expect, it } from 'vitest';
import { Database } from '../../src/storage/postgres/database.js';
import { migrateSchema } from '../../src/storage/postgres/migrate-schema.js';
import { MIGRATIONS } from '../../src/storage/postgres/migrations/all.js';
import type { Migration } from '../../src/storage/postgres/migrations/migration.js';
import { openPostgresStore } from '../../src/storage/postgres/open-store.js';
import { query, testDatabases } from '../support/postgres.js';
import { countingRandom, handClock, ISSUER } from './fixtures.js';

const newDatabase = testDatabases();
const steps = (url: string) => query(url, 'SELECT number, name FROM schema_steps ORDER BY number');

async function withDatabase<R>(url: string, work: (database: Database) => Promise<R>): Promise<R> {
  const database = new Database({ url, connections: 2, timeoutMs: 20_000, logger: undefined });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

const next: Migration = {
  number: MIGRATIONS.length + 1,
  name: 'a later table',
  sql: 'CREATE TABLE later (id integer); INSERT INTO later VALUES (1)',
};

describe('the tables', () => {
  it('are made once, however many processes start at the same moment', async () => {
    const { url } = await newDatabase();
    const stores = await Promise.all(
      [1, 2, 3].map((seed) =>
        openPostgresStore({ url, clock: handClock(), random: countingRandom(seed), connections: 2 }),
      ),
    );
    for (const store of stores) await store.close();
    expect(await steps(url)).toHaveLength(MIGRATIONS.length);
  });

  it('D14 a step that was cut short leaves nothing behind, and is taken by the next start', async () => {
    const { url } = await newDatabase();
    const failing = { ...next, sql: `${next.sql}; SELECT 1 / (SELECT count(*) FROM later WHERE id = 2)` };
    await withDatabase(url, async (database) => {
      await expect(migrateSchema(database, { migrations: [...MIGRATIONS, failing] })).rejects.toThrow();
      expect(await steps(url)).toHaveLength(MIGRATIONS.length);
      expect(await query(url, "SELECT to_regclass('later') IS NULL AS absent")).toEqual([{ absent: true }]);
      await migrateSchema(database, { migrations: [...MIGRATIONS, next] });
    });
    expect((await steps(url)).at(-1)).toEqual({ number: next.number, name: next.name });
    expect(await query(url, 'SELECT id FROM later')).toEqual([{ id: 1 }]);
  });

  it('D14 of a newer version, or altered, are refused with a sentence, and not touched', async () => {
    const { url } = await newDatabase();
    await withDatabase(url, async (database) => {
      await migrateSchema(database, { migrations: [...MIGRATIONS, next] });
      const open = () => openPostgresStore({ url, clock: handClock(), random: countingRandom() });
      await expect(open()).rejects.toMatchObject({ code: 'schema-unknown' });
      await expect(open()).rejects.toThrow(/newer version of Sceau/);
      const altered = { ...next, sql: `${next.sql};` };
      await expect(migrateSchema(database, { migrations: [...MIGRATIONS, altered] })).rejects.toMatchObject({
        code: 'schema-unknown',
      });
    });
    expect(await steps(url)).toHaveLength(next.number);
  });

  it('keep every JSON value as it is written, and every text a name may be', async () => {
    const { url } = await newDatabase();
    const store = await openPostgresStore({ url, clock: handClock(), random: countingRandom() });
    try {
      const value = {
        z: 1,
        a: ['\u0000', '\ud800', 'é', 'e\u0301', '\u2028'],
        '10': 1e21,
        '9': -0.1,
        '': null,
        nested: { b: 9_007_199_254_740_991, a: 1e-7 },
      };
      const names = [
        '\u0000',
        '\u0001',
        '\u0001"\\u0000"',
        '\ud800',
        '\udc00',
        '😀',
        "'; DROP TABLE documents; --",
        '%',
        '\\',
      ];
      for (const name of names) {
        const partition = { issuer: ISSUER, collection: 'cohorts', name } as const;
        await store.documents.transact(partition, (transaction) => transaction.put(name, value));
        await store.log.put([{ issuer: ISSUER, topic: name, key: name, value }]);
        expect(JSON.stringify(await store.documents.list(partition))).toBe(
          JSON.stringify([{ id: name, version: 1, value }]),
        );
        expect(JSON.stringify(await store.log.get(ISSUER, name, name))).toBe(JSON.stringify(value));
        expect((await store.log.list(ISSUER, name)).map(({ key }) => key)).toEqual([name]);
      }
      expect((await store.documents.partitions(ISSUER, 'cohorts')).sort()).toEqual([...names].sort());
      await store.ledger.append([
        {
          actor: 'operator',
          event: { kind: 'sealed', issuer: ISSUER, session: 's', digest: 'd', rows: 0 },
          payload: value,
        },
      ]);
      expect(JSON.stringify(await store.ledger.sessionHeader('s'))).toBe(JSON.stringify(value));
    } finally {
      await store.close();
    }
  });
});
