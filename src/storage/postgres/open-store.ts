import type { BatchShares } from '../../ports/batch-shares.js';
import type { Clock } from '../../ports/clock.js';
import type { DocumentStore } from '../../ports/documents.js';
import type { Ledger } from '../../ports/ledger.js';
import type { LogStore } from '../../ports/log-store.js';
import type { Logger } from '../../ports/logger.js';
import type { Random } from '../../ports/random.js';
import { type Store, type StoreChange, StoreUnavailableError } from '../../ports/store.js';
import { Followers } from '../followers.js';
import { PostgresBatchShares } from './batch-shares.js';
import { countingCalls } from './counting-calls.js';
import { Database, type DatabaseOptions } from './database.js';
import { toStoreError } from './database-errors.js';
import { PostgresDocumentStore } from './documents.js';
import { PostgresLedger } from './ledger/ledger.js';
import { PostgresLogStore } from './log.js';
import { migrateSchema } from './migrate-schema.js';
import { Presence } from './presence.js';

export const DEFAULT_CONNECTIONS = 10;
export const DEFAULT_TIMEOUT_MS = 10_000;

export interface PostgresStoreOptions {
  /** `postgresql://user:password@host:port/database`; the database holds this house and nothing else. */
  readonly url: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger?: Logger;
  /** Most connections at once, beside the one that listens. */
  readonly connections?: number;
  /** How long a statement, a wait for a lock or for a free connection may take. Milliseconds. */
  readonly timeoutMs?: number;
  /** It is being filled by whoever opens it: to read the copy back. */
  readonly isFilling?: boolean;
}

/** The store in a database, and what only a store that several processes share has. */
export interface PostgresStore extends Store {
  readonly shares: BatchShares;
}

/** A house that is being filled from another store is served by nobody. */
async function assertOpen(database: Database): Promise<void> {
  const [house] = await database.query<{ state: string }>('SELECT state FROM house');
  if (house?.state === 'open') return;
  throw new StoreUnavailableError(
    'another store was being copied into this database and did not get to its end: run sceau migrate again',
  );
}

/**
 * Opens the store in a database, whose tables it makes or brings up to date. Any number of processes may have it open.
 * @throws {SchemaUnknownError} when the tables belong to a newer version.
 * @throws {StoreUnavailableError} when the database cannot be reached, or holds half a copy.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const { clock, random, logger, connections = DEFAULT_CONNECTIONS, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const settings: DatabaseOptions = { url: options.url, connections, timeoutMs, logger };
  const followers = new Followers(logger);
  const tell = (change: StoreChange): void => followers.tell(change);
  const presence = new Presence({ database: settings, number: drawNumber(random), tell });
  const database = new Database(settings, () => presence.hearItself());
  try {
    await migrateSchema(database, { logger });
    if (options.isFilling !== true) await assertOpen(database);
    await presence.begin();
  } catch (error) {
    await presence.end();
    await database.close();
    throw toStoreError(error);
  }
  const shared = { database, from: presence.number, tell };
  const calls = countingCalls();
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await calls.idle();
    await presence.end();
    await database.close();
  };
  return {
    documents: calls.counted<DocumentStore>(new PostgresDocumentStore(shared)),
    log: calls.counted<LogStore>(new PostgresLogStore(shared)),
    ledger: calls.counted<Ledger>(new PostgresLedger({ database, presence, clock, random, tell })),
    shares: calls.counted<BatchShares>(new PostgresBatchShares({ database, owner: presence.number, random })),
    follow: (listener) => followers.follow(listener),
    close() {
      calls.refuse(new StoreUnavailableError('the store is closed'));
      closing ??= close();
      return closing;
    },
  };
}

/** A number for this process that no other one has but by a chance of one in a thousand million; not 0. */
function drawNumber(random: Random): number {
  const [a = 0, b = 0, c = 0, d = 0] = random.bytes(4);
  return 1 + ((((a << 24) | (b << 16) | (c << 8) | d) >>> 0) % 0x7fff_fffe);
}
