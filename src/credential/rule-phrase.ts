import type { Rule } from '../programme/rule.js';
import { badgeDay } from '../text/badge-dates.js';
import { badgeNumber, badgeQuantity } from '../text/badge-numbers.js';
import { BADGE_RULE_TEXT, type BadgeRuleText } from '../text/badge-rule-text.js';
import { isCalendarDay } from '../text/instant.js';
import { evidenceKindLabel, factLabel, factUnit, roleLabel } from './labels.js';
import { argumentOf, type Wording } from './wording.js';

/** A rule as a phrase without a final stop. */
export function describeRule(rule: Rule, wording: Wording): string {
  const { language } = wording;
  const { definition } = wording.programme;
  const text = BADGE_RULE_TEXT[language];
  const parts = (rules: readonly Rule[]) => rules.map((part) => describePart(part, wording));
  const fact = (path: string) => (path === 'variant' ? text.variant : factLabel(definition, path, language));
  const role = (id: string) => roleLabel(definition, id, language) ?? id;
  const number = (argument: unknown, otherwise: number) => {
    const value = argumentOf(argument, wording);
    return typeof value === 'number' ? value : otherwise;
  };
  switch (rule.op) {
    case 'all':
      return text.all(parts(rule.of));
    case 'any':
      return rule.of.length > 1 ? text.any(parts(rule.of)) : parts(rule.of).join('');
    case 'atLeast':
      return text.atLeastOf(number(rule.n, 1), parts(rule.of));
    case 'not':
      return text.not(describePart(rule.of, wording));
    case 'range':
      return describeRange(rule, text, wording);
    case 'equals':
      return text.is(fact(rule.fact), written(rule.value, rule.fact, wording));
    case 'oneOf':
      return text.is(fact(rule.fact), written(rule.values, rule.fact, wording));
    case 'contains':
    case 'containsAny':
      return text.includes(fact(rule.fact), written(rule.values, rule.fact, wording));
    case 'present':
      return text.present(fact(rule.fact));
    case 'evidence':
      return text.pieces(evidenceKindLabel(definition, rule.kind, language), number(rule.min, 1));
    case 'before':
      return text.before(fact(rule.first), fact(rule.second));
    case 'deadline':
      return text.by(fact(rule.fact), written(rule.by, rule.fact, wording).join(', '));
    case 'duration':
      return text.months(number(rule.minMonths, 0));
    case 'actor':
      return text.named(role(rule.role), number(rule.min, 1));
    case 'assessment':
      return text.assessed(
        definition.assessment.forms.find(({ id }) => id === rule.form)?.label?.[language] ?? rule.form,
        role(rule.role),
      );
    case 'competenceLevel': {
      const competence = definition.competences.find(({ id }) => id === rule.competence);
      return text.competence(competence?.name[language], number(rule.minLevel, 1), number(rule.minCount, 1));
    }
    case 'filename':
      return text.fileName;
    case 'sameAssessor':
      return text.sameAssessor;
    case 'assessorsIndependent':
      return text.independentAssessors;
    case 'targetsReached':
      return text.targetsReached;
    case 'juryDecision':
      return text.juryDecision;
    case 'notAlreadyRecognised':
      return text.notRecognisedBefore;
  }
}

/** A rule inside another: one of several parts stands in brackets. */
function describePart(rule: Rule, wording: Wording): string {
  if ((rule.op === 'all' || rule.op === 'any') && rule.of.length > 1) {
    const text = BADGE_RULE_TEXT[wording.language];
    const parts = rule.of.map((part) => describePart(part, wording));
    return rule.op === 'all' ? text.group(parts) : text.choice(parts);
  }
  const phrase = describeRule(rule, wording);
  return rule.op === 'atLeast' ? `(${phrase})` : phrase;
}

function describeRange(rule: Extract<Rule, { op: 'range' }>, text: BadgeRuleText, wording: Wording): string {
  const what = factLabel(wording.programme.definition, rule.fact, wording.language);
  const unit = factUnit(wording.programme.definition, rule.fact);
  const bound = (argument: unknown) => {
    const value = argumentOf(argument, wording);
    return typeof value === 'number' ? badgeQuantity(value, unit, wording.language) : undefined;
  };
  const [min, max] = [bound(rule.min), bound(rule.max)];
  if (min !== undefined && max !== undefined) return text.between(what, min, max);
  if (min !== undefined) return text.atLeast(what, min);
  return max === undefined ? what : text.atMost(what, max);
}

/** Values as people read them: variants by name, days in words, numbers with the language's comma. */
function written(argument: unknown, fact: string, wording: Wording): string[] {
  const value = argumentOf(argument, wording);
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (typeof item === 'number') return badgeNumber(item, wording.language);
    const word = String(item ?? '');
    if (fact === 'variant') return wording.programme.variants.get(word)?.name[wording.language] ?? word;
    return isCalendarDay(word) ? badgeDay(word, wording.language) : word;
  });
}
