import type { Cohort, Engagement } from '../engagement/schema.js';
import type { CompetenceLevels } from '../programme/competence-levels.js';
import { computeObligations, type EarnedCredits } from '../programme/obligation.js';
import { computePathwayAwards } from '../programme/pathway.js';
import { indexProgramme } from '../programme/rule-case.js';
import type { Programme } from '../programme/schema.js';
import { computeStatistics } from '../programme/statistic.js';
import type { CalendarDay } from '../text/instant.js';
import { type Judgement, judgeEngagement } from './judge.js';
import type { MatchedDecisions } from './match-decisions.js';
import { createRecognitions, type RecordedAward } from './recognised-before.js';
import type { Evaluation, Explanation, JuryDecision, Verdict } from './verdict.js';

export interface EvaluationInput {
  readonly programme: Programme;
  /** Engagement ids are unique. */
  readonly cohort: Cohort;
  readonly decisions: Pick<MatchedDecisions, 'decisions' | 'importIssues'>;
  /** Awards the house has recorded, treated like prior awards. */
  readonly recordedAwards?: readonly RecordedAward[];
  /** Dates asked for obligations and roster figures, in any order; the definition's checkpoints by default. */
  readonly asOf?: readonly CalendarDay[];
}

export interface ProgrammeEvaluation {
  /** Exactly the members of programme rules 3.1. */
  readonly evaluation: Evaluation;
  /** By engagement id: one per reason, then one per warning, in their order. */
  readonly explanations: ReadonlyMap<string, readonly Explanation[]>;
  /** By engagement id, for every engagement whatever its outcome. */
  readonly levels: ReadonlyMap<string, CompetenceLevels>;
}

/**
 * Judges a cohort: programme rules, section 3. Pure: the same input gives the same output, nothing is changed.
 *
 * The order of decision rows, evidence, assessments and actors changes no verdict. The order of engagements changes
 * none either, as long as no two of them share person and `activityKey`: of such a pair the one that stands first in
 * the file is recognised, because the rules refuse what was "issued earlier in the same file".
 */
export function evaluateProgramme(input: EvaluationInput): ProgrammeEvaluation {
  const { programme, cohort, recordedAwards = [] } = input;
  const dates = [...new Set(input.asOf ?? programme.checkpoints ?? [])].toSorted();
  const decisions = new Map(input.decisions.decisions.map((decision) => [decision.engagementId, decision]));
  const priorAwards = [...(cohort.priorAwards ?? []), ...recordedAwards];

  const judgements = judgeAll({ programme, cohort, decisions, priorAwards });
  const results = judgements.map(({ verdict }) => verdict);
  const issued = issuedOf(cohort.engagements, results);
  const earned = issued.map(({ engagement, verdict }): EarnedCredits => {
    const decidedAt = decisions.get(engagement.id)?.decidedAt;
    return { studentId: engagement.student.id, credits: verdict.creditsEarned, decidedAt };
  });
  const statistics = computeStatistics({
    programme,
    outcomes: results.map(({ outcome }) => outcome),
    roster: cohort.roster ?? [],
    earned,
    asOf: dates.at(-1),
  });
  const evaluation: Evaluation = {
    programme: programme.id,
    results,
    importIssues: input.decisions.importIssues,
    counts: countOutcomes(results),
    statistics,
  };
  return {
    evaluation: {
      ...evaluation,
      ...(programme.obligations.length > 0 && {
        obligations: obligationsAt(dates, { programme, cohort, recordedAwards, earned }),
      }),
      ...(programme.pathways !== undefined &&
        programme.pathways.length > 0 && {
          pathwayAwards: computePathwayAwards({
            programme,
            students: cohort.engagements.map(({ student }) => student.id),
            issued: issued.map(({ engagement }) => ({ studentId: engagement.student.id, variant: engagement.variant })),
            priorAwards,
          }),
        }),
    },
    explanations: new Map(judgements.map(({ verdict, explanations }) => [verdict.engagementId, explanations])),
    levels: new Map(judgements.map(({ verdict, levels }) => [verdict.engagementId, levels])),
  };
}

function judgeAll(input: {
  readonly programme: Programme;
  readonly cohort: Cohort;
  readonly decisions: ReadonlyMap<string, JuryDecision>;
  readonly priorAwards: readonly RecordedAward[];
}): readonly Judgement[] {
  const programme = indexProgramme(input.programme);
  const teams = new Map((input.cohort.teams ?? []).map((team) => [team.id, team]));
  const recognitions = createRecognitions(input.priorAwards, input.programme.id);
  return input.cohort.engagements.map((engagement) => {
    const { id, teamId } = engagement;
    const activity = { studentId: engagement.student.id, activityKey: engagement.activityKey };
    const judgement = judgeEngagement(
      {
        programme,
        engagement,
        team: typeof teamId === 'string' ? teams.get(teamId) : undefined,
        recognisedBefore: recognitions.find(activity, id),
      },
      input.decisions.get(id),
    );
    if (judgement.verdict.outcome === 'issued') recognitions.note(activity, id);
    return judgement;
  });
}

function issuedOf(engagements: readonly Engagement[], results: readonly Verdict[]) {
  return engagements.flatMap((engagement, index) => {
    const verdict = results[index];
    return verdict?.outcome === 'issued' ? [{ engagement, verdict }] : [];
  });
}

function countOutcomes(results: readonly Verdict[]): Evaluation['counts'] {
  const counts = { issued: 0, refused: 0, pending: 0 };
  for (const { outcome } of results) counts[outcome] += 1;
  return counts;
}

/** A recorded award that this very file gives again is counted once: among the credits of this year. */
function obligationsAt(
  dates: readonly CalendarDay[],
  input: {
    readonly programme: Programme;
    readonly cohort: Cohort;
    readonly recordedAwards: readonly RecordedAward[];
    readonly earned: readonly EarnedCredits[];
  },
) {
  const { programme, cohort, recordedAwards, earned } = input;
  const here = new Set(cohort.engagements.map(({ id }) => id));
  const elsewhere = recordedAwards.filter(
    (award) => !(award.programme === programme.id && award.engagementId !== undefined && here.has(award.engagementId)),
  );
  const withAwards = { ...cohort, priorAwards: [...(cohort.priorAwards ?? []), ...elsewhere] };
  return dates.map((asOf) => computeObligations({ programme, cohort: withAwards, earned, asOf }));
}
