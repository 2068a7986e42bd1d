import type { ImportIssue, Outcome } from '../jury/verdict.js';
import type { RowMessage } from './seal-session.js';

/** Why a judged row could not be signed or stored; nothing half done is left of it. */
export type RowFailure =
  | 'credential-invalid'
  | 'verification-failed'
  | 'signer-unavailable'
  | 'store-unavailable'
  | 'issuer-key-missing'
  | 'clock-behind'
  | 'halted'
  | 'unexpected';

/** The outcome of one row of a batch: as in its verdict, or `failed` (judged, but could not be signed or stored). */
export interface BatchRow {
  readonly engagementId: string;
  readonly outcome: Outcome | 'failed';
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  /** Each reason, then each warning, as a sentence in both languages. */
  readonly messages: readonly RowMessage[];
  readonly credentialId?: string;
  readonly url?: string;
}

/** The outcome of one pathway award of a batch. */
export interface PathwayRow {
  readonly pathway: string;
  readonly studentId: string;
  readonly outcome: 'issued' | 'failed';
  readonly reasons: readonly string[];
  readonly credentialId?: string;
  readonly url?: string;
}

/** What `sceau issue` prints: one row per engagement, in the order of the file. */
export interface BatchResult {
  readonly batchId: string;
  readonly programme: string;
  readonly issuer: string;
  readonly rows: readonly BatchRow[];
  readonly counts: Readonly<Record<Outcome | 'failed', number>>;
  /** Rows of the decision file that were not accepted, by line. */
  readonly importIssues: readonly Pick<ImportIssue, 'row' | 'code'>[];
  /** Only if the programme has pathways. */
  readonly pathwayAwards?: readonly PathwayRow[];
  /** Only if there are some: rows of students erased since they were judged, of which nothing more is known. */
  readonly erasedRows?: number;
}

/** Name of the log topic that holds a batch's rows. */
export function batchTopic(session: string): string {
  return `batch.${session}`;
}

/** Key of a row within its topic; sorts as the file does. */
export function batchKey(row: number): string {
  return String(row).padStart(6, '0');
}

/** Counts rows by outcome, zeros kept. */
export function countRows(rows: readonly BatchRow[]): BatchResult['counts'] {
  const counts = { issued: 0, refused: 0, pending: 0, failed: 0 };
  for (const row of rows) counts[row.outcome] += 1;
  return counts;
}
