import { type CompetenceLevels, computeLevels, hasRatings } from '../programme/competence-levels.js';
import { failedCriteria } from '../programme/criterion-failure.js';
import type { RuleCase } from '../programme/rule-case.js';
import { explainBuiltIn, explainFailure } from './explanation.js';
import { type SettledOptions, settleOptions } from './settle-options.js';
import type { Explanation, JuryDecision, Outcome, Verdict } from './verdict.js';

/** A verdict with all that is known behind it. */
export interface Judgement {
  readonly verdict: Verdict;
  /** One per reason, then one per warning, in their order. */
  readonly explanations: readonly Explanation[];
  /** Computed whatever the outcome. */
  readonly levels: CompetenceLevels;
}

/**
 * Judges one engagement: steps 2 to 6 of the decision procedure, programme rules 3. The engagement's `state` plays no
 * part. A jury validation never overrides an unmet criterion: the contradiction is reported for a person to settle.
 * @param facts the case; its `levels` are computed here.
 */
export function judgeEngagement(
  facts: Omit<RuleCase, 'levels' | 'jury'>,
  decision: JuryDecision | undefined,
): Judgement {
  const undecided: RuleCase = { ...facts, jury: decision, levels: new Map() };
  const levels = computeLevels(undecided);
  const ruleCase: RuleCase = { ...undecided, levels: new Map(Object.entries(levels.competenceLevels)) };

  const failures = failedCriteria(facts.programme.definition.criteria, ruleCase).map((failure) =>
    explainFailure(failure),
  );
  const barriers = failures.filter(({ severity }) => severity !== 'warn');
  const options = barriers.length === 0 ? settleOptions(ruleCase, decision?.credits) : undefined;

  const reasons = [...barriers, ...(options?.reasons ?? [])];
  const outcome = outcomeOf(reasons);
  const warnings = [
    ...failures.filter(({ severity }) => severity === 'warn'),
    ...(options?.warnings ?? []),
    ...contradiction(outcome, decision, reasons),
  ];
  return {
    verdict: {
      engagementId: facts.engagement.id,
      outcome,
      reasons: reasons.map(({ code }) => code),
      warnings: warnings.map(({ code }) => code),
      ...recognition(outcome === 'issued' ? options : undefined, { ruleCase, levels }),
    },
    explanations: [...reasons, ...warnings],
    levels,
  };
}

function outcomeOf(reasons: readonly Explanation[]): Outcome {
  if (reasons.length === 0) return 'issued';
  return reasons.some(({ severity }) => severity === 'refuse') ? 'refused' : 'pending';
}

function contradiction(
  outcome: Outcome,
  decision: JuryDecision | undefined,
  reasons: readonly Explanation[],
): readonly Explanation[] {
  if (outcome === 'issued' || decision?.decision !== 'validated') return [];
  return [
    explainBuiltIn('jury-validated-but-not-issuable', 'warn', [
      { fact: 'reasons', found: reasons.map(({ code }) => code), needed: { is: 'absent' } },
    ]),
  ];
}

type Recognition = Omit<Verdict, 'engagementId' | 'outcome' | 'reasons' | 'warnings'>;

/** What an issued verdict carries; empty otherwise. */
function recognition(
  options: SettledOptions | undefined,
  { ruleCase, levels }: { readonly ruleCase: RuleCase; readonly levels: CompetenceLevels },
): Recognition {
  if (options === undefined) return { optionsGranted: [], creditsEarned: null, mark: null, competenceLevels: {} };
  const takesMark = options.granted.some(({ mark }) => mark !== 'none');
  const granted: Recognition = {
    optionsGranted: options.granted.map(({ id }) => id),
    creditsEarned: options.credits ?? null,
    mark: takesMark ? (ruleCase.jury?.mark ?? null) : null,
    competenceLevels: levels.competenceLevels,
  };
  return hasRatings(ruleCase.programme.definition) ? { ...granted, ratingAverages: levels.ratingAverages } : granted;
}
