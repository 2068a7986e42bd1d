import { numberArgument } from '../argument.js';
import type { CountedThing, Finding } from '../finding.js';
import { actorsOf, piecesOf, type RuleCase } from '../rule-case.js';
import type { LeafOperator, RuleOf } from './operator.js';

/** The least count asked: 1 when the rule states none, `undefined` when it names a missing parameter. */
function least(argument: unknown, ruleCase: RuleCase): number | undefined {
  return argument === undefined ? 1 : numberArgument(argument, ruleCase);
}

function reaches(count: number, min: number | undefined): boolean {
  return min !== undefined && count >= min;
}

function countFinding(
  fact: string,
  counted: { readonly found: number; readonly min: number | undefined; readonly unit: CountedThing },
): Finding {
  return { fact, found: counted.found, needed: { is: 'at-least', value: counted.min ?? null }, unit: counted.unit };
}

function countPieces(rule: RuleOf<'evidence'>, ruleCase: RuleCase): number {
  const alsoSubmitted = rule.status === 'submitted';
  return piecesOf(ruleCase).filter(
    ({ kind, status }) => kind === rule.kind && (status === 'accepted' || (alsoSubmitted && status === 'submitted')),
  ).length;
}

/** Enough pieces of a kind on the member and the team together. */
export const evidence: LeafOperator<'evidence'> = {
  holds: (rule, ruleCase) => reaches(countPieces(rule, ruleCase), least(rule.min, ruleCase)),
  findings(rule, ruleCase) {
    const found = countPieces(rule, ruleCase);
    const unit = rule.status === 'submitted' ? 'piece' : 'accepted-piece';
    const finding = countFinding(`evidence.${rule.kind}`, { found, min: least(rule.min, ruleCase), unit });
    const subject = ruleCase.programme.evidenceKinds.get(rule.kind)?.label;
    return [subject === undefined ? finding : { ...finding, subject }];
  },
};

function countActors(role: string, ruleCase: RuleCase): number {
  return actorsOf(ruleCase).filter((actor) => actor.role === role).length;
}

/** Enough people named in a role on the team or the engagement. */
export const actor: LeafOperator<'actor'> = {
  holds: (rule, ruleCase) => reaches(countActors(rule.role, ruleCase), least(rule.min, ruleCase)),
  findings(rule, ruleCase) {
    const found = countActors(rule.role, ruleCase);
    const finding = countFinding(`actors.${rule.role}`, { found, min: least(rule.min, ruleCase), unit: 'person' });
    const subject = ruleCase.programme.definition.roles.find(({ id }) => id === rule.role)?.label;
    return [subject === undefined ? finding : { ...finding, subject }];
  },
};

function countCompetences(rule: RuleOf<'competenceLevel'>, ruleCase: RuleCase): number {
  const minLevel = numberArgument(rule.minLevel, ruleCase);
  if (minLevel === undefined) return 0;
  const { competences } = ruleCase.programme.definition;
  const asked = rule.competence === undefined ? competences : competences.filter(({ id }) => id === rule.competence);
  return asked.filter(({ id }) => (ruleCase.levels.get(id) ?? 0) >= minLevel).length;
}

/** Enough competences, or the one named, at a level. A missing threshold makes it false. */
export const competenceLevel: LeafOperator<'competenceLevel'> = {
  holds: (rule, ruleCase) =>
    numberArgument(rule.minLevel, ruleCase) !== undefined &&
    reaches(countCompetences(rule, ruleCase), least(rule.minCount, ruleCase)),
  findings(rule, ruleCase) {
    const minLevel = numberArgument(rule.minLevel, ruleCase);
    const named = ruleCase.programme.definition.competences.find(({ id }) => id === rule.competence);
    if (rule.competence !== undefined) {
      const finding = countFinding(`computed.levels.${rule.competence}`, {
        found: ruleCase.levels.get(rule.competence) ?? 0,
        min: minLevel,
        unit: 'level',
      });
      return [named === undefined ? finding : { ...finding, subject: named.name }];
    }
    const found = countCompetences(rule, ruleCase);
    const finding = countFinding('computed.levels', { found, min: least(rule.minCount, ruleCase), unit: 'competence' });
    const level = minLevel ?? '?';
    return [{ ...finding, subject: { fr: `niveau ${level}`, en: `level ${level}` } }];
  },
};
