import { factValue } from '../programme/fact.js';
import { indexProgramme, type RuleCase } from '../programme/rule-case.js';
import type { Variant } from '../programme/schema.js';
import { badgeDay } from '../text/badge-dates.js';
import { badgeNumber } from '../text/badge-numbers.js';
import { isCalendarDay } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { SUPPLEMENT_TEXT } from '../text/supplement-text.js';
import type { RecognisedAward } from './recognised-award.js';

/** Members of a dossier that hold codes of the programme, for which a definition has no labels. */
const CODED: ReadonlySet<string> = new Set(['department', 'supportTypes', 'state', 'team.route']);
const CODE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** One line of text: what a person typed may hold line breaks. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function caseOf(award: RecognisedAward): RuleCase {
  return {
    programme: indexProgramme(award.programme),
    engagement: award.engagement,
    team: award.team,
    jury: award.decision,
    levels: new Map(Object.entries(award.verdict.competenceLevels)),
    recognisedBefore: undefined,
  };
}

function readable(value: unknown, language: Language): string | undefined {
  const text = SUPPLEMENT_TEXT[language];
  if (typeof value === 'number') return badgeNumber(value, language);
  if (typeof value === 'boolean') return value ? text.yes : text.no;
  if (typeof value === 'string') return isCalendarDay(value) ? badgeDay(value, language) : oneLine(value) || undefined;
  if (Array.isArray(value)) {
    const parts = value.map((part) => readable(part, language)).filter((part) => part !== undefined);
    return parts.length === 0 ? undefined : parts.join(', ');
  }
  if (typeof value === 'object' && value !== null) return readable(Reflect.get(value, language), language);
  return undefined;
}

/** Codes as words: `moral-support` reads `moral support`. */
function spelt(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelt);
  return typeof value === 'string' && CODE.test(value) ? value.replaceAll('-', ' ') : value;
}

export function variantOf(award: RecognisedAward): Variant | undefined {
  return award.programme.variants?.find(({ id }) => id === award.engagement.variant);
}

/** Recognised competences with their levels, in the definition's order: `Coopération, niveau 2`. */
export function levelsOf(award: RecognisedAward, language: Language, isNamed: boolean): string {
  const text = SUPPLEMENT_TEXT[language];
  return award.programme.competences
    .flatMap((competence) => {
      const attained = Object.hasOwn(award.verdict.competenceLevels, competence.id)
        ? award.verdict.competenceLevels[competence.id]
        : undefined;
      const level = competence.levels.find((candidate) => candidate.level === attained);
      if (level === undefined) return [];
      const name = competence.name[language];
      return [isNamed ? text.namedLevel(name, level.level, level.name[language]) : text.level(name, level.level)];
    })
    .join(text.between);
}

/** Labels of the granted options, in the order they were asked. */
function optionsOf(award: RecognisedAward, language: Language): string {
  return award.verdict.optionsGranted
    .flatMap((id) => award.programme.recognitionOptions.find((option) => option.id === id)?.label[language] ?? [])
    .join(', ');
}

/**
 * A kind of activity is a code; the title says in words, and in both languages, what it was. Without a title the code
 * is spelt out.
 */
function activityOf({ engagement }: RecognisedAward, language: Language): string | undefined {
  const { activityType } = engagement;
  if (typeof activityType !== 'string' || activityType.trim() === '') return undefined;
  const title = oneLine(engagement.title[language]);
  return CODE.test(activityType) && title !== '' ? title : readable(spelt(activityType), language);
}

/** The text a placeholder of the definition stands for in this award; `undefined` when the award does not say. */
export function placeholderText(name: string, award: RecognisedAward, language: Language): string | undefined {
  const { verdict } = award;
  const variant = variantOf(award);
  switch (name) {
    case 'option':
      return optionsOf(award, language) || undefined;
    case 'credits':
      return verdict.creditsEarned === null ? undefined : badgeNumber(verdict.creditsEarned, language);
    case 'mark':
      return verdict.mark === null ? undefined : badgeNumber(verdict.mark, language);
    case 'variant':
      return variant?.name[language];
    case 'hostCourse':
      return variant?.hostCourse?.[language];
    case 'competenceLevels':
      return levelsOf(award, language, false) || undefined;
    case 'academicYear':
      return award.academicYear;
    case 'activityType':
      return activityOf(award, language);
    default: {
      const value = factValue(name, caseOf(award));
      return readable(CODED.has(name) ? spelt(value) : value, language);
    }
  }
}
