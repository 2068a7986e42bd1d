import { z } from 'zod';
import { isCalendarDay, isTimeZone } from '../text/instant.js';
import { zLanguage, zLocalized } from '../text/localized.js';
import { zMicroCredential } from './micro-credential.js';
import { zParamRef, zRule } from './rule.js';

const zSlug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const zCredits = z.number().min(0).multipleOf(0.5);
const zCalendarDay = z.string().refine(isCalendarDay, { error: 'expected an existing day written YYYY-MM-DD' });
const zParams = z.record(
  z.string(),
  z.union([z.number(), z.string(), z.boolean(), z.null(), z.array(z.union([z.number(), z.string(), z.boolean()]))]),
);

/** States of an engagement's life cycle. */
export const zLifecycleState = z.enum([
  'proposed',
  'approved',
  'team-formed',
  'in-progress',
  'submitted',
  'assessed',
  'in-jury',
  'deferred',
  'recognised',
  'refused',
  'withdrawn',
]);
export type LifecycleState = z.infer<typeof zLifecycleState>;

export const zRole = z.looseObject({ id: zSlug, label: zLocalized });
export const zVariant = z.looseObject({
  id: zSlug,
  name: zLocalized,
  open: z.boolean(),
  params: zParams,
  hostCourse: zLocalized.optional(),
});
export type Variant = z.infer<typeof zVariant>;

export const zMeasure = z.looseObject({
  id: z.string(),
  type: z.enum(['number', 'integer', 'boolean', 'date', 'string']),
  unit: z.string().optional(),
  scope: z.enum(['member', 'team']),
  step: z.number().positive().optional(),
  certifiedBy: z.array(z.string()).optional(),
});
export type Measure = z.infer<typeof zMeasure>;

/** Read as `measures.<id>`; missing if one part is missing. */
export const zDerivedMeasure = z.looseObject({
  id: z.string(),
  unit: z.string().optional(),
  sum: z.array(z.string()).min(1),
});

export const zEvidenceKind = z.looseObject({
  id: zSlug,
  label: zLocalized,
  scope: z.enum(['member', 'team']),
  fields: z.array(z.looseObject({ id: z.string(), type: z.string().optional(), unit: z.string().optional() })),
  publicByDefault: z.boolean(),
});
export type EvidenceKind = z.infer<typeof zEvidenceKind>;

const zTransition = z.looseObject({
  id: z.string(),
  from: z.array(zLifecycleState).min(1),
  to: zLifecycleState,
  by: z.array(z.string()).min(1),
  guard: zRule.optional(),
});

/** How the level of a competence is found, section 2 *Attainment modes*. */
export const zAttainment = z.discriminatedUnion('mode', [
  z.looseObject({ mode: z.literal('criteria') }),
  z.looseObject({ mode: z.literal('ratings'), form: z.string(), part: z.string(), roles: z.array(z.string()).min(1) }),
  z.looseObject({
    mode: z.literal('indicators'),
    form: z.string(),
    requiresSelf: z.boolean(),
    confirmingRoles: z.array(z.string()).min(1),
    minConfirmers: z.int().min(0),
    cumulative: z.boolean(),
    minTraces: z.int().min(0),
    minReflectionChars: z.int().min(0),
  }),
]);
export type Attainment = z.infer<typeof zAttainment>;

const zFormItem = z.looseObject({ id: z.string(), label: zLocalized });
export const zAssessmentForm = z.looseObject({
  id: z.string(),
  label: zLocalized.optional(),
  roles: z.array(z.string()),
  parts: z.array(z.looseObject({ id: z.string(), label: zLocalized.optional(), items: z.array(zFormItem) })).optional(),
  fields: z.array(z.string()).optional(),
});
export type AssessmentForm = z.infer<typeof zAssessmentForm>;

export const zLevel = z.looseObject({
  level: z.int().min(1),
  name: zLocalized,
  /** What the level means, in the definition's own words; without it the badge says what the level asks. */
  description: zLocalized.optional(),
  rule: zRule.optional(),
  minAverage: z.number().optional(),
  minIndicators: z.int().min(0).optional(),
  indicators: z.array(z.looseObject({ id: z.string(), text: zLocalized })).optional(),
  source: z.string().optional(),
});
export type Level = z.infer<typeof zLevel>;

export const zCompetence = z.looseObject({
  id: zSlug,
  name: zLocalized,
  attainment: zAttainment.optional(),
  levels: z.array(zLevel).min(1),
  /** Where the competence is defined outside the programme: becomes `alignment` of its result description. */
  alignments: z.array(z.lazy(() => zAlignmentTemplate)).optional(),
});
export type Competence = z.infer<typeof zCompetence>;

export const zCriterion = z.strictObject({
  code: zSlug,
  label: zLocalized,
  onFail: z.enum(['refuse', 'hold', 'warn']),
  rule: zRule,
  when: zRule.optional(),
  source: z.string().optional(),
});
export type Criterion = z.infer<typeof zCriterion>;

/** What an option is worth. `none`, and a table without a row for the case, mean the field is left out: never zero. */
export const zCreditRule = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('fixed'), value: zCredits }),
  z.strictObject({ mode: z.literal('byVariant'), table: z.record(z.string(), zCredits) }),
  z.strictObject({
    mode: z.literal('byHours'),
    fact: z.string(),
    source: z.string().optional(),
    table: z.array(z.strictObject({ minHours: z.number().min(0), credits: zCredits })).min(1),
  }),
]);
export type CreditRule = z.infer<typeof zCreditRule>;

export const zRecognitionOption = z.looseObject({
  id: zSlug,
  label: zLocalized,
  credits: zCreditRule,
  mark: z.enum(['required', 'optional', 'none']),
  document: z.enum(['badge', 'certificate', 'transcript-unit', 'diploma-supplement']),
  criteria: z.array(zCriterion).optional(),
});
export type RecognitionOption = z.infer<typeof zRecognitionOption>;

export const zObligation = z.looseObject({
  id: z.string(),
  label: zLocalized.optional(),
  cycle: z.string(),
  years: z.int().min(1),
  requiredCredits: zCredits,
  yearlyTargets: z.array(zCredits),
  carryOver: z.enum(['shortfall-due-next-year', 'none']),
  blocksDiploma: z.boolean(),
});
export type Obligation = z.infer<typeof zObligation>;

export const zPathway = z.looseObject({
  id: z.string(),
  name: zLocalized,
  requiresVariants: z.array(z.string()).min(1),
});
export type Pathway = z.infer<typeof zPathway>;

export const zStatistic = z.looseObject({
  id: z.string(),
  label: zLocalized,
  numerator: z.union([
    z.strictObject({ outcome: z.enum(['issued', 'refused', 'pending']) }),
    z.strictObject({
      earnedThisYear: z.union([z.strictObject({ min: z.number() }), z.strictObject({ moreThan: z.number() })]),
    }),
  ]),
  denominator: z.enum(['roster', 'engagements']),
  target: z.number().optional(),
  reported: z.number().optional(),
});
export type Statistic = z.infer<typeof zStatistic>;

/** An Open Badges `Alignment` as the definition writes it. @see https://www.imsglobal.org/spec/ob/v3p0#alignment */
export const zAlignmentTemplate = z.looseObject({
  targetName: z.union([z.string(), zLocalized]),
  targetUrl: z.url(),
  targetFramework: z.union([z.string(), zLocalized]).optional(),
  targetCode: z.string().optional(),
  targetDescription: z.union([z.string(), zLocalized]).optional(),
  targetType: z.string().optional(),
});
export type AlignmentTemplate = z.infer<typeof zAlignmentTemplate>;

/** A result the badge shows: `from` is a fact (`measures.x`, `jury.mark`) or the word `competences`. */
export const zResultTemplate = z.looseObject({
  id: zSlug,
  name: zLocalized,
  resultType: z.string(),
  from: z.string(),
  valueMin: z.union([z.string(), zParamRef]).optional(),
  valueMax: z.union([z.string(), zParamRef]).optional(),
  onlyForOptions: z.array(z.string()).optional(),
  public: z.boolean().optional(),
});
export type ResultTemplate = z.infer<typeof zResultTemplate>;

export const zAchievementTemplate = z.looseObject({
  name: zLocalized,
  description: zLocalized,
  criteriaNarrative: zLocalized,
  achievementType: z.string(),
  achievementTypeByVariant: z.record(z.string(), z.string()).optional(),
  creditsAvailable: z.union([zCredits, z.null()]),
  creditsAvailableByVariant: z.record(z.string(), zCredits).optional(),
  tags: z.array(z.string()).optional(),
  resultDescriptions: z.array(zResultTemplate),
  alignments: z.array(zAlignmentTemplate),
  /** Elements of European micro-credentials that the programme's rules state; a variant's members win. */
  microCredential: zMicroCredential.optional(),
  microCredentialByVariant: z.record(z.string(), zMicroCredential).optional(),
});
export type AchievementTemplate = z.infer<typeof zAchievementTemplate>;

/** Where and how the award is written in the diploma supplement. */
export const zSupplementTemplate = z.looseObject({
  item: z.string(),
  fallbackItem: z.string().optional(),
  template: zLocalized,
  noCreditsTemplate: zLocalized.optional(),
});

/**
 * What may be shown. `neverPublic` names fields, evidence kinds or parts of forms that appear nowhere outside the
 * house. `holderName` says how the holder's name stands in a signed badge: `plain` (default) or `hashed`.
 */
export const zSharing = z.looseObject({
  publicFields: z.array(z.string()),
  neverPublic: z.array(z.string()),
  holderName: z.enum(['plain', 'hashed']).optional(),
});

/**
 * A programme definition, schema version 1.0: the whole rule set of one recognition programme. One file is one
 * version; a published version never changes. Objects the published JSON Schema leaves open keep unknown members.
 */
export const zProgramme = z.strictObject({
  schemaVersion: z.literal('1.0'),
  id: zSlug,
  code: z.string().regex(/^[A-Z]{2,4}$/),
  version: z.string(),
  name: zLocalized,
  institution: z.looseObject({
    name: z.string(),
    unit: z.string(),
    country: z.string().regex(/^[A-Z]{2}$/),
    url: z.url({ protocol: /^https?$/ }),
  }),
  timezone: z.string().refine(isTimeZone, { error: 'expected an IANA time zone name' }),
  languages: z.array(zLanguage),
  roles: z.array(zRole),
  params: zParams,
  variants: z.array(zVariant).optional(),
  measures: z.array(zMeasure),
  derivedMeasures: z.array(zDerivedMeasure).optional(),
  evidenceKinds: z.array(zEvidenceKind),
  lifecycle: z.looseObject({
    initial: zLifecycleState,
    states: z.array(zLifecycleState),
    transitions: z.array(zTransition),
  }),
  assessment: z.looseObject({
    forms: z.array(zAssessmentForm),
    attainment: zAttainment.optional(),
    scale: z.looseObject({ min: z.number(), max: z.number() }).optional(),
  }),
  competences: z.array(zCompetence),
  criteria: z.array(zCriterion).min(1),
  optionSelection: z.looseObject({ min: z.int().min(0), max: z.int().min(1) }),
  recognitionOptions: z.array(zRecognitionOption).min(1),
  obligations: z.array(zObligation),
  pathways: z.array(zPathway).optional(),
  checkpoints: z.array(zCalendarDay).optional(),
  statistics: z.array(zStatistic),
  achievement: zAchievementTemplate,
  diplomaSupplement: zSupplementTemplate,
  sharing: zSharing,
});
export type Programme = z.infer<typeof zProgramme>;
