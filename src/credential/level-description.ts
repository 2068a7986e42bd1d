import type { Competence, Level } from '../programme/schema.js';
import { badgeNumber } from '../text/badge-numbers.js';
import { BADGE_RULE_TEXT } from '../text/badge-rule-text.js';
import { roleLabels } from './labels.js';
import { ruleForVariant } from './rule-for-variant.js';
import { describeRule } from './rule-phrase.js';
import type { Wording } from './wording.js';

/**
 * What a level of a competence means: the definition's own words, else its indicators, else what it asks (an average of
 * ratings, a rule). Undefined for a level that states nothing but its name.
 */
export function describeLevel(competence: Competence, level: Level, wording: Wording): string | undefined {
  const { language } = wording;
  if (level.description !== undefined) return level.description[language];
  const text = BADGE_RULE_TEXT[language];
  const indicators = level.indicators ?? [];
  if (indicators.length > 0) {
    const texts = indicators.map((indicator) => indicator.text[language]);
    return `${text.indicators(level.minIndicators ?? texts.length, texts)}.`;
  }
  if (level.minAverage !== undefined) return describeAverage(competence, level.minAverage, wording);
  return level.rule === undefined ? undefined : sentence(describeRule(ruleForVariant(level.rule, wording), wording));
}

function sentence(phrase: string): string {
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}.`;
}

function describeAverage(competence: Competence, minAverage: number, { programme, language }: Wording): string {
  const { definition } = programme;
  const text = BADGE_RULE_TEXT[language];
  const number = (value: number) => badgeNumber(value, language);
  const attainment = competence.attainment ?? definition.assessment.attainment;
  const roles = attainment?.mode === 'ratings' ? roleLabels(definition, attainment.roles, language) : [];
  const { scale } = definition.assessment;
  const range = scale === undefined ? undefined : text.scale(number(scale.min), number(scale.max));
  return `${text.average(number(minAverage), range, roles)}.`;
}
