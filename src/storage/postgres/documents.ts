import { setTimeout as pause } from 'node:timers/promises';
import type {
  Collection,
  DocumentStore,
  DocumentTransaction,
  Partition,
  StoredDocument,
} from '../../ports/documents.js';
import { type StoreChange, StoreUnavailableError } from '../../ports/store.js';
import { DraftTransaction } from '../lowdb/documents/document-transaction.js';
import { Exclusive } from '../lowdb/exclusive.js';
import { PARTITION_LOCK } from './advisory-locks.js';
import { announce } from './change-feed.js';
import type { Database, Queryable } from './database.js';
import { insertRows } from './insert-rows.js';
import { fromTextKey, toTextKey } from './text-key.js';

const ATTEMPTS = 100;
const LONGEST_PAUSE_MS = 20;

interface DocumentRow {
  readonly id: string;
  readonly version: number;
  readonly value: string;
  readonly place: number;
  readonly [column: string]: unknown;
}

/** What a transaction's work rested on: the row it read under an id, or that there was none. */
type Read = ReadonlyMap<string, Pick<DocumentRow, 'version' | 'place'> | undefined>;

/**
 * Documents as rows. The work of a transaction holds no connection: what it wrote is put in place at its end, in one
 * database transaction that has the partition to itself, if what it read is still what is there; else the work is run
 * again. Work of one process on one partition takes turns anyway, so only two processes can get in each other's way.
 */
export class PostgresDocumentStore implements DocumentStore {
  readonly #database: Database;
  readonly #from: number;
  readonly #tell: (change: StoreChange) => void;
  readonly #turns = new Exclusive();

  /** @param options.from number of this process. */
  constructor(options: {
    readonly database: Database;
    readonly from: number;
    readonly tell: (change: StoreChange) => void;
  }) {
    this.#database = options.database;
    this.#from = options.from;
    this.#tell = options.tell;
  }

  async get(partition: Partition, id: string): Promise<StoredDocument | undefined> {
    const row = await this.#row(partition, id);
    return row === undefined ? undefined : documentOf(row);
  }

  async list(partition: Partition): Promise<StoredDocument[]> {
    const rows = await this.#database.query<DocumentRow>(
      `SELECT id, version, value, place FROM documents
        WHERE issuer = $1 AND collection = $2 AND partition = $3 ORDER BY place`,
      keysOf(partition),
    );
    return rows.map(documentOf);
  }

  async partitions(issuer: string, collection: Collection): Promise<string[]> {
    const rows = await this.#database.query<{ partition: string }>(
      'SELECT DISTINCT partition FROM documents WHERE issuer = $1 AND collection = $2 ORDER BY partition',
      [toTextKey(issuer), collection],
    );
    return rows.map(({ partition }) => fromTextKey(partition));
  }

  /** Steps from one issuer to the next in the index: there are few, and each may have a great many documents. */
  async issuers(): Promise<string[]> {
    const rows = await this.#database.query<{ issuer: string | null }>(
      `WITH RECURSIVE found AS (
         SELECT min(issuer) AS issuer FROM documents
         UNION ALL
         SELECT (SELECT min(issuer) FROM documents WHERE issuer > found.issuer) FROM found WHERE found.issuer IS NOT NULL
       ) SELECT issuer FROM found WHERE issuer IS NOT NULL`,
    );
    return rows.map(({ issuer }) => fromTextKey(issuer ?? ''));
  }

  transact<R>(partition: Partition, work: (transaction: DocumentTransaction) => Promise<R>): Promise<R> {
    return this.#turns.run(JSON.stringify(keysOf(partition)), async () => {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const outcome = await this.#attempt(partition, work);
        if (outcome !== undefined) return outcome.result;
        await pause(Math.random() * LONGEST_PAUSE_MS);
      }
      throw new StoreUnavailableError('other processes changed what a transaction read, again and again');
    });
  }

  /** @returns undefined when what the work read is no longer what is there. */
  async #attempt<R>(
    partition: Partition,
    work: (transaction: DocumentTransaction) => Promise<R>,
  ): Promise<{ readonly result: R } | undefined> {
    const read = new Map<string, DocumentRow | undefined>();
    const draft = new DraftTransaction(partition, async (from, id) => {
      if (!read.has(id)) read.set(id, await this.#row(from, id));
      const row = read.get(id);
      return row === undefined ? undefined : documentOf(row);
    });
    let result: R;
    try {
      result = await work(draft);
    } finally {
      draft.end();
    }
    if (draft.changes.size === 0) return { result };
    return (await this.#commit(partition, read, draft)) ? { result } : undefined;
  }

  async #commit(partition: Partition, read: Read, draft: DraftTransaction): Promise<boolean> {
    const change: StoreChange = { shape: 'documents', partition };
    const isDone = await this.#database.transaction(async (transaction) => {
      const keys = keysOf(partition);
      await transaction.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [PARTITION_LOCK, JSON.stringify(keys)]);
      if (!(await isAsRead(transaction, keys, read))) return false;
      await writeDocuments(transaction, keys, { changes: draft.changes, read });
      await announce(transaction, { from: this.#from, changes: [change] });
      return true;
    });
    if (isDone) this.#tell(change);
    return isDone;
  }

  async #row(partition: Partition, id: string): Promise<DocumentRow | undefined> {
    const [row] = await this.#database.query<DocumentRow>(
      `SELECT id, version, value, place FROM documents
        WHERE issuer = $1 AND collection = $2 AND partition = $3 AND id = $4`,
      [...keysOf(partition), toTextKey(id)],
    );
    return row;
  }
}

/** A row written anew after a deletion has another place, even if its version is the same again. */
async function isAsRead(transaction: Queryable, keys: readonly string[], read: Read): Promise<boolean> {
  const ids = new Map([...read].map(([id, row]) => [toTextKey(id), row]));
  const rows = await transaction.query<Pick<DocumentRow, 'id' | 'version' | 'place'> & Record<string, unknown>>(
    `SELECT id, version, place FROM documents
      WHERE issuer = $1 AND collection = $2 AND partition = $3 AND id = ANY ($4)`,
    [...keys, [...ids.keys()]],
  );
  const present = new Map(rows.map((row) => [row.id, row]));
  return [...ids].every(
    ([id, row]) => present.get(id)?.version === row?.version && present.get(id)?.place === row?.place,
  );
}

async function writeDocuments(
  transaction: Queryable,
  keys: readonly string[],
  { changes, read }: { readonly changes: DraftTransaction['changes']; readonly read: Read },
): Promise<void> {
  const fresh: StoredDocument[] = [];
  const changed: StoredDocument[] = [];
  const gone: string[] = [];
  for (const [id, change] of changes) {
    if ((change === undefined || change.fresh) && read.get(id) !== undefined) gone.push(toTextKey(id));
    if (change !== undefined) (change.fresh ? fresh : changed).push(change.document);
  }
  if (gone.length > 0) {
    await transaction.query(
      'DELETE FROM documents WHERE issuer = $1 AND collection = $2 AND partition = $3 AND id = ANY ($4)',
      [...keys, gone],
    );
  }
  if (changed.length > 0) {
    await transaction.query(
      `UPDATE documents SET version = changed.version, value = changed.value
         FROM unnest($4::text[], $5::bigint[], $6::text[]) AS changed (id, version, value)
        WHERE issuer = $1 AND collection = $2 AND partition = $3 AND documents.id = changed.id`,
      [...keys, ...columnsOf(changed)],
    );
  }
  const [ids, versions, values] = columnsOf(fresh);
  await insertRows(transaction, 'documents', {
    columns: {
      issuer: { type: 'text', values: fresh.map(() => keys[0]) },
      collection: { type: 'text', values: fresh.map(() => keys[1]) },
      partition: { type: 'text', values: fresh.map(() => keys[2]) },
      id: { type: 'text', values: ids },
      version: { type: 'bigint', values: versions },
      value: { type: 'text', values },
    },
  });
}

function columnsOf(documents: readonly StoredDocument[]): [string[], number[], string[]] {
  return [
    documents.map(({ id }) => toTextKey(id)),
    documents.map(({ version }) => version),
    documents.map(({ value }) => JSON.stringify(value)),
  ];
}

function keysOf({ issuer, collection, name }: Partition): [string, string, string] {
  return [toTextKey(issuer), collection, toTextKey(name)];
}

function documentOf({ id, version, value }: DocumentRow): StoredDocument {
  return { id: fromTextKey(id), version, value: JSON.parse(value) };
}
