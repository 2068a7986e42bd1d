import { sumDecimals } from './decimal.js';
import { ownValue } from './own-value.js';
import type { RuleCase } from './rule-case.js';
import type { CreditRule } from './schema.js';

/** Looks a fact up; `undefined` when it is missing. */
export type FactLookup = (path: string) => unknown;

/**
 * What an option is worth, section 2 *Credits*. `undefined` means that the field is left out: mode `none`, a variant
 * without a row, or hours below the first row. Never zero in disguise.
 */
export function creditsOf(rule: CreditRule, variant: string | undefined, fact: FactLookup): number | undefined {
  switch (rule.mode) {
    case 'none':
      return undefined;
    case 'fixed':
      return rule.value;
    case 'byVariant':
      return variant === undefined ? undefined : ownValue(rule.table, variant);
    case 'byHours': {
      const hours = fact(rule.fact);
      if (typeof hours !== 'number') return undefined;
      const reached = rule.table.filter((row) => hours >= row.minHours);
      return reached.reduce<(typeof reached)[number] | undefined>(
        (highest, row) => (highest === undefined || row.minHours > highest.minHours ? row : highest),
        undefined,
      )?.credits;
    }
  }
}

/** The total of several options; `undefined` when none of them carries credits. */
export function totalCredits(credits: readonly (number | undefined)[]): number | undefined {
  const stated = credits.filter((amount) => amount !== undefined);
  return stated.length === 0 ? undefined : sumDecimals(stated);
}

/** The total of the options asked, known ones, each once: the fact `computed.credits`. */
export function creditsAsked({ programme, engagement }: RuleCase, fact: FactLookup): number | undefined {
  const asked = [...new Set(engagement.recognitionOptions)].map((id) => programme.options.get(id));
  return totalCredits(
    asked.map((option) => (option === undefined ? undefined : creditsOf(option.credits, engagement.variant, fact))),
  );
}
