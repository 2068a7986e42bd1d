import { z } from 'zod';
import { zLifecycleState } from '../programme/schema.js';
import { isCalendarDay, parseInstant } from '../text/instant.js';
import { zLanguage, zLocalized } from '../text/localized.js';

const zCalendarDay = z.string().refine(isCalendarDay, { error: 'expected an existing day written YYYY-MM-DD' });
const zInstantText = z.string().refine((text) => parseInstant(text) !== undefined, {
  error: 'expected an instant with an offset, such as 2026-06-24T16:00:00+02:00',
});
const zFieldValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number(), z.boolean()])),
]);

/**
 * An object of the dossier: further members are kept, and a null where a member may be missing means that it is
 * missing, as databases write it (section 2, `present`: "neither missing nor null").
 */
function zDossierObject<Shape extends z.ZodRawShape>(shape: Shape) {
  const optional = Object.entries<unknown>(shape).flatMap(([name, member]) =>
    member instanceof z.ZodOptional && !member.safeParse(null).success ? [name] : [],
  );
  const isAbsent = ([name, value]: readonly [string, unknown]) => value === null && optional.includes(name);
  return z.preprocess((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    const members = Object.entries(value);
    return members.some(isAbsent) ? Object.fromEntries(members.filter((member) => !isAbsent(member))) : value;
  }, z.looseObject(shape));
}
const zHttpUrl = z.url({ protocol: /^https?$/ }).max(2000);

/** A person who studies. `email` and `birthDate` stay inside the house. */
export const zStudent = z.looseObject({
  id: z.string().min(1),
  studentNumber: z.string().nullable().optional(),
  familyName: z.string(),
  givenName: z.string(),
  nativeName: z.string().nullable().optional(),
  birthDate: zCalendarDay.nullable().optional(),
  /** Addresses are compared trimmed everywhere, so blanks around one are no part of it. */
  email: z.string().trim(),
  preferredLanguage: zLanguage,
});
export type Student = z.infer<typeof zStudent>;

/** Somebody named on a team or an engagement, in a role of the programme. */
export const zActor = zDossierObject({ role: z.string(), name: z.string().optional(), email: z.string().optional() });
export type Actor = z.infer<typeof zActor>;

/** A piece proving a fact. `digestSRI` states the digest of a file that lies elsewhere. */
export const zEvidencePiece = zDossierObject({
  id: z.string().min(1),
  kind: z.string(),
  title: z.string(),
  url: zHttpUrl,
  submittedAt: zInstantText,
  status: z.enum(['submitted', 'accepted', 'rejected']),
  visibility: z.enum(['public', 'private']),
  fields: z.record(z.string(), zFieldValue),
  digestSRI: z
    .string()
    .regex(/^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}$/)
    .optional(),
});
export type EvidencePiece = z.infer<typeof zEvidencePiece>;

/** A judgement by a role on a form: indicators of a competence, ratings of items, or a comment. */
export const zAssessment = zDossierObject({
  form: z.string(),
  role: z.string(),
  assessor: z.string(),
  at: zInstantText,
  competence: z.string().optional(),
  targetLevel: z.int().min(1).optional(),
  indicators: z.array(z.string()).optional(),
  reflection: z.string().optional(),
  /** A grid may stand half filled: an item without a number, or null, is not rated. */
  ratings: z.record(z.string(), z.number().nullable()).optional(),
  comment: z.string().optional(),
});
export type Assessment = z.infer<typeof zAssessment>;

/** A later personal deadline for one evidence kind. */
export const zExtension = zDossierObject({
  evidence: z.string(),
  until: zCalendarDay,
  grantedBy: z.string().optional(),
  reason: z.string().optional(),
});

export const zTeam = zDossierObject({
  id: z.string().min(1),
  route: z.string().optional(),
  title: zLocalized.optional(),
  contractor: z.string().optional(),
  skills: z.array(z.string()).optional(),
  sizeAtLaunch: z.int().min(0).optional(),
  launchedAt: zInstantText.optional(),
  actors: z.array(zActor).optional(),
  evidence: z.array(zEvidencePiece).optional(),
});
export type Team = z.infer<typeof zTeam>;

/** What one student did in one programme. Further members are facts that rules may name (`context`, `supportTypes` …). */
export const zEngagement = zDossierObject({
  id: z.string().min(1),
  teamId: z.string().nullable().optional(),
  student: zStudent,
  state: zLifecycleState,
  activityKey: z.string(),
  title: zLocalized,
  role: zLocalized.optional(),
  startDate: zCalendarDay,
  endDate: zCalendarDay,
  recognitionOptions: z.array(z.string()),
  measures: z.record(z.string(), z.union([z.number(), z.string(), z.boolean(), z.null()])),
  evidence: z.array(zEvidencePiece),
  actors: z.array(zActor).optional(),
  assessments: z.array(zAssessment).optional(),
  extensions: z.array(zExtension).optional(),
  variant: z.string().optional(),
  activityType: z.string().optional(),
  department: z.string().optional(),
  context: z.string().optional(),
  supportTypes: z.array(z.string()).optional(),
  hostOrganisation: z.string().optional(),
  place: z.string().optional(),
});
export type Engagement = z.infer<typeof zEngagement>;

/** One student of the promotion, whether or not they did anything. */
export const zRosterEntry = zDossierObject({
  studentId: z.string(),
  name: z.string().optional(),
  cycle: z.string(),
  yearInCycle: z.int().min(1),
});
export type RosterEntry = z.infer<typeof zRosterEntry>;

/** Recognition given earlier, here or in another programme. */
export const zPriorAward = zDossierObject({
  studentId: z.string(),
  programme: z.string(),
  activityKey: z.string(),
  academicYear: z.string(),
  credits: z.number().nullable().optional(),
  cycle: z.string().optional(),
  yearInCycle: z.int().min(1).optional(),
  variant: z.string().optional(),
});
export type PriorAward = z.infer<typeof zPriorAward>;

/** An engagements file: one cohort of one programme version. */
export const zCohort = zDossierObject({
  programme: z.string(),
  programmeVersion: z.string(),
  academicYear: z.string(),
  academicYearEnd: zCalendarDay.optional(),
  teams: z.array(zTeam).optional(),
  engagements: z.array(zEngagement),
  roster: z.array(zRosterEntry).optional(),
  priorAwards: z.array(zPriorAward).optional(),
});
export type Cohort = z.infer<typeof zCohort>;
