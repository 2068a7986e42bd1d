import type { Calendar } from '../programme/calendar.js';
import { type Instant, isCalendarDay, parseInstant } from '../text/instant.js';
import type { FileProblemCode } from '../text/reasons-file.js';

const NUMBER = /^\d{1,9}(?:[.,]\d{1,9})?$/;
const TO_THE_MINUTE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;
const HALF_DAY_MILLISECONDS = 12 * 60 * 60 * 1000;

/** A number as offices write it: `14.5`, `14,5`, `3`. No sign, no grouping, no exponent. */
export function readNumber(cell: string): number | undefined {
  return NUMBER.test(cell) ? Number(cell.replace(',', '.')) : undefined;
}

/**
 * The moment of a decision: an instant with its offset, to the second or the minute, or a plain ISO day, taken at noon of that day in the time
 * zone, so that it stays the same day wherever it is read. Anything else is refused with the reason.
 */
export function readMoment(cell: string, calendar: Calendar): Instant | FileProblemCode {
  const instant = parseInstant(cell.replace(TO_THE_MINUTE, '$1:00$2'));
  if (instant !== undefined) return instant;
  if (isCalendarDay(cell)) return calendar.startOfDay(cell) + HALF_DAY_MILLISECONDS;
  if (/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(cell))
    return 'date-impossible';
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/.test(cell)) return 'date-without-offset';
  if (/^\d+(?:[.,]\d+)?$/.test(cell)) return 'date-serial';
  if (/^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/.test(cell)) return 'date-ambiguous';
  return 'date-unreadable';
}
