import { badgeDay } from '../text/badge-dates.js';
import { typedInMarkdown } from '../text/badge-markdown.js';
import { BADGE_TEXT, type BadgeText } from '../text/badge-text.js';
import { isCalendarDay } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { around, HOLE, partsOf, positionsOf, readRoles, readSentences } from './narrative-phrases.js';
import type { ShownActivity } from './report.js';

/** What of a badge its narrative is read with: it says the same in words. */
export interface NarrativeFacts {
  readonly narrative: string | null;
  /** Tag of the language the badge is written in. */
  readonly language: string | null;
  /** Date-times as signed. */
  readonly activityStartDate: string | null;
  readonly activityEndDate: string | null;
  readonly awardedDate: string | null;
  /** Names of the counted results. */
  readonly results: readonly string[];
  readonly levels: readonly LevelName[];
}

interface LevelName {
  readonly competence: string;
  readonly level: string;
  readonly levelNumber: number | null;
}

/** What a narrative of our own phrases says, taken apart. */
export interface ReadNarrative {
  /** Null where the badge has no narrative. */
  readonly activity: ShownActivity | null;
  /** Roles that confirmed a level, as written; empty where none are named. */
  readonly confirmedBy: (level: LevelName) => readonly string[];
  /** A counted result in words, `40 h`, and the roles that certified it. */
  readonly quantity: (result: string) => Quantity | undefined;
}

interface Quantity {
  readonly text: string;
  readonly certifiedBy: readonly string[];
}

/**
 * Takes a signed narrative apart by the very phrases badges are written with ({@link BADGE_TEXT}), since Open Badges has
 * no member for the host, for who confirmed a level, or for who decided. A paragraph in other words is not read: it comes
 * back whole in `rest`, as does every narrative from elsewhere.
 */
export function readNarrative(facts: NarrativeFacts): ReadNarrative {
  const { narrative, language } = facts;
  const nothing = { confirmedBy: () => [], quantity: () => undefined };
  if (narrative === null) return { ...nothing, activity: null };
  const paragraphs = narrative.split('\n\n');
  // Not by its schema: that library is larger than all that is sent to a browser to verify with.
  const written = language === 'fr' || language === 'en' ? language : undefined;
  if (written === undefined || paragraphs.length > 2) return { ...nothing, activity: activityOf({ rest: narrative }) };
  const text = BADGE_TEXT[written];
  const confirmed = paragraphs.pop() ?? '';
  const done = readDone(paragraphs[0] ?? '', text, {
    results: facts.results,
    period: periodOf(facts, text, written),
  });
  const settled = readSentences(confirmed, [text.levels, text.supervisedBy, text.decision], text);
  const levels = settled?.get(text.levels) ?? '';
  const rest = [done === undefined ? paragraphs[0] : undefined, settled === undefined ? confirmed : undefined];
  return {
    activity: activityOf({
      title: done?.title,
      host: done?.sentences.get(text.hostOrganisation),
      contractor: done?.sentences.get(text.contractor),
      recognisedAs: partsOf(done?.sentences.get(text.outcome), text),
      supervisedBy: partsOf(settled?.get(text.supervisedBy), text),
      decidedBy: deciderOf(settled?.get(text.decision), text, dayInWords(facts.awardedDate, written)),
      rest: rest.filter((paragraph) => paragraph !== undefined).join('\n\n') || undefined,
    }),
    confirmedBy: confirmers(levels, facts.levels, text),
    quantity(result) {
      const content = done?.sentences.get(result);
      return content === undefined ? undefined : readQuantity(content, text);
    },
  };
}

type Found = { readonly [Member in keyof ShownActivity]?: ShownActivity[Member] | undefined };

/** Null for what was not found; text as it was typed, without the backslashes meant for Markdown. */
function activityOf(found: Found): ShownActivity {
  const plain = (text: string | null | undefined) => (text == null ? null : typedInMarkdown(text));
  return {
    title: plain(found.title),
    host: plain(found.host),
    contractor: plain(found.contractor),
    recognisedAs: found.recognisedAs ?? [],
    supervisedBy: found.supervisedBy ?? [],
    decidedBy: plain(found.decidedBy),
    rest: plain(found.rest),
  };
}

function periodOf(facts: NarrativeFacts, text: BadgeText, language: Language): string | undefined {
  const [from, to] = [facts.activityStartDate, facts.activityEndDate].map((date) => dayInWords(date, language));
  return from === undefined || to === undefined ? undefined : text.period(from, to);
}

function dayInWords(date: string | null, language: Language): string | undefined {
  const day = date?.slice(0, 10) ?? '';
  return isCalendarDay(day) ? badgeDay(day, language) : undefined;
}

interface Done {
  readonly title: string | undefined;
  readonly sentences: ReadonlyMap<string, string>;
}

/** The first paragraph: the title in quotation marks and the period, then labelled sentences. */
function readDone(
  paragraph: string,
  text: BadgeText,
  { period, results }: Pick<NarrativeFacts, 'results'> & { readonly period: string | undefined },
): Done | undefined {
  const labels = [text.hostOrganisation, text.contractor, ...results, text.outcome, text.creditsEarned];
  const [open, close] = around(text.quoted(HOLE));
  if (!paragraph.startsWith(open)) {
    const opening = period === undefined ? '' : `${period}.`;
    const sentences = paragraph.startsWith(opening)
      ? readSentences(paragraph.slice(opening.length).trimStart(), labels, text)
      : undefined;
    return sentences === undefined ? undefined : { title: undefined, sentences };
  }
  // A title may hold anything, these very phrases too: the longest title whose remainder can be read is the title.
  const end = `${close}${period === undefined ? '' : `, ${period}`}.`;
  for (let at = paragraph.lastIndexOf(end); at > 0; at = paragraph.lastIndexOf(end, at - 1)) {
    const sentences = readSentences(paragraph.slice(at + end.length).trimStart(), labels, text);
    if (sentences !== undefined) return { title: paragraph.slice(open.length, at), sentences };
  }
  return undefined;
}

/** Who decided, without the day where it is the day of the award. */
function deciderOf(sentence: string | undefined, text: BadgeText, day: string | undefined): string | undefined {
  if (sentence === undefined || day === undefined) return sentence;
  const [, end] = around(text.decided(HOLE, day));
  return sentence.endsWith(end) ? sentence.slice(0, -end.length) : sentence;
}

/** The roles that follow each level in the sentence on levels. */
function confirmers(sentence: string, levels: readonly LevelName[], text: BadgeText): ReadNarrative['confirmedBy'] {
  const phraseOf = ({ competence, levelNumber, level }: LevelName) =>
    text.level(competence, levelNumber ?? Number.NaN, level);
  const starts = levels.flatMap((level) => positionsOf(phraseOf(level), sentence));
  const separator = text.list(['', '']);
  return (level) => {
    const phrase = phraseOf(level);
    const [at, another] = positionsOf(phrase, sentence);
    if (at === undefined || another !== undefined) return [];
    const next = Math.min(sentence.length, ...starts.filter((start) => start > at));
    const after = sentence.slice(at + phrase.length, next);
    const told = after.endsWith(separator) ? after.slice(0, -separator.length) : after;
    const found = readRoles(told, 'confirmed', text);
    return found?.before === '' ? found.roles : [];
  };
}

function readQuantity(content: string, text: BadgeText): Quantity {
  const found = readRoles(content, 'certified', text);
  return found === undefined ? { text: content, certifiedBy: [] } : { text: found.before, certifiedBy: found.roles };
}
