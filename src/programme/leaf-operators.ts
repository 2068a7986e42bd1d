import { assessment, assessorsIndependent, sameAssessor, targetsReached } from './operators/assessment-operators.js';
import { actor, competenceLevel, evidence } from './operators/count-operators.js';
import { filename } from './operators/filename-operator.js';
import type { LeafOperator } from './operators/operator.js';
import { before, deadline, duration } from './operators/time-operators.js';
import {
  contains,
  containsAny,
  equals,
  juryDecision,
  notAlreadyRecognised,
  oneOf,
  present,
  range,
} from './operators/value-operators.js';
import type { RuleOperator } from './rule.js';

/** Operators that join other rules. */
export type JoiningOperator = 'all' | 'any' | 'not' | 'atLeast';
export type LeafOperatorName = Exclude<RuleOperator, JoiningOperator>;

/** Every operator that looks at facts, by name: a new one fails to compile until it stands here. */
export const leafOperators: { readonly [Op in LeafOperatorName]: LeafOperator<Op> } = {
  range,
  equals,
  oneOf,
  present,
  contains,
  containsAny,
  evidence,
  before,
  deadline,
  duration,
  filename,
  actor,
  assessment,
  sameAssessor,
  assessorsIndependent,
  competenceLevel,
  targetsReached,
  juryDecision,
  notAlreadyRecognised,
};
