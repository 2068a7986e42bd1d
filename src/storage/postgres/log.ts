import type { Json } from '../../ports/json.js';
import type { LogRow, LogStore } from '../../ports/log-store.js';
import type { Outcome } from '../../ports/outcome.js';
import type { StoreChange } from '../../ports/store.js';
import { GroupQueue } from '../group-queue.js';
import { compareCodePoints } from '../lowdb/code-points.js';
import { announce } from './change-feed.js';
import type { Database, Queryable } from './database.js';
import { insertRows } from './insert-rows.js';
import { fromTextKey, toTextKey } from './text-key.js';

type RowKey = Pick<LogRow, 'issuer' | 'topic' | 'key'>;
/** One row to be written, written if it is new, or deleted. The value is JSON text. */
type RowCall = { readonly key: RowKey } & (
  | { readonly kind: 'put' | 'new'; readonly value: string }
  | { readonly kind: 'delete' }
);

const CALLS_IN_A_GROUP = 2_000;

/** The log as rows. Calls that wait at the same time share one transaction. */
export class PostgresLogStore implements LogStore {
  readonly #database: Database;
  readonly #from: number;
  readonly #tell: (change: StoreChange) => void;
  readonly #queue: GroupQueue<RowCall, boolean>;

  /** @param options.from number of this process. */
  constructor(options: {
    readonly database: Database;
    readonly from: number;
    readonly tell: (change: StoreChange) => void;
  }) {
    this.#database = options.database;
    this.#from = options.from;
    this.#tell = options.tell;
    this.#queue = new GroupQueue({ largest: CALLS_IN_A_GROUP, commit: (calls) => this.#commit(calls) });
  }

  async put(rows: readonly LogRow[]): Promise<void> {
    await this.#submit(rows.map((row) => ({ key: row, kind: 'put', value: JSON.stringify(row.value) })));
  }

  putNew(row: LogRow): Promise<boolean> {
    return this.#queue.submit({ key: row, kind: 'new', value: JSON.stringify(row.value) });
  }

  async get(issuer: string, topic: string, key: string): Promise<Json | undefined> {
    const [row] = await this.#database.query<{ value: string }>(
      'SELECT value FROM log_rows WHERE issuer = $1 AND topic = $2 AND key = $3',
      [toTextKey(issuer), toTextKey(topic), toTextKey(key)],
    );
    return row === undefined ? undefined : JSON.parse(row.value);
  }

  async list(issuer: string, topic: string): Promise<LogRow[]> {
    const rows = await this.#database.query<{ key: string; value: string }>(
      'SELECT key, value FROM log_rows WHERE issuer = $1 AND topic = $2',
      [toTextKey(issuer), toTextKey(topic)],
    );
    return rows
      .map(({ key, value }): LogRow => ({ issuer, topic, key: fromTextKey(key), value: JSON.parse(value) }))
      .sort((left, right) => compareCodePoints(left.key, right.key));
  }

  async delete(rows: readonly RowKey[]): Promise<void> {
    await this.#submit(rows.map((row) => ({ key: row, kind: 'delete' })));
  }

  async #submit(calls: readonly RowCall[]): Promise<void> {
    // Every write has ended when this call does, also when one of them failed.
    const results = await Promise.allSettled(calls.map((call) => this.#queue.submit(call)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** @returns for each call whether its row was written. */
  async #commit(calls: readonly RowCall[]): Promise<Outcome<boolean>[]> {
    const changes = new Map(
      calls.map(({ key: { issuer, topic, key } }) => [
        JSON.stringify([issuer, topic, key]),
        { shape: 'log', issuer, topic, key } as const,
      ]),
    );
    const written = await this.#database.transaction(async (transaction) => {
      const answers = await writeCalls(transaction, calls);
      await announce(transaction, { from: this.#from, changes: [...changes.values()] });
      return answers;
    });
    for (const change of changes.values()) this.#tell(change);
    return written.map((value) => ({ ok: true, value }));
  }
}

/** Works out what the calls come to, one after the other, and writes each row once, in the order of keys. */
async function writeCalls(transaction: Queryable, calls: readonly RowCall[]): Promise<boolean[]> {
  const taken = await takenRows(transaction, calls);
  const rows = new Map<string, { readonly key: RowKey; readonly value: string | undefined; readonly isNew: boolean }>();
  const answers = calls.map((call) => {
    const id = idOf(call.key);
    const before = rows.get(id);
    const exists = before === undefined ? taken.has(id) : before.value !== undefined;
    if (call.kind === 'new' && exists) return false;
    const isNew = call.kind === 'new' && before === undefined;
    rows.set(id, { key: call.key, value: call.kind === 'delete' ? undefined : call.value, isNew });
    return true;
  });
  const ordered = [...rows].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => row);
  const gone = ordered.filter(({ value }) => value === undefined).map(({ key }) => key);
  if (gone.length > 0) {
    await transaction.query(
      'DELETE FROM log_rows WHERE (issuer, topic, key) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]))',
      keyColumns(gone),
    );
  }
  // A new row that somebody else wrote meanwhile breaks the key: the transaction begins again, and then sees it.
  for (const isNew of [true, false]) {
    const group = ordered.filter((row) => row.value !== undefined && row.isNew === isNew);
    const [issuers, topics, keys] = keyColumns(group.map(({ key }) => key));
    await insertRows(transaction, 'log_rows', {
      columns: {
        issuer: { type: 'text', values: issuers },
        topic: { type: 'text', values: topics },
        key: { type: 'text', values: keys },
        value: { type: 'text', values: group.map(({ value }) => value) },
      },
      ...(isNew ? {} : { conflict: '(issuer, topic, key) DO UPDATE SET value = excluded.value' }),
    });
  }
  return answers;
}

/** Which rows that are to be new are there already. */
async function takenRows(transaction: Queryable, calls: readonly RowCall[]): Promise<ReadonlySet<string>> {
  const asked = calls.filter(({ kind }) => kind === 'new').map(({ key }) => key);
  if (asked.length === 0) return new Set();
  const rows = await transaction.query<{ issuer: string; topic: string; key: string }>(
    `SELECT issuer, topic, key FROM log_rows
      WHERE (issuer, topic, key) IN (SELECT * FROM unnest($1::text[], $2::text[], $3::text[])) FOR UPDATE`,
    keyColumns(asked),
  );
  return new Set(
    rows.map(({ issuer, topic, key }) =>
      idOf({ issuer: fromTextKey(issuer), topic: fromTextKey(topic), key: fromTextKey(key) }),
    ),
  );
}

function idOf({ issuer, topic, key }: RowKey): string {
  return JSON.stringify([issuer, topic, key]);
}

function keyColumns(keys: readonly RowKey[]): [string[], string[], string[]] {
  return [
    keys.map(({ issuer }) => toTextKey(issuer)),
    keys.map(({ topic }) => toTextKey(topic)),
    keys.map(({ key }) => toTextKey(key)),
  ];
}
