import { ownValue } from './own-value.js';
import type { ParamRef } from './rule.js';
import type { RuleCase } from './rule-case.js';

function isParamRef(argument: unknown): argument is ParamRef {
  return typeof argument === 'object' && argument !== null && !Array.isArray(argument) && 'param' in argument;
}

/** The value of a rule argument: itself, or the parameter it names. The variant's parameter wins, even when null. */
export function argumentValue(
  argument: unknown,
  { programme, engagement }: Pick<RuleCase, 'programme' | 'engagement'>,
) {
  if (!isParamRef(argument)) return argument;
  const variantParams =
    engagement.variant === undefined ? undefined : programme.variants.get(engagement.variant)?.params;
  if (variantParams !== undefined && Object.hasOwn(variantParams, argument.param)) return variantParams[argument.param];
  return ownValue(programme.definition.params, argument.param);
}

/** The argument as a finite number, `undefined` when it is missing or something else. */
export function numberArgument(argument: unknown, ruleCase: RuleCase): number | undefined {
  const value = argumentValue(argument, ruleCase);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The argument as a list of plain values, `undefined` when it is missing or something else. */
export function listArgument(
  argument: unknown,
  ruleCase: RuleCase,
): readonly (string | number | boolean)[] | undefined {
  const value = argumentValue(argument, ruleCase);
  if (!Array.isArray(value)) return undefined;
  const list: readonly unknown[] = value;
  return list.filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean');
}
