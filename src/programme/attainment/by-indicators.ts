import { comparableAddress } from '../address.js';
import type { DossierAssessment } from '../dossier.js';
import { ownValue } from '../own-value.js';
import { assessmentsOf, piecesOf, type RuleCase } from '../rule-case.js';
import type { Attainment, Competence, Level } from '../schema.js';
import { type Attained, NOT_ATTAINED } from './attained.js';

type ByIndicators = Extract<Attainment, { mode: 'indicators' }>;

/**
 * Mode `indicators`: a level holds when the student ticked enough of its indicators, enough other people each ticked
 * enough of them, and (cumulative) the level below holds. Accepted traces and a reflection are asked for every level.
 * Each form stands alone: ticks of different people, or of different forms, are not added. Nobody confirms under the
 * student's own address, and a blank address confirms nothing.
 */
export function attainedByIndicators(competence: Competence, mode: ByIndicators, ruleCase: RuleCase): Attained {
  if (countTraces(competence, ruleCase) < mode.minTraces) return NOT_ATTAINED;
  const filed = assessmentsOf(ruleCase).filter((one) => one.form === mode.form && one.competence === competence.id);
  const own = filed.filter(({ role }) => role === 'self');
  if (!own.some(({ reflection }) => characters(reflection) >= mode.minReflectionChars) && mode.minReflectionChars > 0) {
    return NOT_ATTAINED;
  }
  const student = comparableAddress(ruleCase.engagement.student.email);
  const others = filed.filter(({ role, assessor }) => {
    const address = comparableAddress(assessor);
    return mode.confirmingRoles.includes(role) && role !== 'self' && address !== '' && address !== student;
  });

  let attained = NOT_ATTAINED;
  for (const level of competence.levels.toSorted((one, other) => one.level - other.level)) {
    const confirmers = others.filter((form) => reaches(form, level));
    const addresses = new Set(confirmers.map(({ assessor }) => comparableAddress(assessor)));
    const ticked = !mode.requiresSelf || own.some((form) => reaches(form, level));
    if (ticked && addresses.size >= mode.minConfirmers) {
      const roles = new Set(confirmers.map(({ role }) => role));
      attained = { level: level.level, confirmedBy: mode.confirmingRoles.filter((role) => roles.has(role)) };
    } else if (mode.cumulative) {
      break;
    }
  }
  return attained;
}

/** One form ticks enough indicators of a level: all of them when the level states no number. */
function reaches(form: DossierAssessment, level: Level): boolean {
  const ticks = new Set(form.indicators ?? []);
  const indicators = level.indicators ?? [];
  const count = indicators.filter(({ id }) => ticks.has(id)).length;
  return count >= (level.minIndicators ?? Math.max(1, indicators.length));
}

/** Accepted pieces of any kind, member's or team's, whose `competences` field names the competence. */
function countTraces(competence: Competence, ruleCase: RuleCase): number {
  return piecesOf(ruleCase).filter(({ status, fields }) => {
    const named = ownValue(fields, 'competences');
    return status === 'accepted' && Array.isArray(named) && named.includes(competence.id);
  }).length;
}

/** Characters of a text, outer spaces dropped; an emoji counts as one. */
function characters(text: string | undefined): number {
  return text === undefined ? 0 : [...text.trim()].length;
}
