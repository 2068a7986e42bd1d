import type { CalendarDay } from './instant.js';
import type { Language } from './localized.js';

const MONTHS: Readonly<Record<Language, readonly string[]>> = {
  fr: [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
};

/**
 * A day in words, for text that is signed: `1er juin 2026`, `1 June 2026`. Our own tables, because what Intl prints
 * changes from one runtime to the next.
 */
export function badgeDay(day: CalendarDay, language: Language): string {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  const name = MONTHS[language][Number(month) - 1] ?? month;
  const number = Number(dayOfMonth);
  const ordinal = language === 'fr' && number === 1 ? '1er' : String(number);
  return `${ordinal} ${name} ${Number(year)}`;
}
