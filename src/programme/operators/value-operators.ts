import { argumentValue, listArgument, numberArgument } from '../argument.js';
import { factValue } from '../fact.js';
import { unitOf } from '../fact-unit.js';
import { type Finding, foundValue, type Need } from '../finding.js';
import type { RuleCase } from '../rule-case.js';
import type { LeafOperator } from './operator.js';

/** A finding on the value of one fact, with the unit the definition gives it. */
function valueFinding(fact: string, needed: Need, ruleCase: RuleCase): Finding {
  const unit = unitOf(fact, ruleCase.programme);
  const found = foundValue(factValue(fact, ruleCase));
  return unit === undefined ? { fact, found, needed } : { fact, found, needed, unit };
}

function plainOrNull(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function isPlain(value: unknown): value is string | number | boolean {
  return plainOrNull(value) !== null;
}

/** A number within bounds, ends included. A bound that names a missing parameter makes it false. */
export const range: LeafOperator<'range'> = {
  holds(rule, ruleCase) {
    const value = factValue(rule.fact, ruleCase);
    if (typeof value !== 'number') return false;
    const [min, max] = [numberArgument(rule.min, ruleCase), numberArgument(rule.max, ruleCase)];
    if (rule.min !== undefined && !(min !== undefined && value >= min)) return false;
    return rule.max === undefined || (max !== undefined && value <= max);
  },
  findings(rule, ruleCase) {
    const [min, max] = [numberArgument(rule.min, ruleCase) ?? null, numberArgument(rule.max, ruleCase) ?? null];
    const needed: Need =
      rule.min !== undefined && rule.max !== undefined
        ? { is: 'between', min, max }
        : rule.max !== undefined
          ? { is: 'at-most', value: max }
          : { is: 'at-least', value: min };
    return [valueFinding(rule.fact, needed, ruleCase)];
  },
};

/** The same value of the same type: `"1"` is not `1`. */
export const equals: LeafOperator<'equals'> = {
  holds(rule, ruleCase) {
    const value = factValue(rule.fact, ruleCase);
    return isPlain(value) && value === argumentValue(rule.value, ruleCase);
  },
  findings(rule, ruleCase) {
    const value = plainOrNull(argumentValue(rule.value, ruleCase));
    return [valueFinding(rule.fact, { is: 'equal', value }, ruleCase)];
  },
};

export const oneOf: LeafOperator<'oneOf'> = {
  holds(rule, ruleCase) {
    const value = factValue(rule.fact, ruleCase);
    return isPlain(value) && (listArgument(rule.values, ruleCase)?.includes(value) ?? false);
  },
  findings(rule, ruleCase) {
    const values = listArgument(rule.values, ruleCase) ?? [];
    return [valueFinding(rule.fact, { is: 'one-of', values }, ruleCase)];
  },
};

/** Neither missing nor null, blank text or an empty list. */
export const present: LeafOperator<'present'> = {
  holds(rule, ruleCase) {
    const value = factValue(rule.fact, ruleCase);
    if (value === undefined || value === null) return false;
    return Array.isArray(value) ? value.length > 0 : typeof value !== 'string' || value.trim() !== '';
  },
  findings: (rule, ruleCase) => [valueFinding(rule.fact, { is: 'present' }, ruleCase)],
};

/** The fact is a list that holds every value. */
export const contains: LeafOperator<'contains'> = {
  holds(rule, ruleCase) {
    const list = factValue(rule.fact, ruleCase);
    const values = listArgument(rule.values, ruleCase);
    return Array.isArray(list) && (values?.every((value) => list.includes(value)) ?? false);
  },
  findings(rule, ruleCase) {
    const values = listArgument(rule.values, ruleCase) ?? [];
    return [valueFinding(rule.fact, { is: 'all-of', values }, ruleCase)];
  },
};

/** The fact is a list that holds at least one of the values. */
export const containsAny: LeafOperator<'containsAny'> = {
  holds(rule, ruleCase) {
    const list = factValue(rule.fact, ruleCase);
    return Array.isArray(list) && (listArgument(rule.values, ruleCase)?.some((value) => list.includes(value)) ?? false);
  },
  findings(rule, ruleCase) {
    const values = listArgument(rule.values, ruleCase) ?? [];
    return [valueFinding(rule.fact, { is: 'any-of', values }, ruleCase)];
  },
};

export const juryDecision: LeafOperator<'juryDecision'> = {
  holds: (rule, ruleCase) => ruleCase.jury !== undefined && rule.in.includes(ruleCase.jury.decision),
  findings: (rule, ruleCase) => [valueFinding('jury.decision', { is: 'one-of', values: rule.in }, ruleCase)],
};

/** The same person and activity carry no award yet. */
export const notAlreadyRecognised: LeafOperator<'notAlreadyRecognised'> = {
  holds: (_rule, ruleCase) => ruleCase.recognisedBefore === undefined,
  findings: (_rule, ruleCase) => [
    { fact: 'activityKey', found: ruleCase.recognisedBefore ?? null, needed: { is: 'not-yet-recognised' } },
  ],
};
