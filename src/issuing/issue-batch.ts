import { asJson } from '../ports/json.js';
import { type BatchResult, type BatchRow, batchKey, batchTopic, countRows, type PathwayRow } from './batch-rows.js';
import type { IssuingContext } from './context.js';
import { type Batch, issueRow } from './issue-row.js';
import { getIssuer } from './issuers.js';
import { type JurySession, sealSession } from './seal-session.js';
import { awardsOf } from './turn-keys.js';

/** How many rows are under way at once: they share group commits. */
const CHUNK = 25;

/** How far a batch is. */
export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  /** The rows just done: durable, and acknowledged by this call. */
  readonly rows: readonly (BatchRow | PathwayRow)[];
}

/**
 * Judges, seals and issues a cohort: one outcome per row, never stopping at the first bad one. Running it again over
 * the same files finds the sealed session and its badges and issues only what is missing, so an interrupted run
 * resumes. Rows of students erased since are left out and counted.
 */
export async function issueBatch(
  context: IssuingContext,
  session: JurySession,
  onProgress: (progress: BatchProgress) => void = () => {},
): Promise<BatchResult> {
  const { installed, cohort } = session;
  const turn = awardsOf(installed.issuer);
  const sealed = await context.turns.run(turn, () => sealSession(context, session));
  const batch: Batch = {
    session,
    sealed,
    issuer: await getIssuer(context, installed.issuer),
    engagements: new Map(cohort.engagements.map((engagement) => [engagement.id, engagement])),
    teams: new Map((cohort.teams ?? []).map((team) => [team.id, team])),
  };
  const rows: BatchRow[] = [];
  const pathwayRows: PathwayRow[] = [];
  const total = sealed.rows.length;
  for (let start = 0; start < total; start += CHUNK) {
    const done = await context.turns.run(turn, () => issueChunk(context, batch, start));
    for (const row of done) {
      if ('pathway' in row) pathwayRows.push(row);
      else rows.push(row);
    }
    onProgress({ done: Math.min(start + CHUNK, total), total, rows: done });
  }
  const erasedRows = total - rows.length - pathwayRows.length;
  return {
    batchId: sealed.entry.session,
    programme: installed.programme.id,
    issuer: batch.issuer.slug,
    rows,
    counts: countRows(rows),
    importIssues: sealed.header.importIssues,
    ...(installed.programme.pathways === undefined ? {} : { pathwayAwards: pathwayRows }),
    ...(erasedRows === 0 ? {} : { erasedRows }),
  };
}

async function issueChunk(
  context: IssuingContext,
  batch: Batch,
  start: number,
): Promise<readonly (BatchRow | PathwayRow)[]> {
  const chunk = batch.sealed.rows.slice(start, start + CHUNK);
  const done = await Promise.all(
    chunk.map(async (row, offset) => ({
      number: start + offset + 1,
      row: row === undefined ? undefined : await issueRow(context, batch, row),
    })),
  );
  const finished = done.flatMap(({ number, row }) => (row === undefined ? [] : [{ number, row }]));
  await logRows(context, batch, finished);
  return finished.map(({ row }) => row);
}

async function logRows(
  context: IssuingContext,
  batch: Batch,
  rows: readonly { readonly number: number; readonly row: BatchRow | PathwayRow }[],
): Promise<void> {
  const topic = batchTopic(batch.sealed.entry.session);
  try {
    await context.store.log.put(
      rows.map(({ number, row }) => ({
        issuer: batch.issuer.slug,
        topic,
        key: batchKey(number),
        value: asJson(row),
      })),
    );
    context.atStep?.('row-logged');
  } catch (error) {
    // The ledger is the truth; what the log repeats of it is written again by the next run.
    context.logger.error('batch-rows-not-logged', error, { batch: batch.sealed.entry.session });
  }
}
