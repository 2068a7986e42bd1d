import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cohort, zCohort } from '../../src/engagement/schema.js';
import type { Verdict } from '../../src/jury/verdict.js';
import { zProgramme } from '../../src/programme/schema.js';
import type { RecognisedAward } from '../../src/supplement/compose-snippets.js';
import { decisionsOf } from '../support/decisions.js';

const read = (folder: string, file: string) => readFileSync(join('programmes', folder, file), 'utf8');

/** Every engagement of a shipped cohort as an award, whatever its outcome: choosing is the supplement's business. */
export function awardsOfCohort(folder: string): { readonly cohort: Cohort; readonly awards: RecognisedAward[] } {
  const programme = zProgramme.parse(JSON.parse(read(folder, 'programme.json')));
  const cohort = zCohort.parse(JSON.parse(read(folder, 'engagements.json')));
  const results: Verdict[] = JSON.parse(read(folder, 'expected.json')).results;
  const decisions = decisionsOf(folder);
  const awards = cohort.engagements.flatMap((engagement) => {
    const verdict = results.find(({ engagementId }) => engagementId === engagement.id);
    const decision = decisions.get(engagement.id);
    const team = cohort.teams?.find(({ id }) => id === engagement.teamId);
    if (verdict === undefined || decision === undefined) return [];
    const credentialId = `id-of-${engagement.id.toLowerCase()}`;
    return [
      {
        programme,
        engagement,
        ...(team === undefined ? {} : { team }),
        verdict,
        decision,
        academicYear: cohort.academicYear,
        credentialId,
        pageUrl: `https://badges.example.org/v/${credentialId}`,
        state: 'active' as const,
      },
    ];
  });
  return { cohort, awards };
}
