import type { ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inventedSession } from '../../bench/support/invented-cohort.mjs';
import type { BatchResult } from '../../src/issuing/batch-rows.js';
import { openTestHouse, removeFolder, temporaryFolder } from '../support/house.js';
import { runCli, startCli } from '../support/run-cli.js';

/** Many times what is under way at once, so that no machine is done before the signal arrives. */
const STUDENTS = 4_000;
const FILES = ['--programme', 'programme.json', '--engagements', 'engagements.json', '--decisions', 'decisions.csv'];

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await temporaryFolder();
  const { definition, engagements, decisions } = inventedSession(STUDENTS);
  await writeFile(join(folder, 'programme.json'), definition);
  await writeFile(join(folder, 'engagements.json'), engagements);
  await writeFile(join(folder, 'decisions.csv'), decisions);
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await removeFolder(folder);
});

/** How many badges the chain of records speaks of as issued, whoever writes it just now. */
async function issuedSoFar(): Promise<number> {
  const chain = await readFile(join(folder, 'data', 'ledger', 'chain-00001.jsonl'), 'utf8').catch(() => '');
  return chain.split('"kind":"issued"').length - 1;
}

/** Issues, presses Ctrl-C once some more badges are there. @returns exit code and what was said. */
async function interrupted(
  words: readonly string[] = [],
): Promise<{ readonly code: number | null; readonly said: string }> {
  const before = await issuedSoFar();
  const started = startCli(folder, ['issue', ...FILES, ...words]);
  child = started;
  let said = '';
  started.stdin?.end();
  started.stdout?.resume();
  started.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  const ended = new Promise<number | null>((resolve) => started.once('close', resolve));
  await expect.poll(issuedSoFar, { timeout: 120_000, interval: 20 }).toBeGreaterThan(before);
  started.kill('SIGINT');
  return { code: await ended, said };
}

/** Ids of the badges in force, once nobody holds the store. */
async function inForce(): Promise<string[]> {
  const house = await openTestHouse(folder);
  try {
    const { ledger } = house.issuing.store;
    const [issuer] = await house.issuing.registry.issuers();
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await ledger.credentials(issuer?.slug ?? '', after);
      ids.push(...page.entries.filter(({ state }) => state === 'active').map(({ credential }) => credential));
      after = page.next;
    } while (after !== undefined);
    return ids;
  } finally {
    await house.close();
  }
}

it('Ctrl-C ends sceau issue after the rows under way, says so in the caller’s language, and the same files do the rest', async () => {
  const english = await interrupted();
  expect(english.code).toBe(3);
  const [, done, total] =
    /the batch stops after (\d+) of (\d+) rows; .*same command does the rest/.exec(english.said) ?? [];
  const first = await inForce();
  expect(Number(total)).toBe(STUDENTS);
  expect(first.length).toBe(Number(done));
  expect(first.length).toBeGreaterThan(0);
  expect(first.length).toBeLessThan(STUDENTS);

  const french = await interrupted(['--lang', 'fr']);
  expect(french.code).toBe(3);
  expect(french.said).toMatch(/le lot s’arrête après \d+ lignes sur 4000\u00a0; .*la même commande fait le reste/);
  expect(french.said).not.toMatch(/stopped|rows/);

  const finished = await runCli(folder, ['issue', ...FILES, '--json']);
  expect(finished.code, finished.stderr.slice(-500)).toBe(0);
  const { rows, counts }: BatchResult = JSON.parse(finished.stdout);
  expect(counts.issued).toBe(STUDENTS);
  const ids = new Set(rows.map(({ credentialId }) => credentialId));
  expect(ids.size).toBe(STUDENTS);
  for (const id of first) expect(ids.has(id)).toBe(true);
  expect(new Set(await inForce())).toEqual(ids);
}, 600_000);
