import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.js';
import type { Random } from '../../ports/random.js';
import { StoreDamagedError } from '../../ports/store.js';
import { CopyRefusedError } from '../copy/copy-store.js';
import type { CopiedPartition, CopiedRecord, StoreContent, StoreFiller } from '../copy/store-content.js';
import { admit } from '../lowdb/ledger/admit.js';
import { type ChainRecord, isChainRecord } from '../lowdb/ledger/chain-record.js';
import { Draft } from '../lowdb/ledger/draft.js';
import { digestOf } from '../lowdb/ledger/record-line.js';
import { LIVING_PROCESSES } from './advisory-locks.js';
import { Database, type DatabaseOptions } from './database.js';
import { insertRows } from './insert-rows.js';
import type { ChainedRecord } from './ledger/chain-group.js';
import { GroupChanges } from './ledger/group-changes.js';
import { loadFacts } from './ledger/load-facts.js';
import { PAYLOAD_COLUMNS, PAYLOAD_TABLES, type PayloadRow } from './ledger/payloads.js';
import { writeGroup } from './ledger/write-group.js';
import { migrateSchema } from './migrate-schema.js';
import { openPostgresStore, type PostgresStore } from './open-store.js';
import { fromTextKey, toTextKey } from './text-key.js';

const ROWS_AT_ONCE = 1_000;
const PATIENCE_MS = 5_000;
const PAUSE_MS = 100;
/** Nobody: no process has this number. */
const NOBODY = 0;
/** Everything but the record of the schema's steps and the one row of the house. */
const FILLED_TABLES = `documents, log_rows, strands, strand_starts, ledger_records, ledger_payloads, refs, credentials,
  versions, credential_counts, status_lists, status_entries, list_usage, issuer_keys, sessions, session_rows,
  batch_parts, batch_portions`;

interface CopyMeans extends DatabaseOptions {
  readonly clock: Clock;
  readonly random: Random;
}

/** What a database holds. @param means.isFilling it is the target of a copy, which nobody else may open yet. */
export async function readTables(means: CopyMeans & { readonly isFilling?: boolean }): Promise<StoreContent> {
  const { clock, random, url, connections, timeoutMs, isFilling = false } = means;
  const database = new Database(means);
  let store: PostgresStore;
  try {
    if (!isFilling) await assertUnused(database);
    store = await openPostgresStore({ url, connections, timeoutMs, clock, random, isFilling });
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    store,
    async topics() {
      const rows = await database.query<{ issuer: string; topic: string }>(
        'SELECT DISTINCT issuer, topic FROM log_rows',
      );
      return rows.map(({ issuer, topic }) => ({ issuer: fromTextKey(issuer), topic: fromTextKey(topic) }));
    },
    records: () => recordsOf(database),
    async close() {
      await store.close();
      await database.close();
    },
  };
}

/** What a process would write while the copy is made would be in it by half. @throws {CopyRefusedError} */
async function assertUnused(database: Database): Promise<void> {
  const patience = performance.now() + PATIENCE_MS;
  // One that has just ended is gone from the server's list a moment later.
  while ((await database.query(LIVING_PROCESSES)).length > 0) {
    if (performance.now() > patience) {
      throw new CopyRefusedError('a process has this house open: stop every one of them first');
    }
    await pause(PAUSE_MS);
  }
}

async function* recordsOf(database: Database): AsyncGenerator<readonly CopiedRecord[]> {
  let place = 0;
  for (;;) {
    const rows = await database.query<PayloadRow & { readonly place: number }>(
      `SELECT place, ${PAYLOAD_COLUMNS} FROM ${PAYLOAD_TABLES} WHERE place > $1 ORDER BY place LIMIT ${ROWS_AT_ONCE}`,
      [place],
    );
    yield rows.map(({ strand, sequence, record, known, salt, payload }): CopiedRecord => {
      const content = salt === null || payload === null ? ('erased' as const) : { salt, text: payload };
      return { strand, sequence, text: record, payload: known ? content : undefined };
    });
    if (rows.length < ROWS_AT_ONCE) return;
    place = rows.at(-1)?.place ?? place;
  }
}

/**
 * An empty database, to be filled; one in which a copy was cut short is emptied first.
 * @throws {CopyRefusedError} when it holds a house.
 */
export async function fillTables(means: CopyMeans): Promise<StoreFiller> {
  const database = new Database(means);
  try {
    await migrateSchema(database, { logger: means.logger });
    await assertUnused(database);
    await begin(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    putRecords: (records) => putRecords(database, records),
    putPartition: (partition) => putPartition(database, partition),
    async putRows(rows) {
      await database.transaction((transaction) =>
        insertRows(transaction, 'log_rows', {
          columns: {
            issuer: { type: 'text', values: rows.map(({ issuer }) => toTextKey(issuer)) },
            topic: { type: 'text', values: rows.map(({ topic }) => toTextKey(topic)) },
            key: { type: 'text', values: rows.map(({ key }) => toTextKey(key)) },
            value: { type: 'text', values: rows.map(({ value }) => JSON.stringify(value)) },
          },
        }),
      );
    },
    read: () => readTables({ ...means, isFilling: true }),
    async finish() {
      await database.transaction(async (transaction) => {
        // The source may go on in its strands: here others are begun.
        await transaction.query('UPDATE strands SET continues = false');
        await transaction.query("UPDATE house SET state = 'open'");
      });
    },
    close: () => database.close(),
  };
}

async function begin(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    const [house] = await transaction.query<{ state: string; holds: boolean }>(
      `SELECT state, EXISTS (SELECT 1 FROM documents) OR EXISTS (SELECT 1 FROM log_rows)
          OR EXISTS (SELECT 1 FROM strands) AS holds FROM house FOR UPDATE`,
    );
    if (house?.state === 'open' && house.holds) {
      throw new CopyRefusedError('the database holds a house already: a copy goes into an empty one');
    }
    await transaction.query(`TRUNCATE ${FILLED_TABLES} RESTART IDENTITY`);
    await transaction.query(
      "UPDATE house SET state = 'filling', halt = NULL, halt_strand = NULL, halt_sequence = NULL",
    );
  });
}

/** Works out what follows from the records as when they were made, and writes them as they are. */
async function putRecords(database: Database, all: readonly CopiedRecord[]): Promise<void> {
  for (const records of inStrands(all)) {
    await database.transaction(async (transaction) => {
      const [first] = records;
      if (first === undefined) return;
      const { strand } = first;
      const chained = records.map(chainedRecord);
      await transaction.query('INSERT INTO strands (strand, head) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        strand,
        digestOf(strand),
      ]);
      const facts = await loadFacts(
        transaction,
        chained.map(({ record }) => record.event),
      );
      const draft = new Draft(facts);
      const changes = new GroupChanges(facts);
      for (const { record } of chained) {
        const { event, at, sequence } = record;
        const change = admit(draft, event, at);
        draft.take(change);
        changes.take(change, sequence, event.kind === 'judged' ? { issuer: event.issuer, ref: event.ref } : undefined);
      }
      await writeGroup(transaction, { strand, owner: NOBODY, records: chained, changes, facts });
      const last = chained.at(-1)?.record;
      await transaction.query('UPDATE strands SET records = $2, head = $3, last_at = $4 WHERE strand = $1', [
        strand,
        last?.sequence,
        last?.digest,
        last?.at,
      ]);
    });
  }
}

/** Runs of records of one strand. */
function inStrands(records: readonly CopiedRecord[]): CopiedRecord[][] {
  const runs: CopiedRecord[][] = [];
  for (const record of records) {
    const run = runs.at(-1);
    if (run?.[0]?.strand === record.strand) run.push(record);
    else runs.push([record]);
  }
  return runs;
}

function chainedRecord({ strand, sequence, text, payload }: CopiedRecord): ChainedRecord {
  const parsed: ChainRecord | unknown = JSON.parse(text);
  if (!isChainRecord(parsed))
    throw new StoreDamagedError('ledger', `strand ${strand}, record ${sequence}`, 'no record');
  const { at, actor, event } = parsed;
  return {
    record: { sequence, at, actor, event, digest: digestOf(text), hasPayload: payload !== undefined },
    text,
    payload,
  };
}

async function putPartition(database: Database, { partition, documents }: CopiedPartition): Promise<void> {
  const { issuer, collection, name } = partition;
  await database.transaction((transaction) =>
    insertRows(transaction, 'documents', {
      columns: {
        issuer: { type: 'text', values: documents.map(() => toTextKey(issuer)) },
        collection: { type: 'text', values: documents.map(() => collection) },
        partition: { type: 'text', values: documents.map(() => toTextKey(name)) },
        id: { type: 'text', values: documents.map(({ id }) => toTextKey(id)) },
        version: { type: 'bigint', values: documents.map(({ version }) => version) },
        value: { type: 'text', values: documents.map(({ value }) => JSON.stringify(value)) },
      },
    }),
  );
}
