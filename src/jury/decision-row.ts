import type { Instant } from '../text/instant.js';

/** One row of a decision file as read: cells trimmed, an empty cell absent, numbers and dates understood. */
export interface DecisionRow {
  /** The line of the file the record begins on, heading = 1. */
  readonly row: number;
  /** Empty when the cell is. */
  readonly engagementId: string;
  readonly familyName: string;
  readonly givenName: string;
  /** As written; whether it is one of the three words is settled when rows are matched. */
  readonly decision: string;
  readonly session: string | undefined;
  readonly mark: number | undefined;
  readonly credits: number | undefined;
  readonly decidedAt: Instant | undefined;
  readonly president: string | undefined;
  readonly comment: string | undefined;
}

/** The columns a decision file may have, as its heading names them. */
export const DECISION_COLUMNS = [
  'jury_session',
  'engagement_id',
  'family_name',
  'given_name',
  'email',
  'decision',
  'mark',
  'credits',
  'decided_at',
  'president',
  'comment',
] as const;
export type DecisionColumn = (typeof DECISION_COLUMNS)[number];

/** The ones it must have. */
export const REQUIRED_COLUMNS: readonly DecisionColumn[] = ['engagement_id', 'family_name', 'given_name', 'decision'];
