import { comparableAddress } from '../address.js';
import { countRated } from '../complete-form.js';
import type { DossierAssessment } from '../dossier.js';
import type { Finding } from '../finding.js';
import { assessmentsOf, type RuleCase } from '../rule-case.js';
import type { LeafOperator, RuleOf } from './operator.js';

interface Completeness {
  /** Items rated on the fullest form, or forms filed when the form has no parts. */
  readonly found: number;
  readonly needed: number;
  readonly unit: 'item' | 'form';
}

function completeness(rule: RuleOf<'assessment'>, ruleCase: RuleCase): Completeness {
  const filed = assessmentsOf(ruleCase).filter(({ form, role }) => form === rule.form && role === rule.role);
  const items = (ruleCase.programme.forms.get(rule.form)?.parts ?? []).flatMap((part) => part.items);
  if (items.length === 0) return { found: filed.length, needed: 1, unit: 'form' };
  const rated = filed.map(({ ratings }) => countRated(ratings, items, ruleCase.programme));
  return { found: Math.max(0, ...rated), needed: items.length, unit: 'item' };
}

/** One form of a role has every item of every part; a form without parts was filed. */
export const assessment: LeafOperator<'assessment'> = {
  holds(rule, ruleCase) {
    if (!ruleCase.programme.forms.has(rule.form)) return false;
    const { found, needed } = completeness(rule, ruleCase);
    return found >= needed;
  },
  findings(rule, ruleCase) {
    const { found, needed, unit } = completeness(rule, ruleCase);
    const finding: Finding = {
      fact: `assessments.${rule.form}.${rule.role}`,
      found,
      needed: { is: 'at-least', value: needed },
      unit,
    };
    const subject = ruleCase.programme.forms.get(rule.form)?.label;
    return [subject === undefined ? finding : { ...finding, subject }];
  },
};

/** Who filed the first form in one of the roles, and how many of them also filed the second. */
function followed(rule: RuleOf<'sameAssessor'>, ruleCase: RuleCase): { readonly first: number; readonly both: number } {
  const key = ({ role, assessor }: DossierAssessment) => JSON.stringify([role, comparableAddress(assessor)]);
  const filers = (form: string) =>
    new Set(
      assessmentsOf(ruleCase)
        .filter((filed) => filed.form === form && rule.roles.includes(filed.role))
        .map(key),
    );
  const [first, second] = [filers(rule.whenForm), filers(rule.thenForm)];
  return { first: first.size, both: [...first].filter((filer) => second.has(filer)).length };
}

/** Whoever filed the first form in one of the roles also filed the second: same address, same role. */
export const sameAssessor: LeafOperator<'sameAssessor'> = {
  holds(rule, ruleCase) {
    const { first, both } = followed(rule, ruleCase);
    return both === first;
  },
  findings(rule, ruleCase) {
    const { first, both } = followed(rule, ruleCase);
    const finding: Finding = {
      fact: `assessments.${rule.thenForm}`,
      found: both,
      needed: { is: 'at-least', value: first },
      unit: 'form',
    };
    const subject = ruleCase.programme.forms.get(rule.thenForm)?.label;
    return [subject === undefined ? finding : { ...finding, subject }];
  },
};

function countOwn(ruleCase: RuleCase): number {
  const own = comparableAddress(ruleCase.engagement.student.email);
  return assessmentsOf(ruleCase).filter(({ role, assessor }) => role !== 'self' && comparableAddress(assessor) === own)
    .length;
}

/** No assessment of a role other than `self` carries the student's address. */
export const assessorsIndependent: LeafOperator<'assessorsIndependent'> = {
  holds: (_rule, ruleCase) => countOwn(ruleCase) === 0,
  findings: (_rule, ruleCase) => [
    { fact: 'assessments', found: countOwn(ruleCase), needed: { is: 'at-most', value: 0 }, unit: 'form' },
  ],
};

interface Target {
  readonly competence: string;
  readonly level: number;
}

function targetsOf(ruleCase: RuleCase): readonly Target[] {
  return assessmentsOf(ruleCase).flatMap(({ role, competence, targetLevel }) =>
    role === 'self' && targetLevel !== undefined ? [{ competence: competence ?? '', level: targetLevel }] : [],
  );
}

function isReached({ competence, level }: Target, ruleCase: RuleCase): boolean {
  return (ruleCase.levels.get(competence) ?? 0) >= level;
}

/** Each `targetLevel` of a self-assessment is attained; true if there is none. */
export const targetsReached: LeafOperator<'targetsReached'> = {
  holds: (_rule, ruleCase) => targetsOf(ruleCase).every((target) => isReached(target, ruleCase)),
  findings(_rule, ruleCase) {
    const targets = targetsOf(ruleCase);
    const missed = targets.filter((target) => !isReached(target, ruleCase));
    const told = missed.length > 0 ? missed : targets;
    if (told.length === 0) return [{ fact: 'computed.levels', found: null, needed: { is: 'present' }, unit: 'level' }];
    return told.map(({ competence, level }): Finding => {
      const finding: Finding = {
        fact: `computed.levels.${competence}`,
        found: ruleCase.levels.get(competence) ?? 0,
        needed: { is: 'at-least', value: level },
        unit: 'level',
      };
      const subject = ruleCase.programme.definition.competences.find(({ id }) => id === competence)?.name;
      return subject === undefined ? finding : { ...finding, subject };
    });
  },
};
