import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LedgerConflictError } from '../../src/ports/ledger.js';
import { type StoreChange, StoreUnavailableError } from '../../src/ports/store.js';
import { Database } from '../../src/storage/postgres/database.js';
import { openPostgresStore, type PostgresStore } from '../../src/storage/postgres/open-store.js';
import { issueSample, openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { createDatabase, query, serverUrl, type TestDatabase } from '../support/postgres.js';
import { startPostgres } from '../support/start-postgres.js';
import { openProxy } from '../support/tcp-proxy.js';
import { changed, countingRandom, handClock, ISSUER, issued, LIST, listOpened, reserved } from './fixtures.js';

/** Long for a database on the same machine, short for a test. Milliseconds. */
const TIMEOUT = 2_000;
const PATIENCE = { timeout: 60_000 };

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

let seed = 1_000;
async function openStore(url: string, timeoutMs = TIMEOUT): Promise<PostgresStore> {
  seed += 1;
  const store = await openPostgresStore({
    url,
    clock: handClock(),
    random: countingRandom(seed),
    connections: 4,
    timeoutMs,
  });
  endings.push(() => store.close());
  return store;
}

async function newDatabase(): Promise<TestDatabase> {
  const database = await createDatabase();
  endings.push(() => database.drop());
  return database;
}

const cutAll = (url: string) =>
  query(
    url,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

async function expectSound(store: PostgresStore): Promise<void> {
  expect(await store.ledger.check()).toMatchObject({ ok: true, problems: [] });
}

describe('PostgreSQL that fails', () => {
  it('D10 stopped and restarted: unavailable meanwhile, ready again without a restart, nothing lost', async () => {
    const server = await startPostgres();
    endings.push(() => server.end());
    const store = await openStore(server.url);
    const heard: StoreChange['shape'][] = [];
    store.follow(({ shape }) => heard.push(shape));
    await store.ledger.append([listOpened(), reserved('c1', { index: 1 })]);
    await server.crash();
    await expect(store.ledger.append([issued('c1')])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(store.log.get(ISSUER, 't', 'k')).rejects.toBeInstanceOf(StoreUnavailableError);
    heard.length = 0;
    await expect.poll(() => heard, PATIENCE).toContain('all');
    await server.restart();
    await expect.poll(() => store.ledger.append([issued('c1')]).then(() => 'done', String), PATIENCE).toBe('done');
    expect((await store.ledger.credential('c1'))?.state).toBe('active');
    await expectSound(store);
  });

  it('D10 cut connections: work goes on over new ones, and each entry is there once', async () => {
    const { url } = await newDatabase();
    const store = await openStore(url);
    await store.ledger.append([listOpened()]);
    const done: string[] = [];
    const work = Promise.all(
      Array.from({ length: 40 }, async (_, index) => {
        await pause(index * 5);
        const id = `c${index}`;
        await store.ledger.append([reserved(id, { index })]).then(
          () => done.push(id),
          (error: unknown) => expect(error).toBeInstanceOf(StoreUnavailableError),
        );
      }),
    );
    for (let times = 0; times < 4; times += 1) {
      await pause(50);
      await cutAll(url);
    }
    await work;
    expect(done.length).toBeGreaterThan(0);
    for (const id of done) expect((await store.ledger.credential(id))?.state).toBe('reserved');
    await expectSound(store);
  });

  it('D10 cut after COMMIT was sent: what became of it is found out, and told as it is', async () => {
    const database = await newDatabase();
    const proxy = await openProxy(database.url);
    endings.push(() => proxy.close());
    const store = await openStore(proxy.url);
    await store.ledger.append([listOpened()]);
    for (const [number, fate] of (['answer-lost', 'not-sent'] as const).entries()) {
      const cut = proxy.atNextCommit(fate);
      const id = `c${number}`;
      const [record] = await store.ledger.append([reserved(id, { index: number })]);
      await cut;
      expect(record?.event).toMatchObject({ kind: 'reserved', credential: id });
      expect((await store.ledger.credential(id))?.versions).toHaveLength(1);
    }
    const cutAgain = proxy.atNextCommit('answer-lost');
    expect(await store.log.putNew({ issuer: ISSUER, topic: 't', key: 'once', value: 1 })).toBe(true);
    await cutAgain;
    expect(await store.log.putNew({ issuer: ISSUER, topic: 't', key: 'once', value: 2 })).toBe(false);
    expect((await store.ledger.check()).records).toBe(3);
    await expectSound(store);
  });

  it('D10 once an answer to COMMIT was lost, a process hears of its own changes whatever it knows of them', async () => {
    const database = await newDatabase();
    const proxy = await openProxy(database.url);
    endings.push(() => proxy.close());
    const store = await openStore(proxy.url);
    const heard: StoreChange[] = [];
    store.follow((change) => heard.push(change));
    const cut = proxy.atNextCommit('answer-lost');
    await store.ledger.append([listOpened()]);
    await cut;
    expect(heard).toContainEqual({ shape: 'all' });
    heard.length = 0;
    await store.log.put([{ issuer: ISSUER, topic: 't', key: 'k', value: 1 }]);
    await expect.poll(() => heard.filter(({ shape }) => shape === 'log'), PATIENCE).toHaveLength(2);
  });

  it('D10 an answer that does not come within the time limit: unavailable before COMMIT, found out after it; no group is written twice', async () => {
    const database = await newDatabase();
    const proxy = await openProxy(database.url);
    endings.push(() => proxy.close());
    const store = await openStore(proxy.url, 500);
    await store.ledger.append([listOpened()]);
    proxy.hold();
    await expect(store.ledger.append([reserved('c1', { index: 1 })])).rejects.toBeInstanceOf(StoreUnavailableError);
    proxy.release();
    await expect
      .poll(() => store.ledger.append([reserved('c1', { index: 1 })]).then(() => 'done', String), PATIENCE)
      .toBe('done');
    // Said twice, it would be recorded twice: nothing of an erasure is unique.
    const late = proxy.atNextCommit('answer-late');
    const erased = { actor: 'test', event: { kind: 'erased', issuer: ISSUER, refs: ['somebody'] } } as const;
    expect(await store.ledger.append([erased])).toHaveLength(1);
    await late;
    expect((await store.ledger.check()).records).toBe(3);
    await expectSound(store);
  });

  it('D10 read-only, or locked by somebody else: unavailable while it lasts; reading goes on', async () => {
    const { url } = await newDatabase();
    const store = await openStore(url);
    await store.ledger.append([listOpened(), reserved('c1', { index: 1 })]);
    const name = new URL(url).pathname.slice(1);
    await query(await serverUrl(), `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    await cutAll(url);
    await expect(store.ledger.append([issued('c1')])).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(store.log.put([{ issuer: ISSUER, topic: 't', key: 'k', value: 1 }])).rejects.toBeInstanceOf(
      StoreUnavailableError,
    );
    expect((await store.ledger.credential('c1'))?.state).toBe('reserved');
    await query(await serverUrl(), `ALTER DATABASE ${name} RESET default_transaction_read_only`);
    await cutAll(url);
    await expect.poll(() => store.ledger.append([issued('c1')]).then(() => 'done', String), PATIENCE).toBe('done');
    await expectSound(store);
  });

  it('D10 no free connection within the time limit: unavailable, and available again afterwards', async () => {
    const { url } = await newDatabase();
    const store = await openStore(url, 500);
    await store.ledger.append([listOpened()]);
    const holder = query(
      url,
      'BEGIN; LOCK TABLE log_rows IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(600); COMMIT',
    ).catch(() => 'ended');
    await expect
      .poll(
        () =>
          query(
            url,
            `SELECT 1 FROM pg_locks WHERE relation = 'log_rows'::regclass AND mode = 'AccessExclusiveLock' AND granted`,
          ),
        PATIENCE,
      )
      .toHaveLength(1);
    const asked = await Promise.allSettled(Array.from({ length: 20 }, () => store.log.get(ISSUER, 't', 'k')));
    for (const result of asked)
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'store-unavailable' } });
    await query(
      url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'BEGIN; LOCK%' AND pid <> pg_backend_pid()`,
    );
    expect(await holder).toBe('ended');
    expect(await store.log.get(ISSUER, 't', 'k')).toBeUndefined();
  });

  it('D10 no server at all: unavailable, whether one reads or writes', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = z.object({ port: z.number() }).parse(server.address());
    // Nobody listens there any more.
    await new Promise((resolve) => server.close(resolve));
    const url = `postgresql://nobody@127.0.0.1:${port}/nothing`;
    const database = new Database({ url, connections: 1, timeoutMs: 500, logger: undefined });
    endings.push(() => database.close());
    await expect(database.snapshot(async () => 1)).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(database.transaction(async () => 1)).rejects.toBeInstanceOf(StoreUnavailableError);
    await expect(database.query('x')).rejects.toBeInstanceOf(StoreUnavailableError);
  });

  it('D11 one row the database refuses: that one is reported, the others are issued, its index is free', async () => {
    const { url } = await newDatabase();
    const store = await openStore(url);
    await store.ledger.append([listOpened()]);
    await refuseRecordsOf(url, 'ref-of-c57');
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, index) =>
        store.ledger.append([reserved(`c${index}`, { index }), issued(`c${index}`)]),
      ),
    );
    expect(results.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []))).toEqual([57]);
    expect(results[57]).toMatchObject({ reason: { code: 'store-unavailable' } });
    expect((await store.ledger.counts(ISSUER)).active).toBe(99);
    expect((await store.ledger.list(LIST))?.used).toBe(99);
    await store.ledger.append([reserved('another', { index: 57 })]);
    await expectSound(store);
  });

  it('D11 while the refused row is looked for the disk fills up: what was stored before is reported as stored', async () => {
    const { url } = await newDatabase();
    const store = await openStore(url);
    await store.ledger.append([listOpened()]);
    await query(url, REFUSE_AND_FILL_UP);
    await query(
      url,
      `CREATE TRIGGER refuse BEFORE INSERT ON ledger_records FOR EACH ROW
         WHEN (NEW.record LIKE '%"ref-of-c1"%') EXECUTE FUNCTION refuse_and_fill_up()`,
    );
    const results = await Promise.allSettled(
      [0, 1].map((index) => store.ledger.append([reserved(`c${index}`, { index })])),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(results[1]).toMatchObject({ reason: { code: 'store-unavailable' } });
    expect((await store.ledger.credential('c0'))?.state).toBe('reserved');
    await expectSound(store);
  });

  it('D11 a batch reports the person whose badge could not be stored, and issues all others', async () => {
    const { url } = await newDatabase();
    const folder = await temporaryFolder();
    endings.push(() => removeFolder(folder));
    const house = await openTestHouse(folder, { DATABASE_URL: url });
    endings.push(() => house.close());
    await query(url, REFUSE_ISSUED);
    const marked = 'PP-E06';
    await query(
      url,
      `CREATE TRIGGER refuse BEFORE INSERT ON ledger_records FOR EACH ROW EXECUTE FUNCTION refuse_issued('${marked}')`,
    );
    const first = await issueSample(house, 'projet-pro');
    const refused = first.rows.filter(({ outcome }) => outcome === 'failed');
    expect(refused.map(({ engagementId, reasons }) => [engagementId, reasons])).toEqual([
      [marked, ['store-unavailable']],
    ]);
    await query(url, 'DROP TRIGGER refuse ON ledger_records');
    const { ledger } = house.issuing.store;
    const [before] = await ledger.lists(first.issuer);
    const second = await issueSample(house, 'projet-pro');
    expect(second.counts.failed).toBe(0);
    expect(second.counts.issued).toBe(first.counts.issued + 1);
    // The reservation that stood was finished: no further index was drawn for it.
    expect((await ledger.lists(first.issuer))[0]?.used).toBe(before?.used);
    expect((await ledger.check()).problems).toEqual([]);
  });
});

describe('several processes at once', () => {
  it('D4 draw every index once, whatever they draw at the same time', async () => {
    const { url } = await newDatabase();
    const stores: PostgresStore[] = [];
    for (let number = 0; number < 8; number += 1) stores.push(await openStore(url, 20_000));
    await stores[0]?.ledger.append([listOpened()]);
    const drawn = await Promise.all(
      stores.map(async (store, number) => {
        const own: number[] = [];
        for (let turn = 0; own.length < 10; turn += 1) {
          const used = await store.ledger.usedIndexes(LIST);
          // Everybody goes for the first free index: as often as can be, two go for the same.
          const index = [...Array(100).keys()].find((at) => (((used[at >> 3] ?? 0) >> (7 - (at & 7))) & 1) === 0) ?? 0;
          try {
            await store.ledger.append([reserved(`c-${number}-${turn}`, { index })]);
            own.push(index);
          } catch (error) {
            if (!(error instanceof LedgerConflictError) || error.conflict !== 'index-taken') throw error;
          }
        }
        return own;
      }),
    );
    expect(new Set(drawn.flat()).size).toBe(80);
    expect((await stores[0]?.ledger.list(LIST))?.used).toBe(80);
    expect(await stores[0]?.ledger.check()).toMatchObject({ ok: true, problems: [] });
  });

  it('D9 change the same badges in opposite order: every change is made or refused by the rules, none is lost', async () => {
    const { url } = await newDatabase();
    const [one, other] = [await openStore(url, 20_000), await openStore(url, 20_000)];
    const ids = ['a', 'b', 'c', 'd'];
    await one.ledger.append([listOpened(), ...ids.flatMap((id, index) => [reserved(id, { index }), issued(id)])]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, turn) => {
        const kind = turn % 2 === 0 ? 'suspended' : 'reinstated';
        const order = turn % 4 < 2 ? ids : [...ids].reverse();
        return (turn % 3 === 0 ? one : other).ledger.append(order.map((id) => changed(kind, id)));
      }),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    for (const reason of refused) expect(reason).toMatchObject({ code: 'ledger-conflict', conflict: 'state-forbids' });
    expect((await one.ledger.check()).records).toBe(9 + 4 * (20 - refused.length));
    await expectSound(other);
  });

  it('hear of each other within moments, and of anything at all once they could not listen', async () => {
    const { url } = await newDatabase();
    const [writer, reader] = [await openStore(url), await openStore(url)];
    const heard: StoreChange[] = [];
    reader.follow((change) => heard.push(change));
    const partition = { issuer: ISSUER, collection: 'students', name: 'é/\u0000' } as const;
    await writer.ledger.append([listOpened()]);
    await writer.documents.transact(partition, (transaction) => transaction.put('a', 1));
    await writer.log.put([{ issuer: ISSUER, topic: 't', key: 'k', value: 1 }]);
    await expect
      .poll(() => heard, PATIENCE)
      .toEqual([
        { shape: 'ledger', event: listOpened().event },
        { shape: 'documents', partition },
        { shape: 'log', issuer: ISSUER, topic: 't', key: 'k' },
      ]);
    heard.length = 0;
    await cutAll(url);
    await expect.poll(() => heard, PATIENCE).toContainEqual({ shape: 'all' });
    await expect
      .poll(async () => {
        await writer.log.put([{ issuer: ISSUER, topic: 't', key: 'again', value: 1 }]);
        await pause(100);
        return heard;
      }, PATIENCE)
      .toContainEqual({ shape: 'log', issuer: ISSUER, topic: 't', key: 'again' });
  });
});

/** Refuses what is marked. */
const REFUSE = `CREATE FUNCTION refuse_marked() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'refused'; END $$`;

/** Refuses what is marked for its own sake the first time, and later for want of room. A sequence is not rolled back. */
const REFUSE_AND_FILL_UP = `CREATE SEQUENCE times;
  CREATE FUNCTION refuse_and_fill_up() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF nextval('times') = 1 THEN RAISE EXCEPTION 'refused'; END IF;
    RAISE EXCEPTION 'no space left' USING ERRCODE = 'disk_full';
  END $$`;

/** Refuses the `issued` record of the engagement it is given: its reservation stands by then, with its index. */
const REFUSE_ISSUED = `CREATE FUNCTION refuse_issued() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.record::json -> 'event' ->> 'kind' = 'issued' AND EXISTS (
      SELECT 1 FROM ledger_records AS reserved JOIN ledger_payloads USING (strand, sequence)
       WHERE reserved.record::json -> 'event' ->> 'kind' = 'reserved'
         AND reserved.record::json -> 'event' ->> 'credential' = NEW.record::json -> 'event' ->> 'credential'
         AND payload::json -> 'award' -> 'engagement' ->> 'id' = TG_ARGV[0])
    THEN RAISE EXCEPTION 'refused'; END IF;
    RETURN NEW;
  END $$`;

/** Makes the database refuse every record that names a ref. */
async function refuseRecordsOf(url: string, ref: string): Promise<void> {
  await query(url, REFUSE);
  await query(
    url,
    `CREATE TRIGGER refuse BEFORE INSERT ON ledger_records FOR EACH ROW
       WHEN (NEW.record LIKE '%"${ref}"%') EXECUTE FUNCTION refuse_marked()`,
  );
}
