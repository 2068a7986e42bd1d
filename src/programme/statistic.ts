import type { CalendarDay } from '../text/instant.js';
import { createCalendar } from './calendar.js';
import { type EarnedCredits, earnedByStudent } from './obligation.js';
import type { Programme, Statistic } from './schema.js';

/** Counts, not a quotient. */
export interface StatisticValue {
  readonly numerator: number;
  readonly denominator: number;
}

export type Statistics = Readonly<Record<string, StatisticValue | CalendarDay>>;

/**
 * The figures a programme reports, by statistic id, programme rules 3.1. Shares over the roster count every student
 * of it, those who did nothing included, and carry `asOf`: the last date asked.
 * @param input.asOf the last date asked; without one every credit counts and `asOf` is absent.
 */
export function computeStatistics(input: {
  readonly programme: Programme;
  readonly outcomes: readonly ('issued' | 'refused' | 'pending')[];
  readonly roster: readonly { readonly studentId: string }[];
  readonly earned: readonly EarnedCredits[];
  readonly asOf: CalendarDay | undefined;
}): Statistics {
  const { programme, outcomes, roster, earned, asOf } = input;
  const earnedThisYear = earnedByStudent(earned, asOf, createCalendar(programme.timezone));
  const credits = roster.map(({ studentId }) => earnedThisYear.get(studentId) ?? 0);
  const values: Record<string, StatisticValue | CalendarDay> = {};
  for (const { id, numerator, denominator } of programme.statistics) {
    values[id] = {
      numerator: countNumerator(numerator, outcomes, credits),
      denominator: denominator === 'roster' ? roster.length : outcomes.length,
    };
  }
  const overRoster = programme.statistics.some(({ denominator }) => denominator === 'roster');
  return overRoster && asOf !== undefined ? { ...values, asOf } : values;
}

function countNumerator(
  numerator: Statistic['numerator'],
  outcomes: readonly string[],
  credits: readonly number[],
): number {
  if ('outcome' in numerator) return outcomes.filter((outcome) => outcome === numerator.outcome).length;
  const { earnedThisYear } = numerator;
  return 'min' in earnedThisYear
    ? credits.filter((amount) => amount >= earnedThisYear.min).length
    : credits.filter((amount) => amount > earnedThisYear.moreThan).length;
}
