import { addDays, addMonths, type CalendarDay, isCalendarDay } from '../../text/instant.js';
import { argumentValue, numberArgument } from '../argument.js';
import { dayNamed, spanOf } from '../calendar.js';
import { factValue } from '../fact.js';
import { foundValue } from '../finding.js';
import type { RuleCase } from '../rule-case.js';
import type { LeafOperator, RuleOf } from './operator.js';

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** First instant ≤ second, compared as instants whatever their offsets. A day is whole: it ends with its last instant. */
export const before: LeafOperator<'before'> = {
  holds(rule, ruleCase) {
    const first = spanOf(factValue(rule.first, ruleCase), ruleCase.programme.calendar);
    const second = spanOf(factValue(rule.second, ruleCase), ruleCase.programme.calendar);
    return first !== undefined && second !== undefined && first.from < second.until;
  },
  findings: (rule, ruleCase) => [
    {
      fact: rule.first,
      found: foundValue(factValue(rule.first, ruleCase)),
      needed: {
        is: 'no-later-than',
        value: textOrNull(factValue(rule.second, ruleCase)),
        timeZone: ruleCase.programme.calendar.timeZone,
      },
    },
  ],
};

/** The last day allowed: the rule's, or the latest of the engagement's extensions of that name, if later. */
function lastDay(rule: RuleOf<'deadline'>, ruleCase: RuleCase): CalendarDay | undefined {
  const by = argumentValue(rule.by, ruleCase);
  if (typeof by !== 'string' || !isCalendarDay(by)) return undefined;
  if (rule.extension === undefined) return by;
  const extended = (ruleCase.engagement.extensions ?? [])
    .filter(({ evidence, until }) => evidence === rule.extension && isCalendarDay(until))
    .map(({ until }) => until);
  return [by, ...extended].toSorted().at(-1);
}

/** An instant before the end of a day in the programme's time zone. */
export const deadline: LeafOperator<'deadline'> = {
  holds(rule, ruleCase) {
    const { calendar } = ruleCase.programme;
    const moment = spanOf(factValue(rule.fact, ruleCase), calendar);
    const day = lastDay(rule, ruleCase);
    return moment !== undefined && day !== undefined && moment.from < calendar.endOfDay(day);
  },
  findings: (rule, ruleCase) => [
    {
      fact: rule.fact,
      found: foundValue(factValue(rule.fact, ruleCase)),
      needed: {
        is: 'within-day',
        value: lastDay(rule, ruleCase) ?? null,
        timeZone: ruleCase.programme.calendar.timeZone,
      },
    },
  ],
};

function monthsAsked(rule: RuleOf<'duration'>, ruleCase: RuleCase): number | undefined {
  const months = numberArgument(rule.minMonths, ruleCase);
  return months !== undefined && Number.isInteger(months) && months >= 0 ? months : undefined;
}

/** Whole calendar months with the last day included: last day + 1 ≥ first day + months. Programme rules 1.4. */
export const duration: LeafOperator<'duration'> = {
  holds(rule, ruleCase) {
    const { timeZone } = ruleCase.programme.calendar;
    const from = dayNamed(factValue(rule.from, ruleCase), timeZone);
    const to = dayNamed(factValue(rule.to, ruleCase), timeZone);
    const months = monthsAsked(rule, ruleCase);
    if (from === undefined || to === undefined || months === undefined) return false;
    return addDays(to, 1) >= addMonths(from, months);
  },
  findings(rule, ruleCase) {
    const { timeZone } = ruleCase.programme.calendar;
    const from = dayNamed(factValue(rule.from, ruleCase), timeZone);
    const months = monthsAsked(rule, ruleCase);
    const until = from === undefined || months === undefined ? null : addDays(addMonths(from, months), -1);
    return [
      {
        fact: rule.to,
        found: dayNamed(factValue(rule.to, ruleCase), timeZone) ?? null,
        needed: { is: 'lasting', from: from ?? null, months: months ?? null, until },
      },
    ];
  },
};
