import { DomainError } from '../ports/error.js';
import { asJson, fromJson } from '../ports/json.js';
import { type BatchResult, type BatchRow, batchKey, batchTopic, countRows, type PathwayRow } from './batch-rows.js';
import type { IssuingContext } from './context.js';
import { countErased, forgetErased } from './forget-erased.js';
import { inChunks } from './in-chunks.js';
import { chunksOf } from './inspection.js';
import { issueCredentials } from './issue-credential.js';
import { getIssuer } from './issuers.js';
import { failed } from './outcome.js';
import { type Batch, planRow } from './plan-row.js';
import { type JurySession, sealSession } from './seal-session.js';
import { awardsOf } from './turn-keys.js';

/** How far a batch is. */
export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  /** The rows just done: durable, and acknowledged by this call. */
  readonly rows: readonly (BatchRow | PathwayRow)[];
}

/** A batch was told to stop. What was acknowledged stays; the same files again do the rest. */
export class BatchCancelledError extends DomainError {
  override readonly code = 'batch-cancelled';
  readonly done: number;
  readonly total: number;

  constructor({ done, total }: { readonly done: number; readonly total: number }) {
    super(`stopped after ${done} of ${total} rows`);
    this.done = done;
    this.total = total;
  }
}

export interface BatchOptions {
  readonly onProgress?: (progress: BatchProgress) => void;
  /** Aborted, the batch ends after the chunks under way; run again, it goes on where it ended. */
  readonly signal?: AbortSignal;
}

/**
 * Judges, seals and issues a cohort: one outcome per row, never stopping at the first bad one. Running it again over
 * the same files finds the sealed session and its badges and issues only what is missing, so an interrupted run
 * resumes. Rows of students erased since are left out and counted.
 * @throws {BatchCancelledError} after what was under way is done.
 */
export async function issueBatch(
  context: IssuingContext,
  session: JurySession,
  { onProgress = () => {}, signal }: BatchOptions = {},
): Promise<BatchResult> {
  const { installed, cohort } = session;
  const turn = awardsOf(installed.issuer);
  const erasedBefore = await countErased(context, installed.issuer);
  const sealed = await context.turns.run(turn, () => sealSession(context, session));
  const batch: Batch = {
    session,
    sealed,
    issuer: await getIssuer(context, installed.issuer),
    engagements: new Map(cohort.engagements.map((engagement) => [engagement.id, engagement])),
    teams: new Map((cohort.teams ?? []).map((team) => [team.id, team])),
  };
  const total = sealed.rows.length;
  const done: (BatchRow | PathwayRow | undefined)[] = [];
  const open = new Set(Array.from({ length: total }, (_, number) => number));
  let count = 0;
  const finish = (finished: readonly FinishedRow[]): void => {
    for (const { number, row } of finished) {
      done[number] = row;
      open.delete(number);
    }
    count += finished.length;
    onProgress({ done: count, total, rows: finished.flatMap(({ row }) => row ?? []) });
  };
  const goOn = (): void => {
    if (signal?.aborted === true && open.size > 0) throw new BatchCancelledError({ done: count, total });
  };
  const share = await context.shares.join(sealed.entry.session, total);
  try {
    for (;;) {
      goOn();
      const portion = await share.next(signal);
      goOn();
      if (portion.length === 0) break;
      await context.turns.run(turn, () => issuePortion(context, batch, { numbers: portion, finish, signal }));
    }
  } finally {
    await share.leave().catch((error: unknown) => {
      // What became of the batch is known; its part ends with this process at the latest.
      context.logger.error('batch-part-not-left', error, { batch: sealed.entry.session });
    });
    await forgetErasedSince(context, batch, erasedBefore);
  }
  if (open.size > 0) {
    await doneByOthers(context, batch, { numbers: [...open], finish });
    await forgetErasedSince(context, batch, erasedBefore);
  }
  const rows = done.filter((row) => row !== undefined && 'engagementId' in row);
  const pathwayAwards = done.filter((row) => row !== undefined && 'pathway' in row);
  const erasedRows = total - rows.length - pathwayAwards.length;
  return {
    batchId: sealed.entry.session,
    programme: installed.programme.id,
    issuer: batch.issuer.slug,
    rows,
    counts: countRows(rows),
    importIssues: sealed.header.importIssues,
    ...(installed.programme.pathways === undefined ? {} : { pathwayAwards }),
    ...(erasedRows === 0 ? {} : { erasedRows }),
  };
}

/** An erasure of this process waits for the batch, one of another does not. */
async function forgetErasedSince(context: IssuingContext, { issuer, sealed }: Batch, before: number): Promise<void> {
  try {
    const leftOut = sealed.rows.some((row) => row === undefined);
    if (!leftOut && (await countErased(context, issuer.slug)) === before) return;
    await forgetErased(context, issuer.slug, sealed);
  } catch (error) {
    // The next run of the same files does it.
    context.logger.error('batch-rows-not-erased', error, { batch: sealed.entry.session });
  }
}

interface FinishedRow {
  /** Counted from 0. */
  readonly number: number;
  /** Undefined for a student who was erased since. */
  readonly row: BatchRow | PathwayRow | undefined;
}

interface Portion {
  /** Of rows, counted from 0. */
  readonly numbers: readonly number[];
  /** Told of rows once what became of them is durable. */
  readonly finish: (rows: readonly FinishedRow[]) => void;
  /** Aborted, no more chunks are begun. */
  readonly signal?: AbortSignal | undefined;
}

/** Rows that another process did, as its log says; what it does not say is found by issuing it, which issues nothing twice. */
async function doneByOthers(context: IssuingContext, batch: Batch, { numbers, finish }: Portion): Promise<void> {
  const logged = await context.store.log.list(batch.issuer.slug, batchTopic(batch.sealed.entry.session));
  const known = new Map(logged.map(({ key, value }) => [key, value]));
  const rows = numbers.flatMap((number): FinishedRow[] => {
    const row = known.get(batchKey(number + 1));
    return row === undefined ? [] : [{ number, row: fromJson<BatchRow | PathwayRow>(row) }];
  });
  const found = new Set(rows.map(({ number }) => number));
  finish(rows);
  const unknown = numbers.filter((number) => !found.has(number));
  if (unknown.length === 0) return;
  const turn = awardsOf(batch.issuer.slug);
  await context.turns.run(turn, () => issuePortion(context, batch, { numbers: unknown, finish }));
}

/** Chunk after chunk, some side by side, so that every core works while others wait for the disk. */
async function issuePortion(
  context: IssuingContext,
  batch: Batch,
  { numbers, finish, signal }: Portion,
): Promise<void> {
  const finished: FinishedRow[] = [];
  try {
    await inChunks(numbers, chunksOf(context.inspection, numbers.length), async (chunk) => {
      if (signal?.aborted === true) return [];
      const rows = await issueChunk(context, batch, chunk);
      for (const { row } of rows) {
        if (row?.outcome === 'refused' || row?.outcome === 'failed') context.metrics.badge(row.outcome);
      }
      finished.push(...rows);
      finish(rows);
      return [];
    });
  } finally {
    // Also when another chunk could not be gone through: what was acknowledged is logged.
    await logRows(context, batch, finished);
  }
}

async function issueChunk(
  context: IssuingContext,
  batch: Batch,
  numbers: readonly number[],
): Promise<readonly FinishedRow[]> {
  const planned = await Promise.all(
    numbers.map(async (number) => {
      const row = batch.sealed.rows[number];
      return { number, plan: row === undefined ? undefined : await planRow(context, batch, row) };
    }),
  );
  const requests = planned.flatMap(({ plan }) => (plan?.kind === 'award' ? [plan.request] : []));
  const outcomes = (await issueCredentials(context, requests)).values();
  return planned.map(({ number, plan }): FinishedRow => {
    if (plan?.kind !== 'award') return { number, row: plan?.row };
    return { number, row: plan.settle(outcomes.next().value ?? failed(new Error('unanswered'))) };
  });
}

async function logRows(context: IssuingContext, batch: Batch, rows: readonly FinishedRow[]): Promise<void> {
  const topic = batchTopic(batch.sealed.entry.session);
  try {
    await context.store.log.put(
      rows.flatMap(({ number, row }) =>
        row === undefined ? [] : [{ issuer: batch.issuer.slug, topic, key: batchKey(number + 1), value: asJson(row) }],
      ),
    );
    context.atStep?.('row-logged');
  } catch (error) {
    // The ledger is the truth; what the log repeats of it is written again by the next run.
    context.logger.error('batch-rows-not-logged', error, { batch: batch.sealed.entry.session });
  }
}
