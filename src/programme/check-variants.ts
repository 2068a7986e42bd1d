import type { Place } from './check-place.js';

/**
 * For which variants can a rule be true, and for which is it surely true? Only what the rule says of the fact
 * `variant` is understood; everything else can be true and can be false.
 */
export interface VariantReach {
  readonly may: ReadonlySet<string>;
  readonly must: ReadonlySet<string>;
}

const intersection = (left: ReadonlySet<string>, right: ReadonlySet<string>) =>
  new Set([...left].filter((name) => right.has(name)));
const union = (left: ReadonlySet<string>, right: ReadonlySet<string>) => new Set([...left, ...right]);

/** The names of `left` that are not in `right`. */
export const without = (left: ReadonlySet<string>, right: ReadonlySet<string>): Set<string> =>
  new Set([...left].filter((name) => !right.has(name)));

function namedVariants(rule: Place): Set<string> | undefined {
  if (rule.at('fact').text !== 'variant') return undefined;
  const op = rule.at('op').text;
  if (op === 'equals') return new Set(rule.at('value').text === undefined ? [] : [rule.at('value').text ?? '']);
  if (op === 'oneOf' && Array.isArray(rule.at('values').value)) {
    return new Set(
      rule
        .at('values')
        .texts()
        .map(({ text }) => text),
    );
  }
  return undefined;
}

/** @param all ids of every variant */
export function variantReach(rule: Place, all: ReadonlySet<string>): VariantReach {
  const named = namedVariants(rule);
  if (named !== undefined) return { may: intersection(all, named), must: intersection(all, named) };
  const of = rule.at('of');
  switch (rule.at('op').text) {
    case 'all': {
      const parts = of.list().map((part) => variantReach(part, all));
      return {
        may: parts.reduce((may, part) => intersection(may, part.may), all),
        must: parts.reduce((must, part) => intersection(must, part.must), all),
      };
    }
    case 'any': {
      const parts = of.list().map((part) => variantReach(part, all));
      const none: ReadonlySet<string> = new Set();
      return {
        may: parts.reduce((may, part) => union(may, part.may), none),
        must: parts.reduce((must, part) => union(must, part.must), none),
      };
    }
    case 'not': {
      const inner = variantReach(of, all);
      return { may: without(all, inner.must), must: without(all, inner.may) };
    }
    default:
      return { may: all, must: new Set() };
  }
}
