import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cohort, Engagement } from '../../src/engagement/schema.js';
import type { DecisionRow } from '../../src/jury/decision-row.js';
import { evaluateProgramme } from '../../src/jury/evaluate.js';
import { explain } from '../../src/jury/explain.js';
import { matchDecisions } from '../../src/jury/match-decisions.js';
import type { Verdict } from '../../src/jury/verdict.js';
import type { Programme } from '../../src/programme/schema.js';
import { deepFreeze, loadSample, SAMPLE_IDS, type Sample } from './samples.js';
import { sixthCohort, sixthProgramme } from './sixth-programme.js';

const samples: readonly Sample[] = SAMPLE_IDS.map(loadSample);
const sixth: Sample = { programme: sixthProgramme(), cohort: sixthCohort(), rows: [] };

/** Shuffles by random keys, so that a shrunk case is a small change of order. */
function shuffled<Item>(items: readonly Item[], seed: number): readonly Item[] {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return items
    .map((item) => ({ item, key: next() }))
    .toSorted((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

/** A number near one of the thresholds of the five programmes, or none at all. */
const hours = fc.constantFrom(null, 0, 2.5, 6, 7, 12, 12.5, 24.5, 25, 37.5, 39.5, 40, 50, 99.5, 100, 100.5);
const decided = fc.record({
  decision: fc.constantFrom('validated', 'validated', 'refused', 'deferred'),
  mark: fc.constantFrom(undefined, 0, 12.5, 20),
  credits: fc.constantFrom(undefined, 0, 0.5, 2, 3, 4),
});

interface Scenario {
  readonly programme: Programme;
  readonly cohort: Cohort;
  readonly rows: readonly DecisionRow[];
}

/** A sample cohort with measures, statuses and decisions drawn anew. */
const scenario: fc.Arbitrary<Scenario> = fc.constantFrom(...samples, sixth).chain(({ programme, cohort }) =>
  fc
    .tuple(
      ...cohort.engagements.map((engagement) =>
        fc.record({
          measures: fc.tuple(...Object.keys(engagement.measures).map((id) => fc.tuple(fc.constant(id), hours))),
          statuses: fc.array(fc.constantFrom('accepted', 'accepted', 'submitted', 'rejected'), {
            minLength: engagement.evidence.length,
            maxLength: engagement.evidence.length,
          }),
          decision: fc.option(decided),
        }),
      ),
    )
    .map((drawn) => {
      const engagements = cohort.engagements.map((engagement, index): Engagement => {
        const { measures, statuses } = drawn[index]!;
        return {
          ...engagement,
          measures: { ...engagement.measures, ...Object.fromEntries(measures.filter(([, value]) => value !== null)) },
          evidence: engagement.evidence.map((piece, at) => ({ ...piece, status: statuses[at] ?? piece.status })),
        };
      });
      const rows = engagements.flatMap((engagement, index): readonly DecisionRow[] => {
        const decision = drawn[index]?.decision;
        if (decision === null || decision === undefined) return [];
        return [
          {
            ...decision,
            row: index + 2,
            engagementId: engagement.id,
            familyName: engagement.student.familyName,
            givenName: engagement.student.givenName,
            session: undefined,
            decidedAt: Date.parse('2016-02-20T12:00:00Z'),
            president: undefined,
            comment: undefined,
          },
        ];
      });
      return { programme, cohort: { ...cohort, engagements }, rows };
    }),
);

function evaluate({ programme, cohort, rows }: Scenario) {
  const decisions = matchDecisions(rows, cohort.engagements);
  return evaluateProgramme({ programme, cohort, decisions, asOf: ['2016-03-15'] });
}

function byEngagement(results: readonly Verdict[]): Record<string, Verdict> {
  return Object.fromEntries(results.map((verdict) => [verdict.engagementId, verdict]));
}

describe('whatever the dossiers', () => {
  it('the order of decision rows, evidence, assessments and actors changes no verdict', () => {
    fc.assert(
      fc.property(scenario, fc.nat(), ({ programme, cohort, rows }, seed) => {
        const inner = cohort.engagements.map((engagement) => ({
          ...engagement,
          evidence: [...shuffled(engagement.evidence, seed)],
          ...(engagement.assessments && { assessments: [...shuffled(engagement.assessments, seed)] }),
          ...(engagement.actors && { actors: [...shuffled(engagement.actors, seed)] }),
        }));
        const teams = cohort.teams?.map((team) => ({ ...team, evidence: [...shuffled(team.evidence ?? [], seed)] }));
        const changed = { ...cohort, engagements: inner, ...(teams && { teams: [...shuffled(teams, seed)] }) };
        const again = evaluate({ programme, cohort: changed, rows: shuffled(rows, seed) });
        expect(again.evaluation).toEqual(evaluate({ programme, cohort, rows }).evaluation);
      }),
      { numRuns: 60 },
    );
  });

  it('the order of engagements changes no verdict when no two share person and activity', () => {
    fc.assert(
      fc.property(scenario, fc.nat(), ({ programme, cohort, rows }, seed) => {
        const engagements = cohort.engagements.map((engagement) => ({ ...engagement, activityKey: engagement.id }));
        const first = evaluate({ programme, cohort: { ...cohort, engagements }, rows });
        const reordered = { ...cohort, engagements: [...shuffled(engagements, seed)] };
        const second = evaluate({ programme, cohort: reordered, rows });
        expect(byEngagement(second.evaluation.results)).toEqual(byEngagement(first.evaluation.results));
        expect(second.evaluation.counts).toEqual(first.evaluation.counts);
        expect(second.evaluation.obligations).toEqual(first.evaluation.obligations);
        expect(second.evaluation.statistics).toEqual(first.evaluation.statistics);
      }),
      { numRuns: 60 },
    );
  });

  it('evaluation changes nothing of what it is given, and gives the same answer twice', () => {
    fc.assert(
      fc.property(scenario, (drawn) => {
        const frozen = deepFreeze(structuredClone(drawn));
        expect(evaluate(frozen)).toEqual(evaluate(drawn));
        expect(evaluate(frozen)).toEqual(evaluate(frozen));
      }),
      { numRuns: 40 },
    );
  });

  it('what is not issued carries a reason, what is issued none, and only issued verdicts carry anything', () => {
    fc.assert(
      fc.property(scenario, (drawn) => {
        const { evaluation, explanations } = evaluate(drawn);
        const severities = (verdict: Verdict) =>
          (explanations.get(verdict.engagementId) ?? [])
            .slice(0, verdict.reasons.length)
            .map(({ severity }) => severity);
        for (const verdict of evaluation.results) {
          const issued = verdict.outcome === 'issued';
          expect(verdict.reasons.length === 0).toBe(issued);
          expect(severities(verdict)).not.toContain('warn');
          expect(severities(verdict).includes('refuse')).toBe(verdict.outcome === 'refused');
          if (issued) continue;
          expect(verdict).toMatchObject({ optionsGranted: [], creditsEarned: null, mark: null, competenceLevels: {} });
          expect(verdict).not.toHaveProperty('ratingAverages');
          const validated = drawn.rows.some(
            ({ engagementId, decision }) => engagementId === verdict.engagementId && decision === 'validated',
          );
          expect(verdict.warnings.at(-1) === 'jury-validated-but-not-issuable').toBe(validated);
        }
        const { issued, refused, pending } = evaluation.counts;
        expect(issued + refused + pending).toBe(evaluation.results.length);
      }),
      { numRuns: 60 },
    );
  });

  it('every code has a sentence in both languages that says something was found and something needed', () => {
    fc.assert(
      fc.property(scenario, (drawn) => {
        for (const told of evaluate(drawn).explanations.values()) {
          for (const explanation of told) {
            const { fr, en } = explain(explanation);
            expect(en).toMatch(/: .+ found.*, .+ (needed|allowed)/);
            expect(fr).toMatch(/ trouvée?s?[ ,].*(demandé|admis)/);
            expect(`${fr}${en}`).not.toMatch(/undefined|null|NaN|\[object/);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of two engagements for one activity the first in the file is recognised', () => {
    const { programme, cohort, rows } = loadSample('engagement-citoyen');
    const first = cohort.engagements[0]!;
    const row = rows[0]!;
    const twins = ['TWIN-1', 'TWIN-2'].map((id) => ({ ...first, id }));
    const decided = twins.map(({ id }, index) => ({ ...row, engagementId: id, row: index + 2 }));
    const evaluateTwins = (engagements: readonly Engagement[]) => {
      const input = { programme, cohort: { ...cohort, engagements: [...engagements] }, rows: decided };
      const found = byEngagement(evaluate(input).evaluation.results);
      return [found['TWIN-1']?.outcome, found['TWIN-2']?.outcome];
    };
    expect(evaluateTwins(twins)).toEqual(['issued', 'refused']);
    expect(evaluateTwins(twins.toReversed())).toEqual(['refused', 'issued']);
  });
});

describe('a large cohort', () => {
  it.each(['ecstra', 'mission-industrielle'] as const)(
    'of 10,000 engagements in %s is matched and judged in a few seconds',
    (id) => {
      const { programme, cohort, rows } = loadSample(id);
      const copies = Math.ceil(10_000 / cohort.engagements.length);
      const engagements = Array.from({ length: copies }, (_, copy) =>
        cohort.engagements.map((engagement) => ({
          ...engagement,
          id: `${engagement.id}-${copy}`,
          student: { ...engagement.student, id: `${engagement.student.id}-${copy}` },
        })),
      ).flat();
      const decided = Array.from({ length: copies }, (_, copy) =>
        rows.map((row) => ({ ...row, engagementId: `${row.engagementId}-${copy}` })),
      ).flat();
      const roster = engagements.map(({ student }) => ({
        studentId: student.id,
        cycle: 'preparatory',
        yearInCycle: 1,
      }));
      const started = process.cpuUsage();
      const { evaluation } = evaluate({ programme, cohort: { ...cohort, engagements, roster }, rows: decided });
      expect(evaluation.results.length).toBeGreaterThanOrEqual(10_000);
      expect(process.cpuUsage(started).user / 1e6).toBeLessThan(5);
    },
  );
});
