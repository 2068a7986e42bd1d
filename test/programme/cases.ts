import type { DossierEngagement, DossierTeam } from '../../src/programme/dossier.js';
import { zRule } from '../../src/programme/rule.js';
import { indexProgramme, type RuleCase } from '../../src/programme/rule-case.js';
import { ruleHolds } from '../../src/programme/rule-holds.js';
import { type Programme, zProgramme } from '../../src/programme/schema.js';

const text = (en: string) => ({ fr: en, en });

/** The least definition that is one; members given win. */
export function makeProgramme(members: Partial<Record<keyof Programme, unknown>> = {}): Programme {
  return zProgramme.parse({
    schemaVersion: '1.0',
    id: 'sixth',
    code: 'SX',
    version: '1',
    name: text('Sixth programme'),
    institution: { name: 'Institute', unit: 'Unit', country: 'FR', url: 'https://institute.example.org' },
    timezone: 'Europe/Paris',
    languages: ['fr', 'en'],
    roles: [],
    params: {},
    measures: [],
    evidenceKinds: [],
    lifecycle: { initial: 'proposed', states: ['proposed'], transitions: [] },
    assessment: { forms: [] },
    competences: [],
    criteria: [{ code: 'jury-pending', label: text('Jury awaited'), onFail: 'hold', rule: juryDecided }],
    optionSelection: { min: 1, max: 1 },
    recognitionOptions: [
      { id: 'badge', label: text('Badge'), credits: { mode: 'none' }, mark: 'none', document: 'badge' },
    ],
    obligations: [],
    statistics: [],
    achievement: {
      name: text('Name'),
      description: text('Description'),
      criteriaNarrative: text('Criteria'),
      achievementType: 'Badge',
      creditsAvailable: null,
      resultDescriptions: [],
      alignments: [],
    },
    diplomaSupplement: { item: '6.1', template: text('Template') },
    sharing: { publicFields: [], neverPublic: [] },
    ...members,
  });
}

const juryDecided = { op: 'juryDecision', in: ['validated', 'refused'] };

export function makeEngagement(members: Readonly<Record<string, unknown>> = {}): DossierEngagement {
  return {
    id: 'E1',
    student: { id: 'S1', familyName: 'd’Almeida', givenName: 'Zoé', email: 'zoe@example.org' },
    activityKey: 'a-1',
    recognitionOptions: ['badge'],
    measures: {},
    evidence: [],
    ...members,
  };
}

export interface CaseParts {
  readonly programme?: Programme;
  readonly engagement?: DossierEngagement;
  readonly team?: DossierTeam;
  readonly jury?: RuleCase['jury'];
  readonly levels?: Readonly<Record<string, number>>;
  readonly recognisedBefore?: string;
}

export function makeCase(parts: CaseParts = {}): RuleCase {
  return {
    programme: indexProgramme(parts.programme ?? makeProgramme()),
    engagement: parts.engagement ?? makeEngagement(),
    team: parts.team,
    jury: parts.jury,
    levels: new Map(Object.entries(parts.levels ?? {})),
    recognisedBefore: parts.recognisedBefore,
  };
}

/** Whether a rule, as a definition writes it, is met. */
export function holds(rule: unknown, parts: CaseParts = {}): boolean {
  return ruleHolds(zRule.parse(rule), makeCase(parts));
}

/** A piece of evidence; members given win. */
export function makePiece(members: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 'P1',
    kind: 'report',
    submittedAt: '2026-03-01T12:00:00+01:00',
    status: 'accepted' as const,
    fields: {},
    ...members,
  };
}
