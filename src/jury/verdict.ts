import type { Finding } from '../programme/finding.js';
import type { ObligationsAt } from '../programme/obligation.js';
import type { PathwayAward } from '../programme/pathway.js';
import type { Statistics } from '../programme/statistic.js';
import type { Instant } from '../text/instant.js';
import type { Localized } from '../text/localized.js';

export type { ObligationItem, ObligationStatus, ObligationsAt } from '../programme/obligation.js';
export type { PathwayAward } from '../programme/pathway.js';
export type { StatisticValue } from '../programme/statistic.js';

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

/** Why a code stands among the reasons or warnings of a verdict: what was found, and what was needed. Plain JSON. */
export interface Explanation {
  /** As in `reasons` or `warnings`: `option:code` for an option's. */
  readonly code: string;
  readonly severity: 'refuse' | 'hold' | 'warn';
  /** The criterion's label; for an option's code the option's label stands after it, in brackets. */
  readonly label: Localized;
  /** At least one. */
  readonly findings: readonly Finding[];
}

/** The same for a row of a decision file that was not accepted. */
export interface ImportExplanation extends ImportIssue {
  readonly label: Localized;
  readonly findings: readonly Finding[];
}

/** The output of `sceau evaluate`, programme rules 3.1. Optional members are absent where the programme has none. */
export interface Evaluation {
  readonly programme: string;
  readonly results: readonly Verdict[];
  readonly importIssues: readonly ImportIssue[];
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly statistics: Statistics;
  readonly obligations?: readonly ObligationsAt[];
  readonly pathwayAwards?: readonly PathwayAward[];
}
