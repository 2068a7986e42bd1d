import { createHash } from 'node:crypto';
import { DomainError } from '../../ports/error.js';
import type { Logger } from '../../ports/logger.js';
import { SCHEMA_LOCK } from './advisory-locks.js';
import type { Database, Queryable } from './database.js';
import { MIGRATIONS } from './migrations/all.js';
import type { Migration } from './migrations/migration.js';

/** The tables are not those this version knows: they belong to a newer one, or somebody changed its history. */
export class SchemaUnknownError extends DomainError {
  override readonly code = 'schema-unknown';
}

interface TakenStep {
  readonly number: number;
  readonly name: string;
  readonly digest: string;
}

/**
 * Brings the tables to this version's, step by step, each whole or not at all; of several processes that start at once
 * one does it and the others wait. Cut short, it goes on where it stopped.
 * @throws {SchemaUnknownError} before anything is changed.
 */
export async function migrateSchema(
  database: Database,
  {
    migrations = MIGRATIONS,
    logger,
  }: { readonly migrations?: readonly Migration[]; readonly logger?: Logger | undefined } = {},
): Promise<void> {
  if ((await openSteps(database, migrations)).length === 0) return;
  for (
    let step = await takeNext(database, migrations);
    step !== undefined;
    step = await takeNext(database, migrations)
  ) {
    logger?.info('storage.schema-step', { number: step.number, name: step.name });
  }
}

/** Takes the first step that is open. @returns it, or undefined when there is none. */
function takeNext(database: Database, migrations: readonly Migration[]): Promise<Migration | undefined> {
  return database.transaction(async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1, 0)', [SCHEMA_LOCK]);
    const [next] = await openSteps(transaction, migrations);
    if (next === undefined) return undefined;
    if (next.number === 1) {
      await transaction.query(
        `CREATE TABLE IF NOT EXISTS schema_steps
           (number integer PRIMARY KEY, name text NOT NULL, digest text NOT NULL, taken timestamptz NOT NULL DEFAULT now())`,
      );
    }
    await transaction.query(next.sql);
    await transaction.query('INSERT INTO schema_steps (number, name, digest) VALUES ($1, $2, $3)', [
      next.number,
      next.name,
      digestOf(next),
    ]);
    return next;
  });
}

/** The steps not taken yet. @throws {SchemaUnknownError} */
async function openSteps(database: Queryable, migrations: readonly Migration[]): Promise<readonly Migration[]> {
  const taken = await takenSteps(database);
  for (const [at, step] of taken.entries()) {
    const known = migrations[at];
    if (known === undefined) {
      const last = taken.at(-1)?.number;
      throw new SchemaUnknownError(
        `the database was brought to schema ${last} by a newer version of Sceau; this one knows schemas up to ${migrations.length}. Start the newer version, or restore a backup made before`,
      );
    }
    if (known.number !== step.number || digestOf(known) !== step.digest) {
      throw new SchemaUnknownError(
        `step ${step.number} of the database's schema (${step.name}) is not the one this version knows`,
      );
    }
  }
  return migrations.slice(taken.length);
}

async function takenSteps(database: Queryable): Promise<TakenStep[]> {
  const [table] = await database.query<{ found: boolean }>("SELECT to_regclass('schema_steps') IS NOT NULL AS found");
  if (table?.found !== true) return [];
  return database.query<TakenStep>('SELECT number, name, digest FROM schema_steps ORDER BY number');
}

function digestOf({ sql }: Migration): string {
  return createHash('sha256').update(sql).digest('hex');
}
