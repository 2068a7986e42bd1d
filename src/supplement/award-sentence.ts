import { badgeDay } from '../text/badge-dates.js';
import { badgeNumber } from '../text/badge-numbers.js';
import type { Language } from '../text/localized.js';
import { SUPPLEMENT_TEXT } from '../text/supplement-text.js';
import { fillTemplate, placeholdersOf } from './fill-template.js';
import { placeholderText, variantOf } from './placeholders.js';
import type { RecognisedAward } from './recognised-award.js';

/** The sentence about one award, and what it leaves to be said elsewhere. */
export interface AwardSentence {
  readonly text: string;
  readonly statesCredits: boolean;
  readonly statesMark: boolean;
  /** Placeholders of the definition's sentence that this award has no value for; a plain sentence stands instead. */
  readonly missing: readonly string[];
}

/** The achievement's name as this award has it. */
export function awardName(award: RecognisedAward, language: Language): string {
  const variant = variantOf(award);
  const words: Readonly<Record<string, string | undefined>> = {
    variant: variant?.name[language],
    hostCourse: variant?.hostCourse?.[language],
  };
  const { name } = award.programme.achievement;
  return fillTemplate(name[language], (word) => words[word]).text ?? award.programme.name[language];
}

/** Name, title and days: what can be said of every award. */
function plainSentence(award: RecognisedAward, language: Language): string {
  const { engagement } = award;
  const [start, end] = [badgeDay(engagement.startDate, language), badgeDay(engagement.endDate, language)];
  const name = awardName(award, language);
  const title = engagement.title[language].replaceAll(/\s+/gu, ' ').trim();
  const text = SUPPLEMENT_TEXT[language];
  if (title === '' || name.includes(title)) return text.plainAwardUntitled(name, start, end);
  return text.plainAward(name, title, start, end);
}

/** The definition's sentence filled in; the one without credits when there are none and it has one. */
export function awardSentence(award: RecognisedAward, language: Language): AwardSentence {
  const { template, noCreditsTemplate } = award.programme.diplomaSupplement;
  const hasCredits = award.verdict.creditsEarned !== null;
  const chosen = (hasCredits ? template : (noCreditsTemplate ?? template))[language];
  const { text, missing } = fillTemplate(chosen, (name) => placeholderText(name, award, language));
  const states = (name: string) => text !== undefined && placeholdersOf(chosen).includes(name);
  return {
    text: text ?? plainSentence(award, language),
    statesCredits: states('credits'),
    statesMark: states('mark'),
    missing,
  };
}

/** The credits alone, for an award whose sentence does not state them. */
export function creditsSentence(award: RecognisedAward, credits: number, language: Language): string {
  const text = SUPPLEMENT_TEXT[language];
  const title = award.engagement.title[language].replaceAll(/\s+/gu, ' ').trim();
  const name = awardName(award, language);
  const described = title === '' || name.includes(title) ? name : `${name}, ${text.quoted(title)}`;
  const isPlural = language === 'fr' ? credits >= 2 : credits !== 1;
  return text.credits(described, badgeNumber(credits, language), isPlural);
}
