import type { Finding, FoundValue } from '../programme/finding.js';
import { badgeDay } from '../text/badge-dates.js';
import { badgeNumber } from '../text/badge-numbers.js';
import { formatInstantIn, isCalendarDay, parseInstant } from '../text/instant.js';
import type { Language, Localized } from '../text/localized.js';
import { REASON_WORDS, type ReasonWords, type Verb } from '../text/reasons-words.js';

/** What a sentence is made from: an explanation of a verdict, or of a row that was not accepted. */
export interface Explained {
  readonly label: Localized;
  readonly findings: readonly Finding[];
}

/**
 * The sentence of a reason, a warning or an import issue, in both languages, naming what was found and what is needed:
 * « Moins de 40 h certifiées : 39,5 h trouvées, 40 h au moins demandées. »
 */
export function explain({ label, findings }: Explained): Localized {
  const inLanguage = (language: Language) => {
    const voice: Voice = { language, words: REASON_WORDS[language] };
    const clauses = findings.map((finding) => clause(finding, findings.length > 1, voice));
    const areAlternatives = findings.some(({ alternative }) => alternative === true);
    return voice.words.sentence(label[language], clauses, areAlternatives);
  };
  return { fr: inLanguage('fr'), en: inLanguage('en') };
}

interface Voice {
  readonly language: Language;
  readonly words: ReasonWords;
}

/** @param oneOfMany when there are several, each says what it is about. */
function clause(finding: Finding, oneOfMany: boolean, voice: Voice): string {
  const { words, language } = voice;
  const about = finding.subject?.[language] ?? (oneOfMany ? finding.fact : undefined);
  const aside = about === undefined ? '' : ` (${about})`;
  const [found, needed] = [foundClause(finding, voice), neededClause(finding, voice)];
  return `${words.ended(found.text, 'found', found.count, found.unit)}${aside}, ${words.ended(needed.text, needed.verb, needed.count, needed.unit)}${needed.aside ?? ''}`;
}

/** A text with the number its verb agrees with. */
interface Clause {
  readonly text: string;
  readonly count: number;
  readonly unit?: string;
}

function foundClause(finding: Finding, voice: Voice): Clause {
  const { found, unit } = finding;
  if (typeof found === 'number' && unit !== undefined) {
    return { text: voice.words.quantity(found, unit), count: found, unit };
  }
  return { text: foundText(finding, voice), count: countOf(found) };
}

function neededClause(finding: Finding, voice: Voice): Clause & { readonly verb: Verb; readonly aside?: string } {
  const { fact, found, needed, unit } = finding;
  const amount = (value: number) =>
    unit === undefined ? badgeNumber(value, voice.language) : voice.words.quantity(value, unit);
  const bound = boundText(needed, amount, voice.words);
  const isLimit = needed.is === 'at-most' || (needed.is === 'absent' && fact === 'reasons');
  const verb: Verb = isLimit && needed.not !== true ? 'allowed' : 'needed';
  if (bound !== undefined) return { text: bound.text, count: bound.value, verb, ...(unit !== undefined && { unit }) };
  if (needed.is === 'all-of' && needed.not !== true) {
    const missing = needed.values.filter((value) => !Array.isArray(found) || !found.includes(value));
    const text = listText(needed.values, fact, voice, voice.words.and);
    const aside = voice.words.missing(listText(missing, fact, voice, voice.words.and));
    return { text, count: needed.values.length, verb, aside };
  }
  return { text: neededText(finding, voice), count: 1, verb };
}

function countOf(found: FoundValue): number {
  if (typeof found === 'number') return found;
  return Array.isArray(found) ? found.length : 1;
}

/** A bound in words, with the number the words agree with. */
function boundText(
  needed: Finding['needed'],
  amount: (value: number) => string,
  words: ReasonWords,
): { readonly text: string; readonly value: number } | undefined {
  const not = needed.not === true;
  if (needed.is === 'at-least' && needed.value !== null) {
    const text = amount(needed.value);
    return { text: not ? words.fewerThan(text) : words.atLeast(text), value: needed.value };
  }
  if (needed.is === 'at-most' && needed.value !== null) {
    const text = amount(needed.value);
    return { text: not ? words.moreThan(text) : words.atMost(text), value: needed.value };
  }
  if (needed.is === 'between' && needed.min !== null && needed.max !== null) {
    const [min, max] = [amount(needed.min), amount(needed.max)];
    return { text: not ? words.outside(min, max) : words.between(min, max), value: needed.max };
  }
  if (needed.is === 'equal' && typeof needed.value === 'number') {
    const text = amount(needed.value);
    return { text: not ? words.otherThan(text) : text, value: needed.value };
  }
  return undefined;
}

function foundText({ fact, found, needed }: Finding, voice: Voice): string {
  const timeZone = needed.is === 'within-day' || needed.is === 'no-later-than' ? needed.timeZone : undefined;
  if (typeof found === 'string' && (timeZone !== undefined || needed.is === 'lasting')) {
    return momentText(found, timeZone ?? 'UTC', voice);
  }
  return valueText(found, fact, voice);
}

function valueText(value: FoundValue, fact: string, { language, words }: Voice): string {
  if (value === null) return words.nothing;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (typeof value === 'number') return badgeNumber(value, language);
  if (typeof value === 'string') {
    return value.trim() === '' ? words.nothing : words.quoted(wordFor(value, fact, words));
  }
  return value.length === 0 ? words.nothing : listText(value, fact, { language, words }, words.and);
}

function wordFor(value: string, fact: string, words: ReasonWords): string {
  return fact === 'jury.decision' ? (words.decisions[value] ?? value) : value;
}

function listText(
  values: readonly (string | number | boolean)[],
  fact: string,
  voice: Voice,
  join: (items: readonly string[]) => string,
): string {
  return values.length === 0 ? voice.words.nothing : join(values.map((value) => valueText(value, fact, voice)));
}

/** A day, or a moment as the clocks of the time zone show it. Other text is quoted. */
function momentText(text: string, timeZone: string, { language, words }: Voice): string {
  if (isCalendarDay(text)) return words.day(badgeDay(text, language));
  const instant = parseInstant(text);
  if (instant === undefined) return words.quoted(text);
  const local = formatInstantIn(instant, timeZone);
  return words.moment(badgeDay(local.slice(0, 10), language), local.slice(11, 19));
}

function neededText({ fact, needed }: Finding, voice: Voice): string {
  const { language, words } = voice;
  const not = needed.not === true;
  switch (needed.is) {
    case 'at-least':
    case 'at-most':
    case 'between':
      return words.unknown; // Only without its number: boundText has the rest.
    case 'equal': {
      if (needed.value === null) return words.unknown;
      const value = valueText(needed.value, fact, voice);
      return not ? words.otherThan(value) : value;
    }
    case 'one-of': {
      const values = listText(needed.values, fact, voice, words.or);
      return not ? words.otherThan(values) : values;
    }
    case 'all-of':
      return words.notAllOf(listText(needed.values, fact, voice, words.and));
    case 'any-of': {
      const values = listText(needed.values, fact, voice, words.or);
      return not ? words.noneOf(values) : words.anyOf(values);
    }
    case 'present':
      return not ? words.nothing : words.something;
    case 'absent':
      if (fact === 'reasons') return words.noReason;
      return not ? words.something : words.nothing;
    case 'within-day':
    case 'no-later-than': {
      if (needed.value === null) return words.unknown;
      const moment = momentText(needed.value, needed.timeZone, voice);
      return words.inZone(not ? words.laterThan(moment) : words.noLaterThan(moment), needed.timeZone);
    }
    case 'lasting': {
      if (needed.from === null || needed.until === null || needed.months === null) return words.unknown;
      const [from, until] = [badgeDay(needed.from, language), badgeDay(needed.until, language)];
      return not ? words.notLasting(needed.months, from, until) : words.lasting(needed.months, from, until);
    }
    case 'known-engagement':
      return words.knownEngagement;
    case 'not-yet-recognised':
      return not ? words.alreadyRecognised : words.notYetRecognised;
  }
}
