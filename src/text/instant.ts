/**
 * An instant: milliseconds since 1970-01-01T00:00:00Z. Times are ISO 8601 strings with an offset on the wire and
 * this number inside; they are parsed and printed in this file only.
 */
export type Instant = number;

/** A calendar day as written on the wire: `YYYY-MM-DD`, checked to exist. */
export type CalendarDay = string;

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATE_TIME_STAMP =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const MILLISECONDS_PER_DAY = 86_400_000;

function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** True for an existing day written `YYYY-MM-DD`, years 0001 to 9999. */
export function isCalendarDay(text: string): text is CalendarDay {
  const parts = DAY.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/**
 * Reads an XML Schema dateTimeStamp: a date, a time and an offset, all required; the day and the time must exist.
 * @returns the instant, or `undefined` for any other text (never a rolled-over date).
 * @see https://www.w3.org/TR/xmlschema11-2/#dateTimeStamp
 */
export function parseInstant(text: string): Instant | undefined {
  const parts = DATE_TIME_STAMP.exec(text);
  if (parts === null || !isCalendarDay(text.slice(0, 10))) return undefined;
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return Date.parse(text);
}

/** Prints an instant in UTC, to the second: `2026-06-24T14:00:00Z`. */
export function formatInstant(instant: Instant): string {
  return `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** The instant as the language's own date, for libraries that ask for one. */
export function dateOf(instant: Instant): Date {
  return new Date(instant);
}

/** Prints an instant in UTC, to the millisecond: `2026-06-24T14:00:00.000Z`. */
export function formatInstantPrecisely(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** The clocks of one IANA time zone. Make it once where many instants are asked about: finding the zone is the slow part. */
export interface ZoneClock {
  /** The calendar day of an instant. */
  dayOf(instant: Instant): CalendarDay;
  /** The first instant of an existing day, see {@link isCalendarDay}. */
  startOfDay(day: CalendarDay): Instant;
  /** The first instant after a day: the whole day lies before it. */
  endOfDay(day: CalendarDay): Instant;
  /**
   * Prints an instant as these clocks show it, to the second and with the offset: `2026-06-24T16:00:00+02:00`. In UTC
   * where the offset was no whole minute then (before 1911 in Paris).
   */
  format(instant: Instant): string;
}

/** Clocks made are kept: a house has a zone or two, and finding one takes as long as a badge. */
const KEPT_ZONES = 16;
const zoneClocks = new Map<string, ZoneClock>();
/** Offsets looked up are kept: dossiers of a year share their days. */
const KEPT_OFFSETS = 1_024;

/** @throws {RangeError} for a name that is no time zone, see {@link isTimeZone}. */
export function createZoneClock(timeZone: string): ZoneClock {
  const known = zoneClocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = makeZoneClock(timeZone);
  const [oldest] = zoneClocks.keys();
  if (zoneClocks.size >= KEPT_ZONES && oldest !== undefined) zoneClocks.delete(oldest);
  zoneClocks.set(timeZone, clock);
  return clock;
}

function makeZoneClock(timeZone: string): ZoneClock {
  const zone = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<Instant, number>();
  const offsetAt = (instant: Instant): number => {
    const known = offsets.get(instant);
    if (known !== undefined) return known;
    const offset = findOffset(instant);
    const [oldest] = offsets.keys();
    if (offsets.size >= KEPT_OFFSETS && oldest !== undefined) offsets.delete(oldest);
    offsets.set(instant, offset);
    return offset;
  };
  const findOffset = (instant: Instant): number => {
    const parts = zone.formatToParts(instant);
    const part = (type: string) => Number(parts.find((candidate) => candidate.type === type)?.value);
    const asUtc = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
    return asUtc - Math.floor(instant / 1000) * 1000;
  };
  const dayAt = (instant: Instant) => new Date(instant + offsetAt(instant)).toISOString().slice(0, 10);
  // Midnight by the offset before a change of clocks and by the one after it: the day begins at the earlier of those
  // that these clocks show in it, and never in the day before when they skip midnight.
  const startOf = (day: CalendarDay): Instant => {
    const midnight = Date.parse(`${day}T00:00:00Z`);
    const [before, after] = [-MILLISECONDS_PER_DAY, MILLISECONDS_PER_DAY].map(
      (away) => midnight - offsetAt(midnight + away),
    );
    const candidates = [before ?? midnight, after ?? midnight].sort((one, other) => one - other);
    return candidates.find((candidate) => dayAt(candidate) === day) ?? Math.max(...candidates);
  };
  return {
    dayOf: dayAt,
    startOfDay: startOf,
    endOfDay: (day) => startOf(addDays(day, 1)),
    format: (instant) => {
      const offset = offsetAt(instant);
      if (offset === 0 || offset % 60_000 !== 0) return formatInstant(instant);
      const minutes = Math.abs(offset) / 60_000;
      const [hour, minute] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'));
      return `${formatInstant(instant + offset).slice(0, -1)}${offset < 0 ? '-' : '+'}${hour}:${minute}`;
    },
  };
}

/** The calendar day of an instant in an IANA time zone. */
export function dayOf(instant: Instant, timeZone: string): CalendarDay {
  return createZoneClock(timeZone).dayOf(instant);
}

/** The first instant of a day in an IANA time zone. @param day an existing day, see {@link isCalendarDay}. */
export function startOfDay(day: CalendarDay, timeZone: string): Instant {
  return createZoneClock(timeZone).startOfDay(day);
}

/** The first instant after a day in an IANA time zone: the whole day lies before it. */
export function endOfDay(day: CalendarDay, timeZone: string): Instant {
  return createZoneClock(timeZone).endOfDay(day);
}

/** Prints an instant as the clocks of an IANA time zone show it, see {@link ZoneClock}: `2026-06-24T16:00:00+02:00`. */
export function formatInstantIn(instant: Instant, timeZone: string): string {
  return createZoneClock(timeZone).format(instant);
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** The day `count` calendar months later; a day the target month lacks becomes its last day. */
export function addMonths(day: CalendarDay, count: number): CalendarDay {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const monthIndex = year * 12 + (month - 1) + count;
  const [targetYear, targetMonth] = [Math.floor(monthIndex / 12), (monthIndex % 12) + 1];
  const last = Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth));
  return `${String(targetYear).padStart(4, '0')}-${String(targetMonth).padStart(2, '0')}-${String(last).padStart(2, '0')}`;
}

/** True for a time zone name this machine's Intl data knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
