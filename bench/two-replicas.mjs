// The same batch on one PostgreSQL: by one process, and by two that share it. No row may be issued twice or left out, and
// both must end with the whole result. Two processes are faster only where there are cores for both and for the server.
// Run: npm run build && node bench/two-replicas.mjs [BADGES=2000] [--json]
import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { countAsked, tell } from './support/figures.mjs';
import { inventedSession } from './support/invented-cohort.mjs';
import { startBenchServer } from './support/postgres.mjs';

const CHILD_FLAG = '--replica';
const count = countAsked(2_000);

if (process.argv.includes(CHILD_FLAG)) await replica();
else await bench();

/** A replica: says `ready`, waits for a line, issues, and prints what came of it. */
async function replica() {
  const { house, remove } = await openBenchHouse(environmentOf(process.env.BENCH_FOLDER, process.env.BENCH_DATABASE));
  const { issueBatch } = await load('issuing/issue-batch.js');
  const session = await readSession(house, inventedSession(count));
  console.log('ready');
  await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next();
  const started = performance.now();
  const { rows, counts } = await issueBatch(house.issuing, session);
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ seconds, counts, ids: rows.map(({ credentialId }) => credentialId ?? null) }));
  await remove();
  process.exit(0);
}

function environmentOf(folder, url) {
  return { SCEAU_KEYS_DIR: `${folder}/issuer-keys`, DATABASE_URL: url };
}

async function bench() {
  const server = await startBenchServer();
  try {
    const one = await run(server, 1);
    const two = await run(server, 2);
    tell([
      { name: `${count} badges, one process on PostgreSQL`, measured: one.seconds, unit: 's' },
      { name: `${count} badges, two processes on PostgreSQL`, measured: two.seconds, unit: 's' },
      {
        name: `two replicas against one (${cpus().length} cores)`,
        measured: Math.round((one.seconds / two.seconds) * 100) / 100,
        unit: '×',
        reach: 1.8,
      },
      { name: 'rows doubled or lost by two replicas', measured: two.wrong, unit: 'rows', reach: 0, least: 0 },
    ]);
    process.exitCode = one.wrong + two.wrong === 0 ? 0 : 1;
  } finally {
    await server.end();
  }
}

/** @returns how long until the last of them was done, and how many rows are not as they must be. */
async function run(server, replicas) {
  const url = await server.newDatabase();
  const { house, folder, remove } = await openBenchHouse({ DATABASE_URL: url });
  try {
    const session = await readSession(house, inventedSession(count));
    const children = await Promise.all(Array.from({ length: replicas }, () => startReplica(folder, url)));
    const results = await Promise.all(children.map((child) => child.go()));
    const { ledger } = house.issuing.store;
    const counts = await ledger.counts(session.installed.issuer);
    const [list] = await ledger.lists(session.installed.issuer);
    const [first] = results;
    const ids = new Set(first.ids.filter((id) => id !== null));
    let wrong = Math.abs(counts.active - ids.size) + counts.reserved + first.counts.failed;
    wrong += Math.abs((list?.used ?? 0) - counts.active - counts.voided);
    for (const { ids: others } of results) wrong += others.filter((id, row) => id !== first.ids[row]).length;
    if (!(await ledger.check()).ok) wrong += count;
    return { seconds: Math.round(Math.max(...results.map(({ seconds }) => seconds)) * 100) / 100, wrong };
  } finally {
    await remove();
  }
}

async function startReplica(folder, url) {
  const self = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [self, String(count), CHILD_FLAG], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, BENCH_FOLDER: folder, BENCH_DATABASE: url },
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error('a replica ended without a result');
    return value;
  };
  await next();
  return {
    async go() {
      child.stdin.write('go\n');
      return JSON.parse(await next());
    },
  };
}
