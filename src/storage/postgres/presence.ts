import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from '../../ports/logger.js';
import type { StoreChange } from '../../ports/store.js';
import { PROCESS_LOCK, STRAND_LOCK } from './advisory-locks.js';
import { CHANNEL, readMessage } from './change-feed.js';
import { clientConfig, type DatabaseOptions } from './database.js';

const HEARTBEAT_MS = 1_000;
/** A server that hears nothing for so long lets go of the process, whose host may be gone. */
const SILENCE_MS = 10_000;
/** Only servers from version 14 on know how. */
const END_IN_SILENCE = `SELECT set_config(name, '${SILENCE_MS}', false) FROM pg_settings WHERE name = 'idle_session_timeout'`;

/**
 * A process's own connection to the database, beside those it works with. While it stands, the process is known to live
 * (it holds a lock on its number), holds its strand, and hears what others change. While it does not, or is not
 * answered within a second or so, the process tells itself every second that anything may have changed.
 */
export class Presence {
  /** Number of this process, drawn at random; not 0. */
  readonly number: number;
  readonly #options: DatabaseOptions;
  readonly #tell: (change: StoreChange) => void;
  readonly #logger: Logger | undefined;
  readonly #ending = new AbortController();
  #client: pg.Client | undefined;
  #strand: number | undefined;
  #hearsItself = false;
  #running: Promise<void> | undefined;

  constructor(options: {
    readonly database: DatabaseOptions;
    readonly number: number;
    readonly tell: (change: StoreChange) => void;
  }) {
    this.#options = options.database;
    this.number = options.number;
    this.#tell = options.tell;
    this.#logger = options.database.logger;
  }

  /** Connects, and stays so from then on. @throws what connecting throws, the first time only. */
  async begin(): Promise<void> {
    this.#client = await this.#connect();
    this.#running = this.#stay();
  }

  /** Is it heard what others change? */
  get isListening(): boolean {
    return this.#client !== undefined;
  }

  /** Takes hold of a strand for as long as this process lives. @returns false when another one holds it, or it cannot be known. */
  async hold(strand: number): Promise<boolean> {
    const client = this.#client;
    if (client === undefined) return false;
    try {
      const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS held', [
        STRAND_LOCK,
        strand,
      ]);
      if (rows[0]?.held !== true) return false;
    } catch {
      // The heartbeat finds out why.
      return false;
    }
    this.#strand = strand;
    return true;
  }

  /**
   * Something of this process's own may become durable without its knowing: from now on it hears what it changes itself
   * as well, and what was kept until now is told at once.
   */
  hearItself(): void {
    this.#hearsItself = true;
    this.#tell({ shape: 'all' });
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#running;
    await this.#drop();
  }

  /** Once a second: is the connection still answered? If not, it is made anew. */
  async #stay(): Promise<void> {
    const { signal } = this.#ending;
    while (!signal.aborted) {
      await pause(HEARTBEAT_MS, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      if (this.#client === undefined) await this.#comeBack();
      else await this.#client.query('SELECT 1').catch((error: unknown) => this.#cut(error));
    }
  }

  async #comeBack(): Promise<void> {
    let client: pg.Client | undefined;
    try {
      client = await this.#connect();
      if (this.#strand !== undefined) {
        await client.query('SELECT pg_try_advisory_lock($1, $2)', [STRAND_LOCK, this.#strand]);
      }
      this.#client = client;
      this.#logger?.info('storage.listening-again');
    } catch {
      // Not yet: said when it was cut, and every second from then on below.
      await client?.end().catch(() => undefined);
    }
    this.#tell({ shape: 'all' });
  }

  async #connect(): Promise<pg.Client> {
    const limits = {
      connectionTimeoutMillis: HEARTBEAT_MS,
      query_timeout: HEARTBEAT_MS,
      statement_timeout: HEARTBEAT_MS,
    };
    const client = new pg.Client({ ...clientConfig(this.#options), ...limits });
    client.on('error', (error) => this.#cut(error, client));
    client.on('end', () => this.#cut(new Error('the connection ended'), client));
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(END_IN_SILENCE);
      await client.query('SELECT pg_advisory_lock_shared($1, $2)', [PROCESS_LOCK, this.number]);
      await client.query(`LISTEN ${CHANNEL}`);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }

  #hear(text: string): void {
    const { from, changes } = readMessage(text);
    if (from === this.number && !this.#hearsItself) return;
    for (const change of changes) this.#tell(change);
  }

  #cut(error: unknown, client = this.#client): void {
    if (client === undefined || client !== this.#client || this.#ending.signal.aborted) return;
    this.#client = undefined;
    this.#logger?.warn('storage.not-listening', { reason: error instanceof Error ? error.message : 'unknown' });
    client.end().catch(() => undefined);
    this.#tell({ shape: 'all' });
  }

  async #drop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }
}
