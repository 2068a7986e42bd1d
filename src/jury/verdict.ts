import type { CalendarDay, Instant } from '../text/instant.js';

/** What a jury settled for one engagement, as accepted from a decision file. */
export interface JuryDecision {
  readonly engagementId: string;
  /** The line of the file the row begins on, heading = 1. */
  readonly row: number;
  readonly session: string | undefined;
  readonly decision: 'validated' | 'refused' | 'deferred';
  readonly mark: number | undefined;
  readonly credits: number | undefined;
  readonly decidedAt: Instant | undefined;
  readonly president: string | undefined;
  readonly comment: string | undefined;
}

export type Outcome = 'issued' | 'refused' | 'pending';

/** The computed answer for one engagement: member for member the `results[]` of programme rules 3.1. */
export interface Verdict {
  readonly engagementId: string;
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly optionsGranted: readonly string[];
  readonly creditsEarned: number | null;
  readonly mark: number | null;
  readonly competenceLevels: Readonly<Record<string, number>>;
  readonly ratingAverages?: Readonly<Record<string, number>>;
}

export interface ImportIssue {
  /** Line of the file, heading = 1. */
  readonly row: number;
  /** As written in the row. */
  readonly engagementId: string;
  readonly code:
    | 'unknown-engagement'
    | 'name-mismatch'
    | 'unknown-decision'
    | 'duplicate-row'
    | 'conflicting-decisions';
}

export type ObligationStatus = 'fulfilled' | 'on-track' | 'at-risk' | 'carried-over' | 'failed';

export interface ObligationItem {
  readonly studentId: string;
  readonly cycle: string;
  readonly yearInCycle: number;
  readonly earnedThisYear: number;
  readonly earnedInCycle: number;
  readonly dueThisYear: number;
  readonly shortfall: number;
  readonly dueNextYear: number | null;
  readonly status: ObligationStatus;
  readonly alert: boolean;
}

export interface ObligationsAt {
  readonly asOf: CalendarDay;
  readonly items: readonly ObligationItem[];
}

export interface StatisticValue {
  readonly numerator: number;
  readonly denominator: number;
}

export interface PathwayAward {
  readonly pathway: string;
  readonly studentId: string;
}

/** The output of `sceau evaluate`, programme rules 3.1. Optional members are absent where the programme has none. */
export interface Evaluation {
  readonly programme: string;
  readonly results: readonly Verdict[];
  readonly importIssues: readonly ImportIssue[];
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly statistics: Readonly<Record<string, StatisticValue | CalendarDay>>;
  readonly obligations?: readonly ObligationsAt[];
  readonly pathwayAwards?: readonly PathwayAward[];
}
