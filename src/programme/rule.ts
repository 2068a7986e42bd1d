import { z } from 'zod';
import { isCalendarDay } from '../text/instant.js';

/** A threshold named once in `params`; a variant's `params` win. */
export const zParamRef = z.strictObject({ param: z.string() });
export type ParamRef = z.infer<typeof zParamRef>;

const zNumberArgument = z.union([z.number(), zParamRef]);
const zScalar = z.union([z.string(), z.number(), z.boolean()]);
const zValueArgument = z.union([zScalar, zParamRef]);
const zValuesArgument = z.union([z.array(zScalar), zParamRef]);
const zDateArgument = z.union([
  z.string().refine(isCalendarDay, { error: 'expected an existing day written YYYY-MM-DD' }),
  zParamRef,
]);

/**
 * A rule: one operator over facts, see section 2 of the programme rules. A missing fact makes a leaf false, and so
 * `not` over it true. Members the schema leaves open are kept but mean nothing.
 */
export const zRule = z.discriminatedUnion('op', [
  z.looseObject({
    op: z.literal('all'),
    get of() {
      return z.array(zRule).min(1);
    },
  }),
  z.looseObject({
    op: z.literal('any'),
    get of() {
      return z.array(zRule).min(1);
    },
  }),
  z.looseObject({
    op: z.literal('not'),
    get of() {
      return zRule;
    },
  }),
  z.looseObject({
    op: z.literal('atLeast'),
    n: zNumberArgument,
    get of() {
      return z.array(zRule).min(1);
    },
  }),
  z.looseObject({
    op: z.literal('range'),
    fact: z.string(),
    min: zNumberArgument.optional(),
    max: zNumberArgument.optional(),
  }),
  z.looseObject({ op: z.literal('equals'), fact: z.string(), value: zValueArgument }),
  z.looseObject({ op: z.literal('oneOf'), fact: z.string(), values: zValuesArgument }),
  z.looseObject({ op: z.literal('present'), fact: z.string() }),
  z.looseObject({ op: z.literal('contains'), fact: z.string(), values: zValuesArgument }),
  z.looseObject({ op: z.literal('containsAny'), fact: z.string(), values: zValuesArgument }),
  z.looseObject({
    op: z.literal('evidence'),
    kind: z.string(),
    min: zNumberArgument.optional(),
    status: z.enum(['accepted', 'submitted']).optional(),
  }),
  z.looseObject({ op: z.literal('before'), first: z.string(), second: z.string() }),
  z.looseObject({ op: z.literal('deadline'), fact: z.string(), by: zDateArgument, extension: z.string().optional() }),
  z.looseObject({ op: z.literal('duration'), from: z.string(), to: z.string(), minMonths: zNumberArgument }),
  z.looseObject({
    op: z.literal('filename'),
    fact: z.string(),
    template: z.string(),
    year: z.union([z.number(), z.string(), zParamRef]),
    extension: z.string().optional(),
  }),
  z.looseObject({ op: z.literal('actor'), role: z.string(), min: zNumberArgument.optional() }),
  z.looseObject({ op: z.literal('assessment'), form: z.string(), role: z.string() }),
  z.looseObject({
    op: z.literal('sameAssessor'),
    whenForm: z.string(),
    thenForm: z.string(),
    roles: z.array(z.string()),
  }),
  z.looseObject({ op: z.literal('assessorsIndependent') }),
  z.looseObject({
    op: z.literal('competenceLevel'),
    competence: z.string().optional(),
    minLevel: zNumberArgument,
    minCount: zNumberArgument.optional(),
  }),
  z.looseObject({ op: z.literal('targetsReached') }),
  z.looseObject({ op: z.literal('juryDecision'), in: z.array(z.enum(['validated', 'refused', 'deferred'])) }),
  z.looseObject({ op: z.literal('notAlreadyRecognised') }),
]);
export type Rule = z.infer<typeof zRule>;
export type RuleOperator = Rule['op'];
