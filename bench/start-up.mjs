// How long does a start take with 100,000 badges stored: after a clean close, which leaves the index file, and after a
// crash that left none? Each start is a process of its own.
// Run: npm run build && node bench/start-up.mjs [STORED=100000] [--json]
import { execFileSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse } from './support/bench-house.mjs';
import { countAsked, median, tell } from './support/figures.mjs';
import { fillStore } from './support/filled-store.mjs';
import { oneAward } from './support/one-award.mjs';

const STARTS = 5;
const [role, folder] = process.argv.slice(2);
if (role === 'start') await start(folder);
else await measure();

async function measure() {
  const stored = countAsked(100_000);
  const { house, folder: filled, remove } = await openBenchHouse();
  try {
    const { addIssuer } = await load('issuing/issuers.js');
    const { issueCredential } = await load('issuing/issue-credential.js');
    const { issuing } = house;
    const issuer = await addIssuer(issuing, { name: 'Bench', country: 'FR', url: 'https://bench.example.org' });
    const { credential } = await issueCredential(issuing, (await oneAward(issuing, issuer))());
    const document = await issuing.store.ledger.document(credential, 1);
    await fillStore(issuing, { issuer: issuer.slug, document, count: stored });
    await house.close();
    const starts = Array.from({ length: STARTS }, () => startIn(filled));
    const indexFile = join(filled, 'data', 'ledger', 'index.bin');
    await rm(indexFile);
    const crashed = startIn(filled);
    const seconds = (milliseconds) => Number((milliseconds / 1000).toFixed(2));
    tell([
      {
        name: `start with ${stored} stored`,
        measured: seconds(median(starts.map(({ opened }) => opened))),
        unit: 's',
        reach: 1,
        least: 3,
      },
      {
        name: `start with ${stored} stored, loading of the program included`,
        measured: seconds(median(starts.map(({ sinceProcessBegan }) => sinceProcessBegan))),
        unit: 's',
      },
      { name: `start with ${stored} stored, no index file`, measured: seconds(crashed.opened), unit: 's' },
      {
        name: `resident memory, ${stored} stored`,
        measured: median(starts.map(({ mebibytes }) => mebibytes)),
        unit: 'MiB',
      },
    ]);
  } finally {
    await remove();
  }
}

function startIn(folder) {
  const self = fileURLToPath(import.meta.url);
  const stdio = ['ignore', 'pipe', 'inherit'];
  return JSON.parse(execFileSync(process.execPath, [self, 'start', folder], { stdio }).toString());
}

/** Opens the house of a folder and says how long that took, in milliseconds. */
async function start(folder) {
  const { openHouse } = await load('compose.js');
  const { readConfig } = await load('config.js');
  const config = readConfig(
    {
      SCEAU_DATA_DIR: join(folder, 'data'),
      SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
      SCEAU_PUBLIC_URL: 'https://badges.example.org',
      SCEAU_LOG_LEVEL: 'error',
    },
    folder,
  );
  const began = performance.now();
  const house = await openHouse(config);
  const sinceProcessBegan = performance.now();
  const mebibytes = Math.round(process.memoryUsage.rss() / 1_048_576);
  console.log(JSON.stringify({ opened: sinceProcessBegan - began, sinceProcessBegan, mebibytes }));
  await house.close();
}
