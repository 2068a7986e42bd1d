import type { Localized } from '../text/localized.js';
import type { Finding } from './finding.js';
import type { RuleCase } from './rule-case.js';
import { ruleFindings, ruleHolds } from './rule-holds.js';
import type { Criterion } from './schema.js';

export type Severity = Criterion['onFail'];

/** A criterion that was not met, with the values that say why. */
export interface CriterionFailure {
  readonly code: string;
  readonly severity: Severity;
  readonly label: Localized;
  readonly findings: readonly Finding[];
}

/** The criteria that apply (`when`) and are not met, in the order of the definition. */
export function failedCriteria(criteria: readonly Criterion[], ruleCase: RuleCase): readonly CriterionFailure[] {
  return criteria
    .filter(({ when, rule }) => (when === undefined || ruleHolds(when, ruleCase)) && !ruleHolds(rule, ruleCase))
    .map(({ code, onFail, label, rule }) => ({
      code,
      severity: onFail,
      label,
      findings: ruleFindings(rule, ruleCase),
    }));
}
