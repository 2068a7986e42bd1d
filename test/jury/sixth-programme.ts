import { type Cohort, zCohort } from '../../src/engagement/schema.js';
import type { Programme } from '../../src/programme/schema.js';
import { makeProgramme } from '../programme/cases.js';

const text = (en: string) => ({ fr: `${en} (fr)`, en });
const criterion = (code: string, onFail: string, rule: unknown, when?: unknown) => ({
  code,
  label: text(code),
  onFail,
  rule,
  ...(when === undefined ? {} : { when }),
});
const item = (id: string) => ({ id, label: text(id) });

/**
 * A programme that is none of the five: all three attainment modes, variants with thresholds of their own, credits by
 * hours and by variant, a deadline on the night clocks change, obligations in halves, pathways and figures.
 */
export function sixthProgramme(): Programme {
  return makeProgramme({
    id: 'ateliers-du-fleuve',
    code: 'AF',
    timezone: 'Atlantic/Azores',
    roles: [
      { id: 'skipper', label: text('Skipper') },
      { id: 'referee', label: text('Referee') },
    ],
    params: { leastHours: 7.25, closing: '2026-03-28', year: 2026 },
    variants: [
      { id: 'day', name: text('Day'), open: true, params: {} },
      { id: 'night', name: text('Night'), open: true, params: { leastHours: 3.1 } },
    ],
    measures: [
      { id: 'onWater', type: 'number', unit: 'h', scope: 'member', certifiedBy: ['skipper'] },
      { id: 'ashore', type: 'number', unit: 'h', scope: 'member' },
    ],
    derivedMeasures: [{ id: 'hours', unit: 'h', sum: ['measures.onWater', 'measures.ashore'] }],
    evidenceKinds: [
      { id: 'log', label: text('Log'), scope: 'member', fields: [{ id: 'fileName' }], publicByDefault: true },
    ],
    assessment: {
      scale: { min: 0, max: 5 },
      forms: [
        { id: 'grid', roles: ['skipper', 'referee'], parts: [{ id: 'deck', items: [item('knots'), item('calm')] }] },
        { id: 'mirror', roles: ['self', 'referee'] },
      ],
      attainment: {
        mode: 'indicators',
        form: 'mirror',
        requiresSelf: true,
        confirmingRoles: ['referee'],
        minConfirmers: 1,
        cumulative: true,
        minTraces: 0,
        minReflectionChars: 0,
      },
    },
    competences: [
      {
        id: 'steering',
        name: text('Steering'),
        attainment: { mode: 'criteria' },
        levels: [
          { level: 1, name: text('One'), rule: { op: 'range', fact: 'measures.hours', min: { param: 'leastHours' } } },
          { level: 2, name: text('Two'), rule: { op: 'competenceLevel', competence: 'seamanship', minLevel: 2 } },
        ],
      },
      {
        id: 'seamanship',
        name: text('Seamanship'),
        attainment: { mode: 'ratings', form: 'grid', part: 'deck', roles: ['skipper', 'referee'] },
        levels: [
          { level: 1, name: text('One'), minAverage: 0.5 },
          { level: 2, name: text('Two'), minAverage: 2.93 },
        ],
      },
      {
        id: 'listening',
        name: text('Listening'),
        levels: [{ level: 1, name: text('One'), minIndicators: 1, indicators: [{ id: 'l1', text: text('listens') }] }],
      },
    ],
    criteria: [
      criterion('too-few-hours', 'refuse', { op: 'range', fact: 'measures.hours', min: { param: 'leastHours' } }),
      criterion(
        'log-late',
        'hold',
        { op: 'deadline', fact: 'evidence.log.submittedAt', by: { param: 'closing' }, extension: 'log' },
        { op: 'evidence', kind: 'log' },
      ),
      criterion('quiet', 'warn', { op: 'competenceLevel', competence: 'listening', minLevel: 1 }),
      criterion('already-recognised', 'refuse', { op: 'notAlreadyRecognised' }),
      criterion('jury-pending', 'hold', { op: 'juryDecision', in: ['validated', 'refused'] }),
      criterion('jury-refused', 'refuse', { op: 'not', of: { op: 'juryDecision', in: ['refused'] } }),
    ],
    optionSelection: { min: 1, max: 2 },
    recognitionOptions: [
      {
        id: 'by-hours',
        label: text('By hours'),
        credits: {
          mode: 'byHours',
          fact: 'measures.hours',
          table: [
            { minHours: 3.1, credits: 0.5 },
            { minHours: 7.5, credits: 1.5 },
          ],
        },
        mark: 'optional',
        document: 'transcript-unit',
      },
      {
        id: 'by-variant',
        label: text('By variant'),
        credits: { mode: 'byVariant', table: { night: 2.5 } },
        mark: 'none',
        document: 'badge',
      },
    ],
    obligations: [
      {
        id: 'only',
        cycle: 'only',
        years: 2,
        requiredCredits: 3.5,
        yearlyTargets: [1.5, 2.5],
        carryOver: 'shortfall-due-next-year',
        blocksDiploma: false,
      },
    ],
    pathways: [{ id: 'both', name: text('Both'), requiresVariants: ['day', 'night'] }],
    checkpoints: ['2026-06-30', '2026-01-31'],
    statistics: [
      {
        id: 'half',
        label: text('Half'),
        numerator: { earnedThisYear: { min: 0.5 } },
        denominator: 'roster',
      },
      { id: 'waiting', label: text('Waiting'), numerator: { outcome: 'pending' }, denominator: 'engagements' },
    ],
  });
}

const rated = (role: string, knots: number, calm: number, at = '2026-02-01T10:00:00Z') => ({
  form: 'grid',
  role,
  assessor: `${role}@example.org`,
  at,
  ratings: { knots, calm },
});

const log = (id: string, submittedAt: string) => ({
  id,
  kind: 'log',
  title: 'Log',
  url: `https://evidence.example.org/${id.toLowerCase()}`,
  submittedAt,
  status: 'accepted',
  visibility: 'public',
  fields: {},
});

/** Engagements `{id} {student} {variant}` with what varies; the rest is alike. */
export function sixthCohort(): Cohort {
  const engagement = (id: string, student: string, variant: string, more: Record<string, unknown>) => ({
    id,
    student: {
      id: student,
      familyName: `Fleuve-${student}`,
      givenName: 'Ana',
      email: `${student.toLowerCase()}@example.org`,
      preferredLanguage: 'fr',
    },
    state: 'in-jury',
    activityKey: `af-${id.toLowerCase()}`,
    title: text('Boat'),
    startDate: '2025-10-01',
    endDate: '2026-03-01',
    recognitionOptions: ['by-hours'],
    variant,
    evidence: [log(`${id}-LOG`, '2026-03-01T10:00:00Z')],
    actors: [{ role: 'skipper' }],
    ...more,
  });
  return zCohort.parse({
    programme: 'ateliers-du-fleuve',
    programmeVersion: '1',
    academicYear: '2025-2026',
    academicYearEnd: '2026-06-30',
    engagements: [
      // 3.1 h at night is exactly the variant's least; the sum 1.1 + 2.0 must not fall short of it.
      engagement('A1', 'S1', 'night', {
        recognitionOptions: ['by-variant', 'by-hours'],
        measures: { onWater: 1.1, ashore: 2 },
        assessments: [rated('skipper', 3, 2.85), rated('referee', 2.85, 3)],
      }),
      // The log came in at the last second of a day the Azores' clocks cut short the night after.
      engagement('A2', 'S1', 'day', {
        measures: { onWater: 7.2, ashore: 0.3 },
        evidence: [log('A2-LOG', '2026-03-29T00:59:59Z')],
        assessments: [
          rated('skipper', 5, 5),
          {
            form: 'mirror',
            role: 'self',
            assessor: 's1@example.org',
            at: '2026-02-01T10:00:00Z',
            competence: 'listening',
            indicators: ['l1'],
          },
          {
            form: 'mirror',
            role: 'referee',
            assessor: 'r@example.org',
            at: '2026-02-01T10:00:00Z',
            competence: 'listening',
            indicators: ['l1'],
          },
        ],
      }),
      engagement('A3', 'S2', 'day', {
        measures: { onWater: 7.2, ashore: 0.04 },
        evidence: [log('A3-LOG', '2026-03-29T01:00:00Z')],
      }),
      engagement('A4', 'S2', 'day', {
        measures: { onWater: 7.2, ashore: 0.05 },
        evidence: [log('A4-LOG', '2026-03-29T01:00:00Z')],
      }),
      engagement('A5', 'S3', 'night', { measures: { onWater: 4, ashore: 0 }, recognitionOptions: ['by-variant'] }),
    ],
    roster: ['S1', 'S2', 'S3', 'S4'].map((studentId) => ({
      studentId,
      cycle: 'only',
      yearInCycle: studentId === 'S3' ? 2 : 1,
    })),
    priorAwards: [
      {
        studentId: 'S3',
        programme: 'ateliers-du-fleuve',
        activityKey: 'old',
        academicYear: '2024-2025',
        credits: 0.5,
        cycle: 'only',
        variant: 'day',
      },
    ],
  });
}

/** The jury's file for it, as a spreadsheet of another office would write it. */
export const SIXTH_DECISIONS = [
  'DECISION\tEngagement_id\tgiven_name\tfamily_name\tcredits\tmark\tdecided_at\tcomment',
  'validated\tA1\tAna\tFLEUVE-S1\t3,0\t12,75\t2026-01-31\t"Très\r\nbien"',
  'validated\tA2\tAna\tFleuve-S1\t\t\t2026-06-30T23:30:00-01:00\t',
  'validated\tA3\tAna\tFleuve-S2\t\t\t2026-02-01\t',
  'validated\tA4\tAna\tFleuve-S2\t\t\t2026-02-01\t',
  'validated\tA5\tAna\tFleuve-S3\t2,5\t15\t2026-06-30T23:59:59Z\t',
].join('\r\n');
