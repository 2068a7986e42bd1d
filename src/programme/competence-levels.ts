import { type Attained, NOT_ATTAINED } from './attainment/attained.js';
import { attainedByCriteria } from './attainment/by-criteria.js';
import { attainedByIndicators } from './attainment/by-indicators.js';
import { attainedByRatings } from './attainment/by-ratings.js';
import type { RuleCase } from './rule-case.js';
import type { Attainment, Competence, Programme } from './schema.js';

/** Levels, averages and confirmers of one engagement, by competence id. Computed for every case, issued or not. */
export interface CompetenceLevels {
  /** Levels of 1 or more only, in the order of the definition. */
  readonly competenceLevels: Readonly<Record<string, number>>;
  /** Mode `ratings` only, where every role rated every item. */
  readonly ratingAverages: Readonly<Record<string, number>>;
  /** For every attained level the roles that confirmed it. */
  readonly confirmedBy: Readonly<Record<string, readonly string[]>>;
}

/** The mode of a competence: its own, else the programme's. */
export function attainmentOf(competence: Competence, programme: Programme): Attainment | undefined {
  return competence.attainment ?? programme.assessment.attainment;
}

/** True when some competence is attained by ratings: only then do results carry `ratingAverages`. */
export function hasRatings(programme: Programme): boolean {
  return programme.competences.some((competence) => attainmentOf(competence, programme)?.mode === 'ratings');
}

/**
 * Computes the level of every competence, section 2 *Attainment modes*. Modes that read assessments come first, then
 * mode `criteria` in the order of the definition, so that a level's rule may name a competence that stands before it.
 * @param ruleCase its `levels` are not read.
 */
export function computeLevels(ruleCase: RuleCase): CompetenceLevels {
  const { competences } = ruleCase.programme.definition;
  const found = new Map<string, Attained>();
  const levels = new Map<string, number>();
  const note = (competence: Competence, attained: Attained) => {
    found.set(competence.id, attained);
    if (attained.level !== undefined) levels.set(competence.id, attained.level);
  };
  const modeOf = (competence: Competence) => attainmentOf(competence, ruleCase.programme.definition);
  for (const competence of competences) {
    const mode = modeOf(competence);
    if (mode?.mode === 'ratings') note(competence, attainedByRatings(competence, mode, ruleCase));
    if (mode?.mode === 'indicators') note(competence, attainedByIndicators(competence, mode, ruleCase));
  }
  for (const competence of competences) {
    if (modeOf(competence)?.mode === 'criteria')
      note(competence, attainedByCriteria(competence, { ...ruleCase, levels }));
  }
  return inOrder(competences, found);
}

function inOrder(competences: readonly Competence[], found: ReadonlyMap<string, Attained>): CompetenceLevels {
  const competenceLevels: Record<string, number> = {};
  const ratingAverages: Record<string, number> = {};
  const confirmedBy: Record<string, readonly string[]> = {};
  for (const { id } of competences) {
    const { level, average, confirmedBy: roles } = found.get(id) ?? NOT_ATTAINED;
    if (average !== undefined) ratingAverages[id] = average;
    if (level === undefined) continue;
    competenceLevels[id] = level;
    confirmedBy[id] = roles;
  }
  return { competenceLevels, ratingAverages, confirmedBy };
}
