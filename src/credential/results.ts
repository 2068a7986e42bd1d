import type { Engagement, Team } from '../engagement/schema.js';
import type { Verdict } from '../jury/verdict.js';
import { factValue } from '../programme/fact.js';
import { ownValue } from '../programme/own-value.js';
import type { IndexedProgramme } from '../programme/rule-case.js';
import type { Competence, Level } from '../programme/schema.js';
import type { Result } from './open-badge.js';
import {
  competenceId,
  levelId,
  resultId,
  type ShownResult,
  shownCompetences,
  shownResults,
} from './result-descriptions.js';

/** One engagement with its verdict, as far as results read it. */
export interface Judged {
  readonly programme: IndexedProgramme;
  readonly variantId: string | undefined;
  readonly engagement: Engagement;
  readonly team: Team | undefined;
  readonly verdict: Verdict;
}

/** A competence and the level the verdict states: the attained one, never the self-declared. */
export interface LevelReached {
  readonly competence: Competence;
  readonly level: Level;
}

/** The levels reached that may be shown, in the definition's order. */
export function levelsReached({ programme, verdict }: Judged): LevelReached[] {
  return shownCompetences(programme.definition).flatMap((competence) => {
    const reached = ownValue(verdict.competenceLevels, competence.id);
    const level = competence.levels.find((candidate) => candidate.level === reached);
    return level === undefined ? [] : [{ competence, level }];
  });
}

/** A counted result with its value. */
export interface ResultReached {
  readonly result: ShownResult;
  readonly value: number | string;
}

/** The counted results that may be shown and have a value here. */
export function resultsReached(judged: Judged): ResultReached[] {
  const { verdict } = judged;
  return shownResults(judged).flatMap((result) => {
    const { onlyForOptions, from } = result.template;
    if (onlyForOptions !== undefined && !onlyForOptions.some((option) => verdict.optionsGranted.includes(option))) {
      return [];
    }
    const value = factOf(from, judged);
    return (typeof value === 'number' && Number.isFinite(value)) || (typeof value === 'string' && value.trim() !== '')
      ? [{ result, value }]
      : [];
  });
}

/** A fact as judged: mark and credits are the verdict's, everything else the dossier's. */
function factOf(fact: string, { programme, engagement, team, verdict }: Judged): unknown {
  if (fact === 'computed.credits') return verdict.creditsEarned;
  return factValue(fact, {
    programme,
    engagement,
    team,
    jury: { decision: 'validated', mark: verdict.mark ?? undefined },
    levels: new Map(Object.entries(verdict.competenceLevels)),
    recognisedBefore: undefined,
  });
}

/**
 * The results of a badge: a level per competence reached, then the counted values as text. An issued badge means
 * completed, so no `status` is written. @see https://www.imsglobal.org/spec/ob/v3p0#result
 */
export function composeResults(achievementId: string, judged: Judged): Result[] {
  const levels = levelsReached(judged).map(
    ({ competence, level }): Result => ({
      type: ['Result'],
      resultDescription: competenceId(achievementId, competence.id),
      achievedLevel: levelId(achievementId, competence.id, level.level),
    }),
  );
  const counted = resultsReached(judged).map(
    ({ result, value }): Result => ({
      type: ['Result'],
      resultDescription: resultId(achievementId, result.template.id),
      value: String(value),
    }),
  );
  return [...levels, ...counted];
}
