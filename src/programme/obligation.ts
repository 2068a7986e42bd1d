import type { CalendarDay, Instant } from '../text/instant.js';
import { type Calendar, createCalendar } from './calendar.js';
import { subtractDecimals, sumDecimals } from './decimal.js';
import type { Obligation, Programme } from './schema.js';

export type ObligationStatus = 'fulfilled' | 'on-track' | 'at-risk' | 'carried-over' | 'failed';

export interface ObligationItem {
  readonly studentId: string;
  readonly cycle: string;
  readonly yearInCycle: number;
  readonly earnedThisYear: number;
  readonly earnedInCycle: number;
  readonly dueThisYear: number;
  readonly shortfall: number;
  /** `null` in the last year of the cycle. */
  readonly dueNextYear: number | null;
  readonly status: ObligationStatus;
  readonly alert: boolean;
}

export interface ObligationsAt {
  readonly asOf: CalendarDay;
  readonly items: readonly ObligationItem[];
}

/** Credits of one award of this year. `decidedAt` is the jury's instant; without one no date counts it. */
export interface EarnedCredits {
  readonly studentId: string;
  readonly credits: number | null;
  readonly decidedAt: Instant | undefined;
}

/** The students concerned and what they earned in earlier years; a `Cohort` has this shape. */
export interface ObligationCohort {
  readonly academicYearEnd?: CalendarDay | undefined;
  readonly roster?:
    | readonly { readonly studentId: string; readonly cycle: string; readonly yearInCycle: number }[]
    | undefined;
  readonly priorAwards?:
    | readonly {
        readonly studentId: string;
        readonly programme: string;
        readonly cycle?: string | undefined;
        readonly credits?: number | null | undefined;
      }[]
    | undefined;
}

/** Credits per student, as far as decided on or before a day of the programme's time zone; all when no day is given. */
export function earnedByStudent(
  earned: readonly EarnedCredits[],
  asOf: CalendarDay | undefined,
  calendar: Calendar,
): ReadonlyMap<string, number> {
  const end = asOf === undefined ? undefined : calendar.endOfDay(asOf);
  const amounts = new Map<string, number[]>();
  for (const { studentId, credits, decidedAt } of earned) {
    if (credits === null || (end !== undefined && !(decidedAt !== undefined && decidedAt < end))) continue;
    const known = amounts.get(studentId);
    if (known === undefined) amounts.set(studentId, [credits]);
    else known.push(credits);
  }
  return new Map([...amounts].map(([studentId, credits]) => [studentId, sumDecimals(credits)]));
}

/**
 * What every student of the roster owes at a day, programme rules 1.5 and 3.1. Works on verdicts as on recorded
 * results. Earlier years are the prior awards of the same programme and cycle; surplus counts within the cycle only.
 * Obligations stand in the order of the definition, within each the students of that cycle in roster order.
 */
export function computeObligations(input: {
  readonly programme: Programme;
  readonly cohort: ObligationCohort;
  readonly earned: readonly EarnedCredits[];
  readonly asOf: CalendarDay;
}): ObligationsAt {
  const { programme, cohort, earned, asOf } = input;
  const thisYear = earnedByStudent(earned, asOf, createCalendar(programme.timezone));
  const yearEnded = cohort.academicYearEnd !== undefined && asOf > cohort.academicYearEnd;
  const items = programme.obligations.flatMap((obligation) => {
    const earlier = earlierByStudent(cohort, programme.id, obligation.cycle);
    return (cohort.roster ?? [])
      .filter(({ cycle }) => cycle === obligation.cycle)
      .map(({ studentId, yearInCycle }) =>
        obligationItem({
          obligation,
          studentId,
          yearInCycle,
          earlier: earlier.get(studentId) ?? 0,
          earnedThisYear: thisYear.get(studentId) ?? 0,
          yearEnded,
        }),
      );
  });
  return { asOf, items };
}

function earlierByStudent(cohort: ObligationCohort, programme: string, cycle: string): ReadonlyMap<string, number> {
  const earlier = new Map<string, number>();
  for (const award of cohort.priorAwards ?? []) {
    if (award.programme !== programme || award.cycle !== cycle) continue;
    earlier.set(award.studentId, sumDecimals([earlier.get(award.studentId) ?? 0, award.credits ?? 0]));
  }
  return earlier;
}

function obligationItem(input: {
  readonly obligation: Obligation;
  readonly studentId: string;
  readonly yearInCycle: number;
  readonly earlier: number;
  readonly earnedThisYear: number;
  readonly yearEnded: boolean;
}): ObligationItem {
  const { obligation, studentId, yearInCycle, earlier, earnedThisYear, yearEnded } = input;
  const targetsUpTo = (year: number) =>
    Math.min(obligation.requiredCredits, sumDecimals(obligation.yearlyTargets.slice(0, year)));
  const dueFrom = (due: number, credits: number) => Math.max(0, subtractDecimals(due, credits));
  const earnedInCycle = sumDecimals([earlier, earnedThisYear]);
  const dueInCycle = targetsUpTo(yearInCycle);
  const isLastYear = yearInCycle >= obligation.years;
  const status = statusOf({ earnedInCycle, dueInCycle, required: obligation.requiredCredits, yearEnded, isLastYear });
  return {
    studentId,
    cycle: obligation.cycle,
    yearInCycle,
    earnedThisYear,
    earnedInCycle,
    dueThisYear: dueFrom(dueInCycle, earlier),
    shortfall: dueFrom(dueInCycle, earnedInCycle),
    dueNextYear: isLastYear ? null : dueFrom(targetsUpTo(yearInCycle + 1), earnedInCycle),
    status,
    alert: status === 'at-risk' || status === 'carried-over' || status === 'failed',
  };
}

/** The first condition that holds, in the order of the table of programme rules 1.5. */
function statusOf(facts: {
  readonly earnedInCycle: number;
  readonly dueInCycle: number;
  readonly required: number;
  readonly yearEnded: boolean;
  readonly isLastYear: boolean;
}): ObligationStatus {
  if (facts.earnedInCycle >= facts.required) return 'fulfilled';
  if (facts.earnedInCycle >= facts.dueInCycle) return 'on-track';
  if (!facts.yearEnded) return 'at-risk';
  return facts.isLastYear ? 'failed' : 'carried-over';
}
