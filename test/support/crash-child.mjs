// Issues a shipped cohort over and over in the house of a folder until it is killed: by itself at a named step, or by
// its parent at any moment. Every acknowledged badge is printed as one line: `<engagementId> <credentialId>`.
// Usage: [CRASH_DATABASE_URL=…] node crash-child.mjs FOLDER PROGRAMME [STEP COUNT]
import { readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = new URL('../../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);
const { openHouse } = await load('compose.js');
const { readConfig } = await load('config.js');
const { checkProgramme } = await load('programme/check.js');
const { readCohort } = await load('engagement/read-cohort.js');
const { readDecisionFile } = await load('jury/decision-file.js');
const { ensureIssuer } = await load('issuing/issuers.js');
const { getProgramme, installProgramme } = await load('issuing/programmes.js');
const { issueBatch } = await load('issuing/issue-batch.js');

const [folder, programmeId, step, count] = process.argv.slice(2);
const sample = (file) =>
  readFileSync(join(fileURLToPath(new URL('../../programmes/', import.meta.url)), programmeId, file));

let seen = 0;
const config = readConfig(
  {
    SCEAU_DATA_DIR: join(folder, 'data'),
    SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
    SCEAU_PUBLIC_URL: 'https://badges.example.org',
    SCEAU_LOG_LEVEL: 'silent',
    DATABASE_URL: process.env.CRASH_DATABASE_URL,
  },
  folder,
);
const house = await openHouse(config, {
  atStep: (at) => {
    if (at !== step) return;
    seen += 1;
    if (seen === Number(count)) process.kill(process.pid, 'SIGKILL');
  },
});
writeSync(1, 'open\n');
const { issuing } = house;
const check = checkProgramme(sample('programme.json'));
const { institution } = check.programme;
const { issuer } = await ensureIssuer(issuing, {
  name: institution.name,
  country: institution.country,
  url: institution.url,
});
await installProgramme(issuing, issuer.slug, check.programme);
const engagements = sample('engagements.json');
const decisions = sample('jury-decisions.csv');
await issueBatch(
  issuing,
  {
    installed: await getProgramme(issuing, check.programme.id),
    cohort: readCohort(engagements, check.programme).cohort,
    cohortDigest: issuing.hashBytes(engagements),
    decisions: readDecisionFile(decisions, { timeZone: check.programme.timezone }).rows,
    decisionsDigest: issuing.hashBytes(decisions),
    at: issuing.clock.now(),
    actor: 'crash-child',
  },
  {
    onProgress: ({ rows }) => {
      for (const row of rows) {
        if (row.credentialId) writeSync(1, `${row.engagementId ?? row.pathway} ${row.credentialId}\n`);
      }
    },
  },
);
await house.close();
writeSync(1, 'done\n');
