// Kills an issuing process with `kill -9` again and again over one store, at random moments and at named steps, and
// counts what is lost, doubled or reused. Run: npm run build && node bench/crash-cycles.mjs [CYCLES=1000]
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CYCLES = Number(process.argv[2] ?? 1000);
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

function runChild(folder, programme, how) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      [CHILD, folder, programme, ...(how.step ? [how.step, String(how.count)] : [])],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
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
async function examine(folder, acknowledged) {
  const house = await openHouse(
    readConfig(
      {
        SCEAU_DATA_DIR: join(folder, 'data'),
        SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
        SCEAU_PUBLIC_URL: 'https://badges.example.org',
        SCEAU_LOG_LEVEL: 'silent',
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
  const acknowledged = new Map();
  for (let cycle = 0; cycle < CYCLES_PER_STORE && totals.cycles < CYCLES; cycle += 1) {
    const how =
      Math.random() < 0.5
        ? { killAfter: Math.random() * 500 }
        : { step: pick(STEPS), count: 1 + Math.floor(Math.random() * 4) };
    const run = await runChild(folder, pick(PROGRAMMES), how);
    totals.cycles += 1;
    if (run.signal === 'SIGKILL') totals.killed += 1;
    for (const [engagement, credential] of run.acknowledged) {
      const known = acknowledged.get(engagement);
      if (known === undefined) totals.acknowledged += 1;
      else if (known !== credential) totals.doubled += 1;
      acknowledged.set(engagement, credential);
    }
  }
  await examine(folder, acknowledged);
  await rm(folder, { recursive: true, force: true });
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${JSON.stringify(totals)} after ${seconds} s`);
}
process.exitCode = totals.lost + totals.doubled + totals.reused + totals.damaged === 0 ? 0 : 1;
