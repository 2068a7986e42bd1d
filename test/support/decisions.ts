import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { zCohort } from '../../src/engagement/schema.js';
import { readDecisionFile } from '../../src/jury/decision-file.js';
import { matchDecisions } from '../../src/jury/match-decisions.js';
import type { JuryDecision } from '../../src/jury/verdict.js';

/** The accepted jury decisions of a shipped cohort, by engagement id. */
export function decisionsOf(programme: string): Map<string, JuryDecision> {
  const read = (file: string) => readFileSync(join('programmes', programme, file));
  const { engagements } = zCohort.parse(JSON.parse(read('engagements.json').toString('utf8')));
  const file = readDecisionFile(read('jury-decisions.csv'));
  if (!file.ok) throw new Error(JSON.stringify(file.problems));
  return new Map(matchDecisions(file.rows, engagements).decisions.map((decision) => [decision.engagementId, decision]));
}
