import type { Finding } from '../finding.js';
import type { Rule, RuleOperator } from '../rule.js';
import type { RuleCase } from '../rule-case.js';

/** A rule with that operator. */
export type RuleOf<Op extends RuleOperator> = Extract<Rule, { op: Op }>;

/** An operator that looks at facts; the ones that join rules (`all`, `any`, `not`, `atLeast`) stand in `rule-holds.ts`. */
export interface LeafOperator<Op extends RuleOperator> {
  /** True when the rule is met. A missing fact or parameter makes it false. */
  holds(rule: RuleOf<Op>, ruleCase: RuleCase): boolean;
  /** What was found and what is needed, at least one entry, whether or not the rule is met. */
  findings(rule: RuleOf<Op>, ruleCase: RuleCase): readonly Finding[];
}
