import { isCalendarDay, parseInstant } from './instant.js';
import type { Language } from './localized.js';

const LOCALES: Readonly<Record<Language, string>> = { fr: 'fr-FR', en: 'en-GB' };

/**
 * A day for people: `24 juin 2026`. @param text a calendar day, or a date-time of which the day as written counts, in
 * the offset its author chose. Other text comes back unchanged.
 */
export function formatDay(text: string, language: Language): string {
  const day = text.slice(0, 10);
  const noon = isCalendarDay(day) ? parseInstant(`${day}T12:00:00Z`) : undefined;
  if (noon === undefined) return text;
  const shown = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(noon);
  return ordinalFirst(shown, language);
}

/** French says `1er octobre`; Intl writes `1 octobre`. */
function ordinalFirst(date: string, language: Language): string {
  return language === 'fr' ? date.replace(/^1 /, '1er ') : date;
}

/** A moment for people, in UTC and saying so: `22 November 2026 at 10:00 UTC`. Other text comes back unchanged. */
export function formatMoment(text: string, language: Language): string {
  const instant = parseInstant(text);
  if (instant === undefined) return text;
  const shown = new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${ordinalFirst(shown.format(instant), language)} UTC`;
}

/** A number as a reader of the language writes it: `0,5` or `0.5`. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: 3 }).format(value);
}

/** The name of a country. @param code ISO 3166-1 alpha-2; other text comes back unchanged. */
export function countryName(code: string, language: Language): string {
  if (!/^[A-Za-z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames([LOCALES[language]], { type: 'region' }).of(code.toUpperCase()) ?? code;
}
