// The award of one invented student, to be issued as often as one likes.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { load } from './bench-house.mjs';

const sample = (file) => readFileSync(fileURLToPath(new URL(`../../programmes/ecstra/${file}`, import.meta.url)));

/** @returns a function that makes one more request for `issueCredential`, each with a ref of its own. */
export async function oneAward(issuing, issuer) {
  const { composeCredential } = await load('credential/compose.js');
  const { readCohort } = await load('engagement/read-cohort.js');
  const { readDecisionFile } = await load('jury/decision-file.js');
  const { evaluateProgramme } = await load('jury/evaluate.js');
  const { matchDecisions } = await load('jury/match-decisions.js');
  const { checkProgramme } = await load('programme/check.js');
  const { programme } = checkProgramme(sample('programme.json'));
  const { cohort } = readCohort(sample('engagements.json'), programme);
  const decisions = matchDecisions(readDecisionFile(sample('jury-decisions.csv')).rows, cohort.engagements);
  const { evaluation } = evaluateProgramme({ programme, cohort, decisions });
  const verdict = evaluation.results.find(({ outcome }) => outcome === 'issued');
  const engagement = cohort.engagements.find(({ id }) => id === verdict.engagementId);
  const decision = decisions.decisions.find(({ engagementId }) => engagementId === engagement.id);
  const { academicYear } = cohort;
  const salts = { email: '00'.repeat(16), name: '11'.repeat(16) };
  let drawn = 0;
  return () => {
    drawn += 1;
    return {
      issuer,
      ref: `0${drawn.toString(16).padStart(63, 'f')}`,
      actor: 'bench',
      basis: {
        award: { programme: programme.id, programmeVersion: programme.version, engagement, verdict, decision },
      },
      compose: (place) =>
        composeCredential({
          programme,
          engagement,
          verdict,
          decision,
          academicYear,
          issuer,
          salts,
          hash: issuing.hash,
          ...place,
        }),
    };
  };
}
