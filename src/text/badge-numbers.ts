import type { Language } from './localized.js';

/** Words for the units a definition may name; any other unit is written as it stands. */
const UNITS: ReadonlyMap<string, Readonly<Record<Language, readonly [one: string, many: string]>>> = new Map([
  ['h', { fr: ['h', 'h'], en: ['h', 'h'] }],
  ['pages', { fr: ['page', 'pages'], en: ['page', 'pages'] }],
  ['session', { fr: ['séance', 'séances'], en: ['session', 'sessions'] }],
]);

/** A number in running text: `55,5` in French, `55.5` in English. No grouping, no rounding. */
export function badgeNumber(value: number, language: Language): string {
  return language === 'fr' ? String(value).replace('.', ',') : String(value);
}

/** True if the text names the unit in a word of its own, so that a quantity after it need not: `Séances suivies : 7`. */
export function namesUnit(text: string, unit: string, language: Language): boolean {
  const words = text.toLowerCase().split(/[^\p{L}]+/u);
  return UNITS.get(unit)?.[language].some((word) => words.includes(word)) ?? false;
}

/** A number with its unit: `40 h`, `7 séances`. */
export function badgeQuantity(value: number, unit: string | undefined, language: Language): string {
  const number = badgeNumber(value, language);
  if (unit === undefined) return number;
  const words = UNITS.get(unit)?.[language];
  const plural = language === 'fr' ? Math.abs(value) >= 2 : Math.abs(value) !== 1;
  return `${number}\u00a0${words === undefined ? unit : words[plural ? 1 : 0]}`;
}
