import { describe, expect, it } from 'vitest';
import { computeObligations, type EarnedCredits } from '../../src/programme/obligation.js';
import { computePathwayAwards } from '../../src/programme/pathway.js';
import { computeStatistics } from '../../src/programme/statistic.js';
import { makeProgramme } from './cases.js';

const text = (en: string) => ({ fr: en, en });
const programme = makeProgramme({
  obligations: [
    {
      id: 'engineering',
      cycle: 'engineering',
      years: 3,
      requiredCredits: 2,
      yearlyTargets: [1, 1, 0],
      carryOver: 'shortfall-due-next-year',
      blocksDiploma: true,
    },
    {
      id: 'preparatory',
      cycle: 'preparatory',
      years: 2,
      requiredCredits: 1.5,
      yearlyTargets: [1, 1],
      carryOver: 'shortfall-due-next-year',
      blocksDiploma: true,
    },
  ],
});
const MAY = Date.parse('2016-05-20T12:00:00+02:00');

function item(input: {
  readonly year: number;
  readonly earlier?: number;
  readonly earned?: number;
  readonly asOf?: string;
  readonly cycle?: string;
}) {
  const { year, earlier = 0, earned = 0, asOf = '2016-06-30', cycle = 'engineering' } = input;
  const priorAwards = [{ studentId: 'S', programme: 'sixth', cycle, credits: earlier }];
  const roster = [{ studentId: 'S', cycle, yearInCycle: year }];
  const { items } = computeObligations({
    programme,
    cohort: { academicYearEnd: '2016-08-31', roster, priorAwards },
    earned: [{ studentId: 'S', credits: earned, decidedAt: MAY }],
    asOf,
  });
  return items[0];
}

describe('obligations', () => {
  it.each([
    [
      { year: 1, earned: 2 },
      { status: 'fulfilled', dueThisYear: 1, shortfall: 0, dueNextYear: 0, alert: false },
    ],
    [
      { year: 1, earned: 2.5 },
      { status: 'fulfilled', dueNextYear: 0, earnedInCycle: 2.5 },
    ],
    [
      { year: 1, earned: 1 },
      { status: 'on-track', dueNextYear: 1, shortfall: 0, alert: false },
    ],
    [
      { year: 1, earned: 0.5 },
      { status: 'at-risk', dueNextYear: 1.5, shortfall: 0.5, alert: true },
    ],
    [
      { year: 1, earned: 0, asOf: '2016-08-31' },
      { status: 'at-risk', dueNextYear: 2 },
    ],
    [
      { year: 1, earned: 0, asOf: '2016-09-01' },
      { status: 'carried-over', dueNextYear: 2, alert: true },
    ],
    [
      { year: 2, earlier: 1.5, earned: 0 },
      { status: 'at-risk', dueThisYear: 0.5, shortfall: 0.5, dueNextYear: 0.5 },
    ],
    [
      { year: 2, earlier: 2, earned: 0 },
      { status: 'fulfilled', dueThisYear: 0, dueNextYear: 0 },
    ],
    [
      { year: 3, earlier: 1, earned: 0.5, asOf: '2016-09-01' },
      { status: 'failed', dueNextYear: null, shortfall: 0.5 },
    ],
    [
      { year: 3, earlier: 1, earned: 0.5 },
      { status: 'at-risk', dueThisYear: 1, dueNextYear: null },
    ],
    [
      { year: 3, earlier: 1, earned: 1 },
      { status: 'fulfilled', dueThisYear: 1, shortfall: 0 },
    ],
    [
      { year: 2, cycle: 'preparatory', earned: 1 },
      { status: 'at-risk', dueThisYear: 1.5, shortfall: 0.5 },
    ],
    [
      { year: 1, cycle: 'preparatory', earned: 1 },
      { status: 'on-track', dueNextYear: 0.5 },
    ],
  ])('%j gives %j', (input, expected) => {
    expect(item(input)).toMatchObject(expected);
  });

  it('count what was decided on or before the day asked, in the programme’s time zone', () => {
    const lateEvening = Date.parse('2016-05-20T22:30:00Z');
    const earned = (decidedAt: number | undefined, asOf: string) =>
      computeObligations({
        programme,
        cohort: { roster: [{ studentId: 'S', cycle: 'engineering', yearInCycle: 1 }] },
        earned: [{ studentId: 'S', credits: 1, decidedAt }],
        asOf,
      }).items[0]?.earnedThisYear;
    expect(earned(lateEvening, '2016-05-20')).toBe(0);
    expect(earned(lateEvening, '2016-05-21')).toBe(1);
    expect(earned(MAY, '2016-05-20')).toBe(1);
    expect(earned(MAY, '2016-05-19')).toBe(0);
    expect(earned(undefined, '2030-01-01')).toBe(0);
  });

  it('stand in the order of the definition, then of the roster, and leave other cycles and programmes aside', () => {
    const roster = ['preparatory', 'engineering', 'doctoral', 'engineering'].map((cycle, index) => ({
      studentId: `S${index}`,
      cycle,
      yearInCycle: 1,
    }));
    const priorAwards = [
      { studentId: 'S1', programme: 'other', cycle: 'engineering', credits: 2 },
      { studentId: 'S1', programme: 'sixth', cycle: 'preparatory', credits: 2 },
      { studentId: 'S3', programme: 'sixth', cycle: 'engineering', credits: null },
    ];
    const { items } = computeObligations({
      programme,
      cohort: { roster, priorAwards },
      earned: [],
      asOf: '2016-01-01',
    });
    expect(items.map(({ studentId, earnedInCycle }) => [studentId, earnedInCycle])).toEqual([
      ['S1', 0],
      ['S3', 0],
      ['S0', 0],
    ]);
  });
});

describe('pathway awards', () => {
  const withPathways = makeProgramme({
    pathways: [
      { id: 'three', name: text('Three'), requiresVariants: ['a', 'b', 'c'] },
      { id: 'two', name: text('Two'), requiresVariants: ['a', 'b'] },
    ],
  });
  const prior = (studentId: string, ...variants: string[]) =>
    variants.map((variant) => ({ studentId, variant, programme: 'sixth' }));
  const awards = (issued: readonly (readonly [string, string])[], priorAwards: ReturnType<typeof prior>) =>
    computePathwayAwards({
      programme: withPathways,
      students: ['S2', 'S1', 'S2'],
      issued: issued.map(([studentId, variant]) => ({ studentId, variant })),
      priorAwards,
    }).map(({ pathway, studentId }) => `${pathway} ${studentId}`);

  it('need every variant, one of them issued here, and come once in order', () => {
    expect(
      awards(
        [
          ['S1', 'c'],
          ['S2', 'b'],
          ['S2', 'b'],
        ],
        [...prior('S1', 'a', 'b'), ...prior('S2', 'a', 'c')],
      ),
    ).toEqual(['three S2', 'three S1', 'two S2']);
    expect(awards([], prior('S1', 'a', 'b', 'c'))).toEqual([]);
    expect(awards([['S1', 'd']], prior('S1', 'a', 'b', 'c'))).toEqual([]);
    expect(awards([['S1', 'a']], prior('S2', 'b', 'c'))).toEqual([]);
    expect(
      awards(
        [['S1', 'c']],
        prior('S1', 'a', 'b').map((award) => ({ ...award, programme: 'other' })),
      ),
    ).toEqual([]);
  });
});

describe('statistics', () => {
  const statistic = (id: string, numerator: unknown, denominator: string) => ({
    id,
    label: text(id),
    numerator,
    denominator,
  });
  const reporting = makeProgramme({
    statistics: [
      statistic('issued', { outcome: 'issued' }, 'engagements'),
      statistic('some', { earnedThisYear: { min: 1 } }, 'roster'),
      statistic('more', { earnedThisYear: { moreThan: 1 } }, 'roster'),
    ],
  });
  const earned: readonly EarnedCredits[] = [
    { studentId: 'A', credits: 0.5, decidedAt: MAY },
    { studentId: 'A', credits: 0.5, decidedAt: MAY },
    { studentId: 'B', credits: 1.5, decidedAt: MAY },
    { studentId: 'C', credits: null, decidedAt: MAY },
    { studentId: 'Z', credits: 9, decidedAt: MAY },
  ];
  const values = (asOf: string | undefined) =>
    computeStatistics({
      programme: reporting,
      outcomes: ['issued', 'refused', 'issued', 'pending'],
      roster: ['A', 'B', 'C', 'D'].map((studentId) => ({ studentId })),
      earned,
      asOf,
    });

  it('are counts over the engagements or the whole roster, at the last date asked', () => {
    expect(values('2016-06-30')).toEqual({
      issued: { numerator: 2, denominator: 4 },
      some: { numerator: 2, denominator: 4 },
      more: { numerator: 1, denominator: 4 },
      asOf: '2016-06-30',
    });
    expect(values('2016-01-01')['some']).toEqual({ numerator: 0, denominator: 4 });
    expect(values(undefined)).not.toHaveProperty('asOf');
    expect(values(undefined)['some']).toEqual({ numerator: 2, denominator: 4 });
  });
});
