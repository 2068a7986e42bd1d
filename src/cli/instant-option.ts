import { type CalendarDay, type Instant, isCalendarDay, parseInstant } from '../text/instant.js';
import { UsageError } from './usage-error.js';

/** Reads an option that names an instant. @throws {UsageError} */
export function instantOption(name: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const instant = parseInstant(text);
  if (instant !== undefined) return instant;
  throw new UsageError({
    fr: `--${name} : « ${text} » n’est pas un instant avec décalage, comme 2026-06-24T16:00:00+02:00`,
    en: `--${name}: "${text}" is not an instant with an offset, such as 2026-06-24T16:00:00+02:00`,
  });
}

/** Reads an option that names a day. @throws {UsageError} */
export function dayOption(name: string, text: string): CalendarDay {
  if (isCalendarDay(text)) return text;
  throw new UsageError({
    fr: `--${name} : « ${text} » n’est pas un jour existant écrit AAAA-MM-JJ`,
    en: `--${name}: "${text}" is not an existing day written YYYY-MM-DD`,
  });
}
