import { type Calendar, createCalendar } from './calendar.js';
import type {
  DossierActor,
  DossierAssessment,
  DossierDecision,
  DossierEngagement,
  DossierEvidence,
  DossierTeam,
} from './dossier.js';
import type { AssessmentForm, EvidenceKind, Measure, Programme, RecognitionOption, Variant } from './schema.js';

/** A programme with what rules look up by name; see {@link indexProgramme}. */
export interface IndexedProgramme {
  readonly definition: Programme;
  readonly calendar: Calendar;
  readonly variants: ReadonlyMap<string, Variant>;
  readonly measures: ReadonlyMap<string, Measure>;
  /** Parts of each derived measure. */
  readonly sums: ReadonlyMap<string, { readonly unit: string | undefined; readonly facts: readonly string[] }>;
  readonly evidenceKinds: ReadonlyMap<string, EvidenceKind>;
  readonly forms: ReadonlyMap<string, AssessmentForm>;
  readonly options: ReadonlyMap<string, RecognitionOption>;
}

/** Made once for each definition, which nobody changes. */
export function indexProgramme(definition: Programme): IndexedProgramme {
  const known = indexed.get(definition) ?? makeIndex(definition);
  indexed.set(definition, known);
  return known;
}

const indexed = new WeakMap<Programme, IndexedProgramme>();

function makeIndex(definition: Programme): IndexedProgramme {
  const byId = <Thing extends { readonly id: string }>(things: readonly Thing[] | undefined) =>
    new Map((things ?? []).map((thing) => [thing.id, thing]));
  return {
    definition,
    calendar: createCalendar(definition.timezone),
    variants: byId(definition.variants),
    measures: byId(definition.measures),
    sums: new Map((definition.derivedMeasures ?? []).map(({ id, unit, sum }) => [id, { unit, facts: sum }])),
    evidenceKinds: byId(definition.evidenceKinds),
    forms: byId(definition.assessment.forms),
    options: byId(definition.recognitionOptions),
  };
}

/** Everything a rule may look at for one engagement. */
export interface RuleCase {
  readonly programme: IndexedProgramme;
  readonly engagement: DossierEngagement;
  readonly team: DossierTeam | undefined;
  readonly jury: DossierDecision | undefined;
  /** Levels attained so far, 1 or more; complete once competences were computed. */
  readonly levels: ReadonlyMap<string, number>;
  /** Where the same person and activity were recognised before, if they were. */
  readonly recognisedBefore: string | undefined;
}

/** Pieces of the member and of the team together: a team piece counts for all members. */
export function piecesOf({ engagement, team }: Pick<RuleCase, 'engagement' | 'team'>): readonly DossierEvidence[] {
  const teamPieces = team?.evidence ?? [];
  return teamPieces.length === 0 ? engagement.evidence : [...engagement.evidence, ...teamPieces];
}

/** People named on the engagement and on the team. */
export function actorsOf({ engagement, team }: Pick<RuleCase, 'engagement' | 'team'>): readonly DossierActor[] {
  return [...(engagement.actors ?? []), ...(team?.actors ?? [])];
}

export function assessmentsOf({ engagement }: Pick<RuleCase, 'engagement'>): readonly DossierAssessment[] {
  return engagement.assessments ?? [];
}
