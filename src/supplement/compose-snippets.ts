import type { Programme } from '../programme/schema.js';
import { badgeDay } from '../text/badge-dates.js';
import { badgeNumber } from '../text/badge-numbers.js';
import { type CalendarDay, isCalendarDay } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { SUPPLEMENT_TEXT, type SupplementItem } from '../text/supplement-text.js';
import { awardName, awardSentence, creditsSentence } from './award-sentence.js';
import { levelsOf } from './placeholders.js';
import { dayOfAward, type RecognisedAward, standingAwards } from './recognised-award.js';

export type { RecognisedAward } from './recognised-award.js';

/** The holder, as items 1.1 to 1.4 name them. */
export interface SupplementHolder {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate?: CalendarDay | null | undefined;
  readonly studentNumber?: string | null | undefined;
}

/** One text and the item of the supplement it belongs to. */
export interface SupplementLine {
  readonly item: SupplementItem;
  /** Name of the item in the language of the snippet. */
  readonly label: string;
  readonly text: string;
}

/** What the office writes about one award. */
export interface SupplementEntry {
  readonly credentialId: string;
  /** Absent while the holder does not share the badge. */
  readonly pageUrl?: string;
  readonly programme: { readonly id: string; readonly version: string };
  readonly name: string;
  readonly academicYear: string;
  /** Day of the jury's decision. */
  readonly date: CalendarDay;
  /** Absent when none are stated: never zero. */
  readonly credits?: number;
  readonly mark?: number;
  /** By item; each credit is stated in one of them only. */
  readonly lines: readonly SupplementLine[];
  /** Placeholders of the definition's sentence the award had no value for. */
  readonly missing: readonly string[];
}

/** A student's snippets in one language. */
export interface SupplementSnippets {
  readonly language: Language;
  readonly holder: readonly SupplementLine[];
  /** By date of the decision, oldest first. */
  readonly entries: readonly SupplementEntry[];
}

/**
 * Composes a student's diploma-supplement snippets.
 * @param awards in any order and state: only what is recognised and stands is written
 */
export function composeSnippets({
  holder,
  awards,
  language,
}: {
  readonly holder: SupplementHolder;
  readonly awards: readonly RecognisedAward[];
  readonly language: Language;
}): SupplementSnippets {
  return {
    language,
    holder: holderLines(holder, language),
    entries: standingAwards(awards).map((award) => entryOf(award, language)),
  };
}

function line(item: SupplementItem, text: string, language: Language): SupplementLine {
  return { item, label: SUPPLEMENT_TEXT[language].items[item], text };
}

function holderLines(holder: SupplementHolder, language: Language): SupplementLine[] {
  const lines = [line('1.1', holder.familyName, language), line('1.2', holder.givenName, language)];
  const { birthDate, studentNumber } = holder;
  if (typeof birthDate === 'string' && isCalendarDay(birthDate)) {
    lines.push(line('1.3', badgeDay(birthDate, language), language));
  }
  if (typeof studentNumber === 'string' && studentNumber.trim() !== '') {
    lines.push(line('1.4', studentNumber, language));
  }
  return lines;
}

function isItem(item: string): item is SupplementItem {
  return Object.hasOwn(SUPPLEMENT_TEXT.en.items, item);
}

/** Does any option of the programme ever carry credits? */
function canCarryCredits(programme: Programme): boolean {
  return programme.recognitionOptions.some(({ credits }) => credits.mode !== 'none');
}

/**
 * Where the award's sentence stands. Credits belong to 4.3. Without credits it is the definition's fallback, else 6.1;
 * a programme whose options never carry credits has chosen its item itself.
 */
function itemOf({ programme, verdict }: RecognisedAward, statesCredits: boolean): SupplementItem {
  const { item, fallbackItem } = programme.diplomaSupplement;
  if (statesCredits) return '4.3';
  const hasCredits = verdict.creditsEarned !== null;
  const without = fallbackItem ?? (item === '4.3' && canCarryCredits(programme) ? '6.1' : item);
  const chosen = hasCredits ? item : without;
  return isItem(chosen) ? chosen : '6.1';
}

/** The result through which the definition shows the jury's mark: it knows the scale. */
function markScale({
  programme,
  verdict,
}: RecognisedAward): { readonly min: string; readonly max: string } | undefined {
  const result = programme.achievement.resultDescriptions.find(
    ({ from, onlyForOptions }) =>
      from === 'jury.mark' &&
      (onlyForOptions === undefined || onlyForOptions.some((option) => verdict.optionsGranted.includes(option))),
  );
  const { valueMin, valueMax } = result ?? {};
  return typeof valueMin === 'string' && typeof valueMax === 'string' ? { min: valueMin, max: valueMax } : undefined;
}

function judgedLines(
  award: RecognisedAward,
  language: Language,
): { lines: SupplementLine[]; missing: readonly string[] } {
  const text = SUPPLEMENT_TEXT[language];
  const { creditsEarned, mark } = award.verdict;
  const sentence = awardSentence(award, language);
  const lines = [line(itemOf(award, sentence.statesCredits), sentence.text, language)];
  const levels = levelsOf(award, language, true);
  if (levels !== '') lines.push(line('4.2', `${levels}.`, language));
  if (creditsEarned !== null && !sentence.statesCredits) {
    lines.push(line('4.3', creditsSentence(award, creditsEarned, language), language));
  }
  if (mark !== null) {
    const scale = markScale(award);
    const localized = (written: string) => (language === 'fr' ? written.replace('.', ',') : written);
    const outOf = scale === undefined ? undefined : localized(scale.max);
    if (!sentence.statesMark) lines.push(line('4.3', text.mark(badgeNumber(mark, language), outOf), language));
    if (scale !== undefined) lines.push(line('4.4', text.scale(localized(scale.min), localized(scale.max)), language));
  }
  return { lines, missing: sentence.missing };
}

/** A pathway is several awards seen together: it has neither credits nor levels of its own. */
function pathwayLines(award: RecognisedAward, pathway: string, language: Language): SupplementLine[] {
  const name = award.programme.pathways?.find(({ id }) => id === pathway)?.name ?? award.programme.name;
  const { fallbackItem = '6.1' } = award.programme.diplomaSupplement;
  return [
    line(isItem(fallbackItem) ? fallbackItem : '6.1', SUPPLEMENT_TEXT[language].pathway(name[language]), language),
  ];
}

function commonLines(award: RecognisedAward, language: Language): SupplementLine[] {
  const text = SUPPLEMENT_TEXT[language];
  const { institution, languages } = award.programme;
  const president = award.decision.president?.trim() ?? '';
  return [
    line('2.3', institution.name, language),
    line('2.4', institution.unit, language),
    ...(languages.length === 0
      ? []
      : [line('2.5', languages.map((each) => text.languages[each]).join(', '), language)]),
    ...(award.pageUrl === undefined ? [] : [line('6.2', text.verification(award.pageUrl), language)]),
    ...(award.decision.decidedAt === undefined ? [] : [line('7.1', badgeDay(dayOfAward(award), language), language)]),
    ...(president === '' ? [] : [line('7.2', president, language), line('7.3', text.chair, language)]),
  ];
}

function entryOf(award: RecognisedAward, language: Language): SupplementEntry {
  const { verdict, pathway, programme } = award;
  const own =
    pathway === undefined
      ? judgedLines(award, language)
      : { lines: pathwayLines(award, pathway, language), missing: [] };
  const lines = [...commonLines(award, language), ...own.lines];
  const name = programme.pathways?.find(({ id }) => id === pathway)?.name[language] ?? awardName(award, language);
  return {
    credentialId: award.credentialId,
    ...(award.pageUrl === undefined ? {} : { pageUrl: award.pageUrl }),
    programme: { id: programme.id, version: programme.version },
    name,
    academicYear: award.academicYear,
    date: dayOfAward(award),
    ...(verdict.creditsEarned === null || pathway !== undefined ? {} : { credits: verdict.creditsEarned }),
    ...(verdict.mark === null || pathway !== undefined ? {} : { mark: verdict.mark }),
    // Array.prototype.sort is stable: lines of one item keep the order they were made in.
    lines: lines.sort((left, right) => (left.item < right.item ? -1 : left.item > right.item ? 1 : 0)),
    missing: own.missing,
  };
}
