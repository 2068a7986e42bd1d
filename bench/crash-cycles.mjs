// Kills an issuing process with `kill -9` again and again over one store, at random moments and at named steps, and
// counts what is lost, doubled or reused.
// Run: npm run build && node bench/crash-cycles.mjs [CYCLES=1000] [--store postgres] [--json]
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { countAsked, tell } from './support/figures.mjs';
import { startBenchServer } from './support/postgres.mjs';

const CYCLES = countAsked(1000);
const STORE = process.argv.includes('postgres') ? 'PostgreSQL' : 'embedded store';
/** One store is used for this many cycles, so that recovery meets what earlier crashes left. */
const CYCLES_PER_STORE = 25;
const PROGRAMMES = ['ecstra', 'engagement-citoyen', 'mission-industrielle', 'missions-professionnelles', 'projet-pro'];
const CHILD = fileURLToPath(new URL('../test/support/crash-child.mjs', import.meta.url));
const dist = new URL('../dist/', import.meta.url);
const { openHouse } = await import(new URL('compose.js', dist).href);
const { ISSUING_STEPS: STEPS } = await import(new URL('issuing/context.js', dist).href);
const { readConfig } = await import(new URL('config.js', dist).href);
const { findBadge } = await import(new URL('issuing/badges.js', dist).href);

const totals = { cycles: 0, killed: 0, acknowledged: 0, lost: 0, doubled: 0, reused: 0, damaged: 0 };
const pick = (list) => list[Math.floor(Math.random() * list.length)];

const server = STORE === 'PostgreSQL' ? await startBenchServer() : undefined;

function runChild({ folder, database }, programme, how) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [CHILD, folder, programme, ...(how.step ? [how.step, String(how.count)] : [])],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, CRASH_DATABASE_URL: database },
      },
    );
    let stdout = '';
    child.stdout.on('data', (chunk) => {
      const wasOpen = stdout.includes('open');
      stdout += chunk;
      if (!wasOpen && how.killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), how.killAfter);
    });
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      const lines = stdout.split('\n').map((line) => line.split(' '));
      resolve({ signal, acknowledged: lines.filter((line) => line.length === 2) });
    });
  });
}

/** Opens the store as the next start would, and holds it against everything that was ever acknowledged. */
async function examine({ folder, database }, acknowledged) {
  const house = await openHouse(
    readConfig(
      {
        SCEAU_DATA_DIR: join(folder, 'data'),
        SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
        SCEAU_PUBLIC_URL: 'https://badges.example.org',
        SCEAU_LOG_LEVEL: 'silent',
        DATABASE_URL: database,
      },
      folder,
    ),
  );
  try {
    const { ledger, documents } = house.issuing.store;
    for (const credential of acknowledged.values()) {
      if ((await findBadge(house.issuing, credential)) === undefined) totals.lost += 1;
    }
    for (const slug of await documents.issuers()) {
      const counts = await ledger.counts(slug);
      const drawn = Object.values(counts).reduce((sum, count) => sum + count, 0);
      const used = (await ledger.lists(slug)).reduce((sum, list) => sum + list.used, 0);
      if (used !== drawn) totals.reused += 1;
    }
    if (!(await ledger.check()).ok) totals.damaged += 1;
  } finally {
    await house.close();
  }
}

const started = Date.now();
while (totals.cycles < CYCLES) {
  const folder = await mkdtemp(join(tmpdir(), 'sceau-crash-'));
  const place = { folder, database: (await server?.newDatabase()) ?? '' };
  const acknowledged = new Map();
  for (let cycle = 0; cycle < CYCLES_PER_STORE && totals.cycles < CYCLES; cycle += 1) {
    const how =
      Math.random() < 0.5
        ? { killAfter: Math.random() * 500 }
        : { step: pick(STEPS), count: 1 + Math.floor(Math.random() * 4) };
    const run = await runChild(place, pick(PROGRAMMES), how);
    totals.cycles += 1;
    if (run.signal === 'SIGKILL') totals.killed += 1;
    for (const [engagement, credential] of run.acknowledged) {
      const known = acknowledged.get(engagement);
      if (known === undefined) totals.acknowledged += 1;
      else if (known !== credential) totals.doubled += 1;
      acknowledged.set(engagement, credential);
    }
  }
  await examine(place, acknowledged);
  await rm(folder, { recursive: true, force: true });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.error(`${JSON.stringify(totals)} after ${seconds} s`);
}
await server?.end();
tell([
  { name: `kill -9 cycles, ${STORE}`, measured: totals.cycles, unit: 'cycles', reach: 1000 },
  ...['lost', 'doubled', 'reused', 'damaged'].map((name) => ({
    name: `${name} after kill -9, ${STORE}`,
    measured: totals[name],
    unit: name === 'damaged' ? 'stores' : 'badges',
    reach: 0,
    least: 0,
  })),
]);
process.exitCode = totals.lost + totals.doubled + totals.reused + totals.damaged === 0 ? 0 : 1;
