import type { Place } from '../programme/check-place.js';
import type { Programme } from '../programme/schema.js';
import { isCalendarDay } from '../text/instant.js';
import { COHORT_MISTAKES } from '../text/mistake-messages-cohort.js';
import type { CohortReport } from './read-cohort-report.js';

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'number':
      return typeof value === 'number';
    case 'integer':
      return Number.isInteger(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isCalendarDay(value);
    default:
      return typeof value === 'string';
  }
}

/**
 * Measures should be what the programme says they are. Values are compared with their type, so hours written as the
 * text `"39,5"` count for nothing: the verdict says what is missing, the warning why.
 */
export function checkMeasures(measures: Place, programme: Programme, report: CohortReport): void {
  for (const [id, place] of measures.members()) {
    const declared = programme.measures.find((measure) => measure.id === id);
    const { value } = place;
    if (declared === undefined) {
      const known = programme.measures.map((measure) => measure.id);
      report.warning(place, COHORT_MISTAKES.unknownMeasure(id, known));
    } else if (value !== undefined && value !== null && !isOfType(value, declared.type)) {
      report.warning(place, COHORT_MISTAKES.measureType(id, value, declared.type));
    }
  }
}

/** Pieces should have ids of their own within a dossier; one of an unknown kind counts for nothing. */
export function checkEvidence(evidence: Place, programme: Programme, report: CohortReport): void {
  const seen = new Set<string>();
  const kinds = programme.evidenceKinds.map((kind) => kind.id);
  for (const piece of evidence.list()) {
    const { text: id = '' } = piece.at('id');
    if (seen.has(id)) report.warning(piece.at('id'), COHORT_MISTAKES.duplicate(id));
    seen.add(id);
    const kind = piece.at('kind').text;
    if (kind !== undefined && !kinds.includes(kind)) {
      report.warning(piece.at('kind'), COHORT_MISTAKES.unknownEvidenceKind(kind, kinds));
    }
  }
}

/** The roster: each student once in a cycle, cycles that have an obligation, an end of the year to measure by. */
export function checkRoster(root: Place, programme: Programme, report: CohortReport): void {
  const cycles = programme.obligations.map((obligation) => obligation.cycle);
  const seen = new Set<string>();
  for (const entry of root.at('roster').list()) {
    const [id, cycle] = [entry.at('studentId').text, entry.at('cycle').text];
    if (id === undefined || cycle === undefined) continue;
    const key = JSON.stringify([id, cycle]);
    if (seen.has(key)) report.mistake(entry.at('studentId'), COHORT_MISTAKES.duplicate(id));
    seen.add(key);
    if (!cycles.includes(cycle)) report.warning(entry.at('cycle'), COHORT_MISTAKES.unknownCycle(cycle, cycles));
  }
  const needsEnd = cycles.length > 0 && root.at('roster').list().length > 0;
  if (needsEnd && !root.at('academicYearEnd').exists) {
    report.warning(root.at('academicYearEnd'), COHORT_MISTAKES.yearEndMissing());
  }
}
