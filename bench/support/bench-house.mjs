// The real house of the built program on a temporary embedded store, and the use case of a batch over it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DIST = new URL('../../dist/', import.meta.url);

/** A module of the built program, by its path below `dist/`. */
export const load = (path) => import(new URL(path, DIST).href);

/** A house on a store of its own; `remove` closes it and takes the store away. */
export async function openBenchHouse(environment = {}) {
  const { openHouse } = await load('compose.js');
  const { readConfig } = await load('config.js');
  const folder = await mkdtemp(join(tmpdir(), 'sceau-bench-'));
  const config = readConfig(
    {
      SCEAU_DATA_DIR: join(folder, 'data'),
      SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
      SCEAU_PUBLIC_URL: 'https://badges.example.org',
      SCEAU_LOG_LEVEL: 'error',
      ...environment,
    },
    folder,
  );
  const house = await openHouse(config);
  return {
    house,
    folder,
    async remove() {
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Reads and installs the files of a jury session, as `sceau issue` does. @returns what `issueBatch` takes. */
export async function readSession({ issuing }, { definition, engagements, decisions }) {
  const { checkProgramme } = await load('programme/check.js');
  const { readCohort } = await load('engagement/read-cohort.js');
  const { readDecisionFile } = await load('jury/decision-file.js');
  const { ensureIssuer } = await load('issuing/issuers.js');
  const { getProgramme, installProgramme } = await load('issuing/programmes.js');
  const { programme } = checkProgramme(definition);
  const { name, country, url } = programme.institution;
  const { issuer } = await ensureIssuer(issuing, { name, country, url });
  await installProgramme(issuing, issuer.slug, programme);
  return {
    installed: await getProgramme(issuing, programme.id, programme.version),
    cohort: readCohort(engagements, programme).cohort,
    cohortDigest: issuing.hashBytes(engagements),
    decisions: readDecisionFile(decisions, { timeZone: programme.timezone }).rows,
    decisionsDigest: issuing.hashBytes(decisions),
    at: issuing.clock.now(),
    actor: 'bench',
  };
}
