import { describe, expect, it } from 'vitest';
import { readDecisionFile } from '../../src/jury/decision-file.js';
import { evaluateProgramme } from '../../src/jury/evaluate.js';
import { matchDecisions } from '../../src/jury/match-decisions.js';
import { SIXTH_DECISIONS, sixthCohort, sixthProgramme } from './sixth-programme.js';

function evaluated() {
  const [programme, cohort] = [sixthProgramme(), sixthCohort()];
  const file = readDecisionFile(new TextEncoder().encode(SIXTH_DECISIONS), { timeZone: programme.timezone });
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  const decisions = matchDecisions(file.rows, cohort.engagements);
  return evaluateProgramme({ programme, cohort, decisions });
}

describe('a sixth programme, by file only', () => {
  it('gives every verdict the rules ask for', () => {
    const { evaluation } = evaluated();
    expect(evaluation).toStrictEqual({
      programme: 'ateliers-du-fleuve',
      results: [
        {
          engagementId: 'A1',
          outcome: 'issued',
          reasons: [],
          warnings: ['quiet'],
          optionsGranted: ['by-variant', 'by-hours'],
          creditsEarned: 3,
          mark: 12.75,
          competenceLevels: { steering: 2, seamanship: 2 },
          ratingAverages: { seamanship: 2.93 },
        },
        {
          engagementId: 'A2',
          outcome: 'issued',
          reasons: [],
          warnings: [],
          optionsGranted: ['by-hours'],
          creditsEarned: 1.5,
          mark: null,
          competenceLevels: { steering: 1, listening: 1 },
          ratingAverages: {},
        },
        {
          engagementId: 'A3',
          outcome: 'refused',
          reasons: ['too-few-hours', 'log-late'],
          warnings: ['quiet', 'jury-validated-but-not-issuable'],
          optionsGranted: [],
          creditsEarned: null,
          mark: null,
          competenceLevels: {},
        },
        {
          engagementId: 'A4',
          outcome: 'pending',
          reasons: ['log-late'],
          warnings: ['quiet', 'jury-validated-but-not-issuable'],
          optionsGranted: [],
          creditsEarned: null,
          mark: null,
          competenceLevels: {},
        },
        {
          engagementId: 'A5',
          outcome: 'issued',
          reasons: [],
          warnings: ['quiet', 'mark-ignored'],
          optionsGranted: ['by-variant'],
          creditsEarned: 2.5,
          mark: null,
          competenceLevels: { steering: 1 },
          ratingAverages: {},
        },
      ],
      importIssues: [],
      counts: { issued: 3, refused: 1, pending: 1 },
      statistics: {
        half: { numerator: 2, denominator: 4 },
        waiting: { numerator: 1, denominator: 5 },
        asOf: '2026-06-30',
      },
      obligations: [
        { asOf: '2026-01-31', items: obligationItems([3, 0, 0, 0]) },
        { asOf: '2026-06-30', items: obligationItems([3, 0, 2.5, 0]) },
      ],
      pathwayAwards: [
        { pathway: 'both', studentId: 'S1' },
        { pathway: 'both', studentId: 'S3' },
      ],
    });
  });

  it('says who confirmed what', () => {
    const { levels } = evaluated();
    expect(levels.get('A1')?.confirmedBy).toEqual({ steering: ['skipper'], seamanship: ['skipper', 'referee'] });
    expect(levels.get('A2')?.confirmedBy).toEqual({ steering: ['skipper'], listening: ['referee'] });
    expect(levels.get('A3')).toEqual({ competenceLevels: {}, ratingAverages: {}, confirmedBy: {} });
  });

  /** 3.5 credits over two years, due 1.5 and then 3.5 in all. */
  function obligationItems([s1 = 0, s2 = 0, s3 = 0, s4 = 0]: readonly number[]) {
    const firstYear = (studentId: string, earned: number) => ({
      studentId,
      cycle: 'only',
      yearInCycle: 1,
      earnedThisYear: earned,
      earnedInCycle: earned,
      dueThisYear: 1.5,
      shortfall: Math.max(0, 1.5 - earned),
      dueNextYear: Math.max(0, 3.5 - earned),
      status: earned >= 1.5 ? 'on-track' : 'at-risk',
      alert: earned < 1.5,
    });
    return [
      firstYear('S1', s1),
      firstYear('S2', s2),
      {
        studentId: 'S3',
        cycle: 'only',
        yearInCycle: 2,
        earnedThisYear: s3,
        earnedInCycle: s3 + 0.5,
        dueThisYear: 3,
        shortfall: 3 - s3,
        dueNextYear: null,
        status: 'at-risk',
        alert: true,
      },
      firstYear('S4', s4),
    ];
  }
});
