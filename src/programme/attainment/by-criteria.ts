import type { Rule } from '../rule.js';
import { actorsOf, type RuleCase } from '../rule-case.js';
import { ruleHolds } from '../rule-holds.js';
import type { Competence, Level } from '../schema.js';
import { type Attained, NOT_ATTAINED } from './attained.js';

/** Mode `criteria`: levels are climbed in order, stopping at the first whose rule fails. A level without a rule fails. */
export function attainedByCriteria(competence: Competence, ruleCase: RuleCase): Attained {
  const climbed: Level[] = [];
  for (const level of competence.levels.toSorted((one, other) => one.level - other.level)) {
    if (level.rule === undefined || !ruleHolds(level.rule, ruleCase)) break;
    climbed.push(level);
  }
  const highest = climbed.at(-1);
  if (highest === undefined) return NOT_ATTAINED;
  return { level: highest.level, confirmedBy: certifiersOf(climbed, ruleCase) };
}

/** Roles named on the dossier that certify a measure these levels rest on; the jury, if it validated, when there is none. */
function certifiersOf(levels: readonly Level[], ruleCase: RuleCase): readonly string[] {
  const measures = new Set(
    levels.flatMap(({ rule }) => (rule === undefined ? [] : factsOf(rule))).flatMap((fact) => partsOf(fact, ruleCase)),
  );
  const named = new Set(actorsOf(ruleCase).map(({ role }) => role));
  const certifiers = ruleCase.programme.definition.measures
    .filter(({ id }) => measures.has(`measures.${id}`))
    .flatMap(({ certifiedBy }) => certifiedBy ?? [])
    .filter((role) => named.has(role));
  if (certifiers.length > 0) return [...new Set(certifiers)];
  return ruleCase.jury?.decision === 'validated' ? ['jury'] : [];
}

function factsOf(rule: Rule): readonly string[] {
  if (rule.op === 'not') return factsOf(rule.of);
  if (rule.op === 'all' || rule.op === 'any' || rule.op === 'atLeast') return rule.of.flatMap(factsOf);
  return 'fact' in rule && typeof rule.fact === 'string' ? [rule.fact] : [];
}

/** A derived measure stands for its parts. */
function partsOf(fact: string, { programme }: RuleCase): readonly string[] {
  return [fact, ...(programme.sums.get(fact.replace(/^measures\./, ''))?.facts ?? [])];
}
