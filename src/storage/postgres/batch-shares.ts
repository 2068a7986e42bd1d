import { setTimeout as pause } from 'node:timers/promises';
import type { BatchShare, BatchShares } from '../../ports/batch-shares.js';
import type { Random } from '../../ports/random.js';
import { BATCH_LOCK, LIVING_PROCESSES } from './advisory-locks.js';
import type { Database, Queryable } from './database.js';
import { toTextKey } from './text-key.js';

/** Rows taken at once: enough to share their writes, few enough to be shared. */
const PORTION = 250;
const PAUSE_MS = 200;
const NAME_BYTES = 8;

/** Those who take part in a batch and whose process lives. `$1`: the batch. */
const LIVING_PARTS = `SELECT name FROM batch_parts WHERE session = $1 AND owner IN (${LIVING_PROCESSES})`;

interface Part {
  readonly session: string;
  readonly name: string;
}

/**
 * Portions of a batch as rows that are taken under a lock nobody waits for. They are laid out anew when somebody begins
 * a batch that nobody is at, so that another run looks at every row again.
 */
export class PostgresBatchShares implements BatchShares {
  readonly #database: Database;
  readonly #owner: number;
  readonly #random: Random;

  /** @param options.owner number of this process. */
  constructor(options: { readonly database: Database; readonly owner: number; readonly random: Random }) {
    this.#database = options.database;
    this.#owner = options.owner;
    this.#random = options.random;
  }

  async join(batch: string, rows: number): Promise<BatchShare> {
    const name = Buffer.from(this.#random.bytes(NAME_BYTES)).toString('hex');
    const part = { session: toTextKey(batch), name };
    await this.#database.transaction((transaction) => beginPart(transaction, part, { owner: this.#owner, rows }));
    let taken: number | undefined;
    return {
      next: async (signal) => {
        for (;;) {
          const done = taken;
          const found = await this.#database.transaction((transaction) => takePortion(transaction, part, done));
          taken = found.first;
          if (found.first !== undefined) return numbersFrom(found.first, rows);
          if (!found.isOpen || signal?.aborted === true) return [];
          await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
        }
      },
      leave: () => this.#database.transaction((transaction) => endPart(transaction, part)),
    };
  }
}

function numbersFrom(first: number, rows: number): number[] {
  return Array.from({ length: Math.min(PORTION, rows - first) }, (_, offset) => first + offset);
}

async function beginPart(
  transaction: Queryable,
  { session, name }: Part,
  { owner, rows }: { readonly owner: number; readonly rows: number },
): Promise<void> {
  await transaction.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [BATCH_LOCK, session]);
  await transaction.query(`DELETE FROM batch_parts WHERE session = $1 AND name NOT IN (${LIVING_PARTS})`, [session]);
  const others = await transaction.query('SELECT name FROM batch_parts WHERE session = $1', [session]);
  if (others.length === 0) {
    await transaction.query('DELETE FROM batch_portions WHERE session = $1', [session]);
    await transaction.query(
      'INSERT INTO batch_portions (session, first) SELECT $1, first FROM generate_series(0, $2::integer - 1, $3) AS first',
      [session, rows, PORTION],
    );
  }
  await transaction.query('INSERT INTO batch_parts (session, name, owner) VALUES ($1, $2, $3)', [session, name, owner]);
}

/** @param done the portion taken before. @returns the next, or whether others are still at theirs. */
async function takePortion(
  transaction: Queryable,
  { session, name }: Part,
  done: number | undefined,
): Promise<{ readonly first: number | undefined; readonly isOpen: boolean }> {
  if (done !== undefined) {
    await transaction.query('UPDATE batch_portions SET done = true WHERE session = $1 AND first = $2', [session, done]);
  }
  const [row] = await transaction.query<{ first: number }>(
    `UPDATE batch_portions SET part = $2 WHERE session = $1 AND first = (
       SELECT first FROM batch_portions
        WHERE session = $1 AND NOT done AND (part IS NULL OR part NOT IN (${LIVING_PARTS}))
        ORDER BY first LIMIT 1 FOR UPDATE SKIP LOCKED)
     RETURNING first`,
    [session, name],
  );
  if (row !== undefined) return { first: row.first, isOpen: true };
  const open = await transaction.query('SELECT first FROM batch_portions WHERE session = $1 AND NOT done LIMIT 1', [
    session,
  ]);
  return { first: undefined, isOpen: open.length > 0 };
}

async function endPart(transaction: Queryable, { session, name }: Part): Promise<void> {
  await transaction.query('UPDATE batch_portions SET part = NULL WHERE session = $1 AND part = $2 AND NOT done', [
    session,
    name,
  ]);
  await transaction.query('DELETE FROM batch_parts WHERE session = $1 AND name = $2', [session, name]);
}
