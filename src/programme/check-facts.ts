import type { Json } from '../ports/json.js';
import { type FactTypeName, PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared, FactType } from './check-declared.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

/** Members of a dossier that rules may name; an engagement may carry others. */
const ENGAGEMENT_FACTS: Readonly<Record<string, FactType>> = {
  id: 'text',
  teamId: 'text',
  state: 'text',
  activityKey: 'text',
  title: 'any',
  role: 'any',
  startDate: 'date',
  endDate: 'date',
  recognitionOptions: 'list',
  variant: 'text',
  activityType: 'text',
  department: 'text',
  context: 'text',
  supportTypes: 'list',
  hostOrganisation: 'text',
  place: 'text',
  actors: 'list',
  assessments: 'list',
  extensions: 'list',
  evidence: 'list',
};
const TEAM_FACTS: Readonly<Record<string, FactType>> = {
  id: 'text',
  route: 'text',
  title: 'any',
  contractor: 'text',
  skills: 'list',
  sizeAtLaunch: 'number',
  launchedAt: 'date',
};
const STUDENT_FACTS: Readonly<Record<string, FactType>> = {
  id: 'text',
  studentNumber: 'text',
  familyName: 'text',
  givenName: 'text',
  nativeName: 'text',
  birthDate: 'date',
  email: 'text',
  preferredLanguage: 'text',
};
const JURY_FACTS: Readonly<Record<string, FactType>> = { decision: 'text', mark: 'number' };

/** The members of an engagement that a sentence about it may quote. */
export const ENGAGEMENT_TEXTS: readonly string[] = [
  'title',
  'role',
  'activityType',
  'department',
  'context',
  'supportTypes',
  'hostOrganisation',
  'place',
];

const own = (facts: Readonly<Record<string, FactType>>, name: string) =>
  Object.hasOwn(facts, name) ? facts[name] : undefined;
const prefixed = (prefix: string, names: readonly string[]) => names.map((name) => `${prefix}.${name}`);

/** The same of its team. */
export const TEAM_TEXTS: readonly string[] = ['title', 'contractor', 'skills', 'route'];

/** Every fact a rule may name, written out for suggestions. */
function knownFacts(declared: Declared): string[] {
  return [
    ...prefixed('measures', declared.measures.known),
    ...[...declared.evidenceFields].flatMap(([kind, fields]) => prefixed(`evidence.${kind}`, [...fields.keys()])),
    ...prefixed('jury', Object.keys(JURY_FACTS)),
    'computed.credits',
    ...prefixed('computed.levels', declared.competences.known),
    ...Object.keys(ENGAGEMENT_FACTS),
    ...prefixed('team', Object.keys(TEAM_FACTS)),
    ...prefixed('student', Object.keys(STUDENT_FACTS)),
  ];
}

function typeOfEvidenceFact(path: string, place: Place, declared: Declared, report: CheckReport): FactType | undefined {
  const dot = path.indexOf('.');
  const kind = dot < 0 ? path : path.slice(0, dot);
  const field = dot < 0 ? '' : path.slice(dot + 1);
  if (!declared.evidenceKinds.has(kind)) {
    report.mistake(place, PROGRAMME_MISTAKES.unknown('evidence-kind', kind, declared.evidenceKinds.known));
    return undefined;
  }
  const fields = declared.evidenceFields.get(kind);
  if (fields === undefined) return 'any';
  const type = fields.get(field);
  if (type === undefined)
    report.mistake(place, PROGRAMME_MISTAKES.unknown('evidence-field', field, [...fields.keys()]));
  return type;
}

/**
 * Reports a fact that nothing declares (as a mistake where the definition declares such facts, as a warning where the
 * dossier may carry members of its own) and says what the fact holds; `undefined` when it was reported.
 */
export function checkFact(place: Place, declared: Declared, report: CheckReport): FactType | undefined {
  const fact = place.text;
  if (fact === undefined) return undefined;
  const dot = fact.indexOf('.');
  const [head, rest] = dot < 0 ? [fact, ''] : [fact.slice(0, dot), fact.slice(dot + 1)];
  const unknown = (): undefined => {
    report.mistake(place, PROGRAMME_MISTAKES.unknown('fact', fact, knownFacts(declared)));
    return undefined;
  };
  const unusual = (): FactType => {
    report.warning(place, PROGRAMME_MISTAKES.unusualFact(fact));
    return 'any';
  };
  switch (head) {
    case 'measures':
      if (declared.measures.has(rest)) return declared.measureTypes.get(rest) ?? 'any';
      report.mistake(place, PROGRAMME_MISTAKES.unknown('measure', rest, declared.measures.known));
      return undefined;
    case 'evidence':
      return dot < 0 ? 'list' : typeOfEvidenceFact(rest, place, declared, report);
    case 'jury':
      return own(JURY_FACTS, rest) ?? unknown();
    case 'computed':
      if (rest === 'credits') return 'number';
      if (!rest.startsWith('levels.')) return unknown();
      if (declared.competences.has(rest.slice(7))) return 'number';
      report.mistake(place, PROGRAMME_MISTAKES.unknown('competence', rest.slice(7), declared.competences.known));
      return undefined;
    case 'team':
      return dot < 0 ? unknown() : (own(TEAM_FACTS, rest) ?? unusual());
    case 'student':
      return dot < 0 ? unknown() : (own(STUDENT_FACTS, rest) ?? unusual());
    default:
      return own(ENGAGEMENT_FACTS, fact) ?? unusual();
  }
}

/** Checks a fact and that it holds what is wanted of it. */
export function checkFactHolds(place: Place, wanted: FactTypeName, declared: Declared, report: CheckReport): void {
  const type = checkFact(place, declared, report);
  if (type === undefined || type === 'any' || type === wanted) return;
  report.mistake(place, PROGRAMME_MISTAKES.factType(place.text ?? '', type, wanted));
}

/** Can a value written in JSON equal a fact of this type? Values are compared with their type. */
export function canEqual(type: FactType, value: Json): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'text':
    case 'date':
      return typeof value === 'string';
    case 'list':
      return false;
    default:
      return true;
  }
}
