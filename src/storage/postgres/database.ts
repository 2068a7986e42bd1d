import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../../ports/logger.js';
import { StoreUnavailableError } from '../../ports/store.js';
import { isConnectionLost, isRaceLost, toStoreError } from './database-errors.js';

export interface DatabaseOptions {
  /** `postgresql://user:password@host:port/database`. */
  readonly url: string;
  /** Most connections at once. */
  readonly connections: number;
  /** How long one statement, a wait for a lock or for a free connection may take. Milliseconds. */
  readonly timeoutMs: number;
  readonly logger: Logger | undefined;
}

/** What a statement is sent through: one transaction, or each statement on its own. */
export interface Queryable {
  query<R extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<R[]>;
}

const INT8 = 20;
const ATTEMPTS = 12;
/** Work whose connection was cut is done once more, on the next: a restarted server has cut every one in the pool. */
const ATTEMPTS_AFTER_A_CUT = 3;
const LONGEST_PAUSE_MS = 50;
/** Behind the server's own time limit, for a server that cannot be heard any more. */
const GRACE_MS = 2_000;

/** Numbers of 64 bits come as numbers: none here gets past 2⁵³. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format)),
};

/** How every connection of the house is made. */
export function clientConfig({ url, timeoutMs }: Pick<DatabaseOptions, 'url' | 'timeoutMs'>): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: 'sceau',
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    lock_timeout: timeoutMs,
    idle_in_transaction_session_timeout: timeoutMs + GRACE_MS,
    query_timeout: timeoutMs + GRACE_MS,
    keepAlive: true,
    types,
  };
}

/** The connections of one process to its database. Whatever fails in it fails as {@link StoreUnavailableError}. */
export class Database implements Queryable {
  readonly #pool: pg.Pool;
  readonly #timeoutMs: number;
  readonly #onUnsure: () => void;

  /** @param onUnsure called when the answer to a COMMIT was lost. */
  constructor(options: DatabaseOptions, onUnsure: () => void = () => {}) {
    this.#onUnsure = onUnsure;
    this.#timeoutMs = options.timeoutMs;
    this.#pool = new pg.Pool({ ...clientConfig(options), max: options.connections });
    // An idle connection was cut: the pool has dropped it already.
    this.#pool.on('error', (error) => options.logger?.warn('storage.connection-cut', { reason: error.message }));
    // One that was cut between two statements says so twice: here, and to whoever sends the next.
    this.#pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** One statement that only reads; asked again where the connection was cut. @throws {StoreUnavailableError} */
  async query<R extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
    return this.#trying(async () => (await this.#pool.query<R>(sql, [...values])).rows);
  }

  /**
   * Runs work in one transaction (read committed). It is run again, from its beginning, where another transaction or a
   * cut connection got in its way and nothing of it was kept. Where the answer to COMMIT was lost, the server is asked
   * what became of it: it resolves if and only if the work is durable, but for a server that stays away.
   * @throws {StoreUnavailableError} and what the work throws.
   */
  async transaction<R>(work: (transaction: Queryable) => Promise<R>): Promise<R> {
    return this.#trying(() => this.#once(work));
  }

  /** Reads at one moment, however many statements it takes. @throws {StoreUnavailableError} and what the work throws. */
  async snapshot<R>(work: (transaction: Queryable) => Promise<R>): Promise<R> {
    const client = await this.#connect().catch((error: unknown) => {
      throw toStoreError(error);
    });
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      const result = await work(over(client));
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      client.release(true);
      throw toStoreError(error);
    }
  }

  /** Resolves when every connection is closed. */
  close(): Promise<void> {
    return this.#pool.end();
  }

  async #trying<R>(work: () => Promise<R>): Promise<R> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        const again = isRaceLost(error) || (isConnectionLost(error) && attempt < ATTEMPTS_AFTER_A_CUT);
        if (!again || attempt >= ATTEMPTS) throw toStoreError(error);
        await pause(Math.random() * LONGEST_PAUSE_MS);
      }
    }
  }

  async #once<R>(work: (transaction: Queryable) => Promise<R>): Promise<R> {
    const client = await this.#connect();
    let committing: { readonly id: string; readonly result: R } | undefined;
    try {
      const id = await begin(client);
      const result = await work(over(client));
      committing = { id, result };
      await client.query('COMMIT');
      client.release();
      return result;
    } catch (error) {
      if (isConnectionLost(error)) client.release(true);
      else await rollBack(client);
      if (committing === undefined || !isConnectionLost(error)) throw error;
      this.#onUnsure();
      if (await this.#wasCommitted(committing.id, error)) return committing.result;
      throw error;
    }
  }

  /** @throws {StoreUnavailableError} when the server cannot be asked within the time limit. */
  async #wasCommitted(transaction: string, cause: unknown): Promise<boolean> {
    const deadline = performance.now() + this.#timeoutMs;
    while (performance.now() < deadline) {
      try {
        const { rows } = await this.#pool.query<{ status: string | null }>(
          'SELECT pg_xact_status($1::xid8) AS status',
          [transaction],
        );
        const status = rows[0]?.status;
        if (status === 'committed') return true;
        if (status === 'aborted') return false;
      } catch (error) {
        if (!isConnectionLost(error)) throw error;
      }
      await pause(LONGEST_PAUSE_MS);
    }
    throw new StoreUnavailableError('the database did not say whether it kept a transaction', { cause });
  }

  #connect(): Promise<pg.PoolClient> {
    return this.#pool.connect();
  }
}

/** @returns the transaction's own number, by which the server knows for a good while what became of it. */
async function begin(client: pg.PoolClient): Promise<string> {
  // Two statements in one message: the driver answers with both results, which its types do not say.
  const results: unknown = await client.query('BEGIN; SELECT pg_current_xact_id()::text AS id');
  const last: unknown = Array.isArray(results) ? results.at(-1) : undefined;
  const rows: readonly { readonly id?: unknown }[] =
    typeof last === 'object' && last !== null && 'rows' in last && Array.isArray(last.rows) ? last.rows : [];
  const id = rows[0]?.id;
  if (typeof id !== 'string') throw new Error('the transaction has no number');
  return id;
}

async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    client.release();
  } catch {
    client.release(true);
  }
}

function over(client: pg.PoolClient): Queryable {
  return {
    async query<R extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<R[]> {
      return (await client.query<R>(sql, [...values])).rows;
    },
  };
}
