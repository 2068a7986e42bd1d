import { numberArgument } from './argument.js';
import { type Finding, negated } from './finding.js';
import { type LeafOperatorName, leafOperators } from './leaf-operators.js';
import type { RuleOf } from './operators/operator.js';
import type { Rule } from './rule.js';
import type { RuleCase } from './rule-case.js';

/** A leaf rule whose operator and arguments belong together. */
type LeafRule<Op extends LeafOperatorName = LeafOperatorName> = { [Name in Op]: RuleOf<Name> & { op: Name } }[Op];

function leafHolds<Op extends LeafOperatorName>(rule: LeafRule<Op>, ruleCase: RuleCase): boolean {
  return leafOperators[rule.op].holds(rule, ruleCase);
}

function leafFindings<Op extends LeafOperatorName>(rule: LeafRule<Op>, ruleCase: RuleCase): readonly Finding[] {
  return leafOperators[rule.op].findings(rule, ruleCase);
}

/** True when a rule of section 2 is met. A missing fact makes a leaf false, so `not` over it is true. */
export function ruleHolds(rule: Rule, ruleCase: RuleCase): boolean {
  switch (rule.op) {
    case 'all':
      return rule.of.every((part) => ruleHolds(part, ruleCase));
    case 'any':
      return rule.of.some((part) => ruleHolds(part, ruleCase));
    case 'not':
      return !ruleHolds(rule.of, ruleCase);
    case 'atLeast': {
      const least = numberArgument(rule.n, ruleCase);
      return least !== undefined && rule.of.filter((part) => ruleHolds(part, ruleCase)).length >= least;
    }
    default:
      return leafHolds(rule, ruleCase);
  }
}

/**
 * Why a rule does not answer as wanted: the values found and needed by the leaves that stand in the way.
 * @param wanted the answer that was hoped for; `not` turns it round on the way down.
 * @returns at least one finding when the rule answers otherwise.
 */
export function ruleFindings(rule: Rule, ruleCase: RuleCase, wanted = true): readonly Finding[] {
  const inTheWay = (parts: readonly Rule[]) => {
    const against = parts.filter((part) => ruleHolds(part, ruleCase) !== wanted);
    return against.flatMap((part) => ruleFindings(part, ruleCase, wanted));
  };
  switch (rule.op) {
    case 'all':
      return wanted ? inTheWay(rule.of) : asAlternatives(inTheWay(rule.of));
    case 'any':
      return wanted ? asAlternatives(inTheWay(rule.of)) : inTheWay(rule.of);
    case 'not':
      return ruleFindings(rule.of, ruleCase, !wanted);
    case 'atLeast': {
      const met = rule.of.filter((part) => ruleHolds(part, ruleCase)).length;
      const count: Finding = {
        fact: 'conditions',
        found: met,
        needed: { is: 'at-least', value: numberArgument(rule.n, ruleCase) ?? null },
        unit: 'condition',
      };
      return [wanted ? count : negated(count), ...asAlternatives(inTheWay(rule.of))];
    }
    default: {
      const findings = leafFindings(rule, ruleCase);
      return wanted ? findings : findings.map(negated);
    }
  }
}

function asAlternatives(findings: readonly Finding[]): readonly Finding[] {
  return findings.length < 2 ? findings : findings.map((finding) => ({ ...finding, alternative: true }));
}
