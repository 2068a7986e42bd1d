import {
  type CalendarDay,
  dayOf,
  endOfDay,
  type Instant,
  isCalendarDay,
  parseInstant,
  startOfDay,
} from '../text/instant.js';

/** Days of one time zone. Answers are remembered: asking a time zone is slow, and a cohort asks the same day often. */
export interface Calendar {
  readonly timeZone: string;
  /** First instant of the day. */
  startOfDay(day: CalendarDay): Instant;
  /** First instant after the day. */
  endOfDay(day: CalendarDay): Instant;
}

/** @param timeZone IANA name. */
export function createCalendar(timeZone: string): Calendar {
  const starts = new Map<CalendarDay, Instant>();
  const ends = new Map<CalendarDay, Instant>();
  const remembered = (known: Map<CalendarDay, Instant>, day: CalendarDay, ask: typeof startOfDay): Instant => {
    const instant = known.get(day) ?? ask(day, timeZone);
    known.set(day, instant);
    return instant;
  };
  return {
    timeZone,
    startOfDay: (day) => remembered(starts, day, startOfDay),
    endOfDay: (day) => remembered(ends, day, endOfDay),
  };
}

/** A stretch of time: `from` is its first instant, `until` the first instant after it. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** The time a fact names: an instant with an offset, or a whole day of the time zone. `undefined` for anything else. */
export function spanOf(value: unknown, calendar: Calendar): Span | undefined {
  if (typeof value !== 'string') return undefined;
  if (isCalendarDay(value)) return { from: calendar.startOfDay(value), until: calendar.endOfDay(value) };
  const instant = parseInstant(value);
  return instant === undefined ? undefined : { from: instant, until: instant + 1 };
}

/** The day a fact names: itself, or the day of an instant in the time zone. `undefined` for anything else. */
export function dayNamed(value: unknown, timeZone: string): CalendarDay | undefined {
  if (typeof value !== 'string') return undefined;
  if (isCalendarDay(value)) return value;
  const instant = parseInstant(value);
  return instant === undefined ? undefined : dayOf(instant, timeZone);
}
