import type { Queryable } from './database.js';

/** A column of rows to be written: its SQL type, and one value for each row. */
export interface Column {
  readonly type: 'text' | 'bigint' | 'integer' | 'boolean' | 'double precision' | 'bytea';
  readonly values: readonly unknown[];
}

/**
 * Writes any number of rows in one statement; none when there are none. Names are those of our own tables.
 * @param options.conflict what follows `ON CONFLICT`; without it, a row that is there already is an error.
 */
export async function insertRows(
  transaction: Queryable,
  table: string,
  options: { readonly columns: Readonly<Record<string, Column>>; readonly conflict?: string },
): Promise<void> {
  const columns = Object.entries(options.columns);
  if ((columns[0]?.[1].values.length ?? 0) === 0) return;
  const names = columns.map(([name]) => name).join(', ');
  const lists = columns.map(([, { type }], number) => `$${number + 1}::${type}[]`).join(', ');
  const conflict = options.conflict === undefined ? '' : ` ON CONFLICT ${options.conflict}`;
  await transaction.query(
    `INSERT INTO ${table} (${names}) SELECT * FROM unnest(${lists})${conflict}`,
    columns.map(([, { values }]) => values),
  );
}
