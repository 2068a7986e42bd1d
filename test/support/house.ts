import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, inject } from 'vitest';
import { type House, type HouseOptions, openHouse } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import { readCohort } from '../../src/engagement/read-cohort.js';
import type { BatchResult } from '../../src/issuing/batch-rows.js';
import { type BatchOptions, issueBatch } from '../../src/issuing/issue-batch.js';
import { ensureIssuer } from '../../src/issuing/issuers.js';
import { getProgramme, installProgramme } from '../../src/issuing/programmes.js';
import { readDecisionFile } from '../../src/jury/decision-file.js';
import { checkProgramme } from '../../src/programme/check.js';

export const PROGRAMMES = fileURLToPath(new URL('../../programmes/', import.meta.url));
export const PROGRAMME_IDS = [
  'ecstra',
  'engagement-citoyen',
  'mission-industrielle',
  'missions-professionnelles',
  'projet-pro',
] as const;
export const PUBLIC_URL = 'https://badges.example.org';

/** A temporary folder for one house: `data` and `issuer-keys` inside. */
export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sceau-test-'));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** The environment of the house of a folder. */
export function houseEnvironment(folder: string): Record<string, string> {
  return {
    SCEAU_DATA_DIR: join(folder, 'data'),
    SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
    SCEAU_PUBLIC_URL: PUBLIC_URL,
    SCEAU_LOG_LEVEL: 'silent',
  };
}

/** Opens the real house of a folder, silent; `options` puts something in place of the world outside. */
export async function openTestHouse(
  folder: string,
  environment: Record<string, string> = {},
  options: HouseOptions = {},
): Promise<House> {
  return openHouse(readConfig({ ...houseEnvironment(folder), ...environment }, folder), {
    workerEntry: new URL(inject('workerEntry')),
    ...options,
  });
}

/** The sample files of a shipped programme, as bytes. */
export async function sampleFiles(programme: string) {
  const read = (file: string) => readFile(join(PROGRAMMES, programme, file));
  return {
    definition: await read('programme.json'),
    engagements: await read('engagements.json'),
    decisions: await read('jury-decisions.csv'),
    expected: JSON.parse((await read('expected.json')).toString('utf8')) as {
      counts: Record<string, number>;
      results: { engagementId: string; outcome: string; reasons: string[]; warnings: string[] }[];
    },
  };
}

/** A house of its own for each test of a `describe`, in a folder of its own; gone afterwards. */
export interface FreshHouse {
  readonly folder: string;
  readonly house: House;
  /** Closes it and opens it again, as `openTestHouse` does. */
  reopen(environment?: Record<string, string>, options?: HouseOptions): Promise<House>;
}

/** @param options what is put in place of the world outside, in every test. */
export function freshHouse(options: HouseOptions = {}): FreshHouse {
  let folder: string;
  let house: House;
  beforeEach(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder, {}, options);
  });
  afterEach(async () => {
    await house.close();
    await removeFolder(folder);
  });
  return {
    get folder() {
      return folder;
    },
    get house() {
      return house;
    },
    async reopen(environment = {}, more = options) {
      await house.close();
      house = await openTestHouse(folder, environment, more);
      return house;
    },
  };
}

/** Issues a shipped cohort (or changed copies of its files) in a house, as `sceau issue` does. */
export async function issueSample(
  house: House,
  programme: string,
  changed: {
    readonly definition?: Uint8Array;
    readonly engagements?: Uint8Array;
    readonly decisions?: Uint8Array;
  } = {},
  options: BatchOptions = {},
): Promise<BatchResult> {
  const { issuing } = house;
  const files = { ...(await sampleFiles(programme)), ...changed };
  const check = checkProgramme(files.definition);
  if (!check.ok) throw new Error(`${programme}: ${JSON.stringify(check.mistakes)}`);
  const { institution } = check.programme;
  const { issuer } = await ensureIssuer(issuing, {
    name: institution.name,
    country: institution.country,
    url: institution.url,
  });
  await installProgramme(issuing, issuer.slug, check.programme);
  const cohort = readCohort(files.engagements, check.programme);
  if (!cohort.ok) throw new Error(JSON.stringify(cohort.mistakes));
  const decisions = readDecisionFile(files.decisions, { timeZone: check.programme.timezone });
  if (!decisions.ok) throw new Error(JSON.stringify(decisions.problems));
  const session = {
    installed: await getProgramme(issuing, check.programme.id, check.programme.version),
    cohort: cohort.cohort,
    cohortDigest: issuing.hashBytes(files.engagements),
    decisions: decisions.rows,
    decisionsDigest: issuing.hashBytes(files.decisions),
    at: issuing.clock.now(),
    actor: 'test',
  };
  return issueBatch(issuing, session, options);
}
