import type { StrandHead } from '../../../ports/ledger.js';
import { strandHeads } from '../../lowdb/ledger/strand-heads.js';
import type { Queryable } from '../database.js';

interface StrandRow {
  readonly strand: string;
  readonly records: number;
  readonly head: string;
  readonly [column: string]: unknown;
}

interface StartRow {
  readonly strand: string;
  readonly name: string;
  readonly after_sequence: number;
  readonly after_head: string;
  readonly [column: string]: unknown;
}

/** Count and head of each strand that holds something. @param current the one this process appends to comes last. */
export async function readStrands(database: Queryable, current: string | undefined): Promise<StrandHead[]> {
  const strands = await database.query<StrandRow>(
    'SELECT strand, records, head FROM strands WHERE records > 0 ORDER BY strand = $1, number',
    [current ?? ''],
  );
  const starts = await database.query<StartRow>(
    'SELECT strand, name, after_sequence, after_head FROM strand_starts ORDER BY after_sequence',
  );
  return strands.flatMap(({ strand, records, head }) =>
    strandHeads(strand, startsIn(strand, starts), { sequence: records, head }),
  );
}

function startsIn(strand: string, starts: readonly StartRow[]) {
  return starts
    .filter((start) => start.strand === strand)
    .map(({ name, after_sequence, after_head }) => ({
      strand: name,
      after: { sequence: after_sequence, head: after_head },
    }));
}
