import type { Rule } from '../programme/rule.js';
import { argumentOf, type Wording } from './wording.js';

/**
 * What a rule asks in one variant: parts that hold, or fail, by the variant alone are settled and left out, so that a
 * badge of one variant does not speak of the others. The rule itself where no variant is meant or nothing would be left.
 */
export function ruleForVariant(rule: Rule, wording: Omit<Wording, 'language'>): Rule {
  const left = wording.variantId === undefined ? rule : settle(rule, wording);
  return typeof left === 'boolean' ? rule : left;
}

/** True or false where the variant alone decides. */
function settle(rule: Rule, wording: Omit<Wording, 'language'>): Rule | boolean {
  switch (rule.op) {
    case 'equals':
      return rule.fact === 'variant' ? isVariant(rule.value, wording) : rule;
    case 'oneOf':
      return rule.fact === 'variant' ? isVariant(rule.values, wording) : rule;
    case 'not': {
      const of = settle(rule.of, wording);
      return typeof of === 'boolean' ? !of : { ...rule, of };
    }
    case 'all':
    case 'any': {
      const deciding = rule.op === 'any';
      const parts = rule.of.map((part) => settle(part, wording));
      if (parts.includes(deciding)) return deciding;
      const of = parts.filter((part) => typeof part !== 'boolean');
      if (of.length > 1) return { ...rule, of };
      return of[0] ?? !deciding;
    }
    default:
      return rule;
  }
}

function isVariant(argument: unknown, wording: Omit<Wording, 'language'>): boolean {
  const value = argumentOf(argument, wording);
  return Array.isArray(value) ? value.includes(wording.variantId) : value === wording.variantId;
}
