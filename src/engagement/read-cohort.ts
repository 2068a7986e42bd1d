import type { Json } from '../ports/json.js';
import { inDocumentOrder, readDocument } from '../programme/check-document.js';
import { Place } from '../programme/check-place.js';
import { shapeMistakes } from '../programme/check-shape.js';
import type { Programme } from '../programme/schema.js';
import type { Mistake } from '../text/mistake-messages.js';
import { COHORT_MISTAKES, type CohortMistakeCode } from '../text/mistake-messages-cohort.js';
import type { ShapeMistakeCode } from '../text/mistake-messages-shape.js';
import { checkEvidence, checkMeasures, checkRoster } from './read-cohort-facts.js';
import { checkActors, checkStudents } from './read-cohort-persons.js';
import { CohortReport } from './read-cohort-report.js';
import { type Cohort, zCohort } from './schema.js';

export type CohortMistake = Mistake<ShapeMistakeCode | CohortMistakeCode>;

export type ReadCohort =
  | { readonly ok: true; readonly cohort: Cohort; readonly warnings: readonly CohortMistake[] }
  | { readonly ok: false; readonly mistakes: readonly CohortMistake[]; readonly warnings: readonly CohortMistake[] };

/** A cohort of ten thousand engagements holds some two million values; this leaves room and stays bounded. */
const COHORT_LIMITS = { maxDepth: 64, maxNodes: 10_000_000 } as const;

function checkProgrammeNames(root: Place, programme: Programme, report: CohortReport): void {
  const [id, version] = [root.at('programme').text, root.at('programmeVersion').text];
  if (id !== undefined && id !== programme.id) {
    report.mistake(root.at('programme'), COHORT_MISTAKES.otherProgramme(id, programme.id));
  } else if (version !== undefined && version !== programme.version) {
    report.mistake(root.at('programmeVersion'), COHORT_MISTAKES.otherVersion(version, programme.version));
  }
}

/** Ids of a list, each told when it stands a second time. */
function uniqueIds(places: readonly Place[], report: CohortReport): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const place of places) {
    const id = place.at('id').text;
    if (id === undefined) continue;
    if (seen.has(id)) report.mistake(place.at('id'), COHORT_MISTAKES.duplicate(id));
    seen.add(id);
  }
  return seen;
}

function checkEngagement(engagement: Place, teams: ReadonlySet<string>, report: CohortReport): void {
  const team = engagement.at('teamId').text;
  if (team !== undefined && !teams.has(team)) {
    report.mistake(engagement.at('teamId'), COHORT_MISTAKES.unknownTeam(team, [...teams]));
  }
  const [start, end] = [engagement.at('startDate').text, engagement.at('endDate').text];
  if (start !== undefined && end !== undefined && end < start) {
    report.warning(engagement.at('endDate'), COHORT_MISTAKES.datesReversed(start, end));
  }
}

function crossReferences(document: Json, programme: Programme): CohortReport {
  const report = new CohortReport();
  const root = Place.root(document);
  const [teams, engagements] = [root.at('teams').list(), root.at('engagements').list()];
  checkProgrammeNames(root, programme, report);
  const teamIds = uniqueIds(teams, report);
  uniqueIds(engagements, report);
  checkStudents(engagements, report);
  for (const dossier of [...teams, ...engagements]) {
    checkActors(dossier.at('actors'), report);
    checkEvidence(dossier.at('evidence'), programme, report);
  }
  for (const engagement of engagements) {
    checkEngagement(engagement, teamIds, report);
    checkMeasures(engagement.at('measures'), programme, report);
  }
  checkRoster(root, programme, report);
  return report;
}

/**
 * Reads an engagements file for a programme and tells every mistake at once. Only what no verdict could say refuses
 * it: a dossier that merely falls short is read, and judged.
 * @param input the file as read
 * @param programme the definition it must belong to, same id and version
 */
export function readCohort(input: string | Uint8Array, programme: Programme): ReadCohort {
  const read = readDocument(input, COHORT_LIMITS);
  if (!read.ok) return { ok: false, mistakes: [read.mistake], warnings: [] };
  return readCohortDocument(read.document, programme);
}

/** The same for a file that has been parsed already. */
export function readCohortDocument(document: Json, programme: Programme): ReadCohort {
  const shape = zCohort.safeParse(document);
  const report = crossReferences(document, programme);
  const warnings = inDocumentOrder<CohortMistake>(report.warnings, document);
  const mistakes = inDocumentOrder<CohortMistake>(
    [...(shape.success ? [] : shapeMistakes(shape.error.issues, document)), ...report.mistakes],
    document,
  );
  if (shape.success && mistakes.length === 0) return { ok: true, cohort: shape.data, warnings };
  return { ok: false, mistakes, warnings };
}
