// How long do ten thousand badges take, and how much memory at most? From a jury's files on the disk to durable badges:
// judged, sealed, signed with two proofs, each verified before it is stored, on the embedded store. The files are invented
// by a process of its own, so that the memory is that of issuing.
// Run: npm run build && node bench/batch-10000.mjs [BADGES=10000] [--json]
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { countAsked, peakMegabytes, tell } from './support/figures.mjs';
import { inventedSession } from './support/invented-cohort.mjs';

const SELF = fileURLToPath(import.meta.url);
const FILES = ['definition', 'engagements', 'decisions'];

if (process.argv[2] === 'invent') await invent(Number(process.argv[3]), process.argv[4]);
else await measure(countAsked(10_000));

async function invent(count, folder) {
  const session = inventedSession(count);
  for (const name of FILES) await writeFile(join(folder, name), session[name]);
}

async function measure(count) {
  // As `sceau issue` does.
  const { keepHeapLean } = await load('compose/lean-heap.js');
  keepHeapLean();
  const folder = await mkdtemp(join(tmpdir(), 'sceau-cohort-'));
  const { house, remove } = await openBenchHouse();
  try {
    execFileSync(process.execPath, [SELF, 'invent', String(count), folder]);
    const { issueBatch } = await load('issuing/issue-batch.js');
    const session = await readSession(house, await readFiles(folder));
    const began = performance.now();
    const { counts } = await issueBatch(house.issuing, session);
    const seconds = Number(((performance.now() - began) / 1_000).toFixed(1));
    if (counts.issued !== count) throw new Error(`only ${counts.issued} of ${count} badges were issued`);
    tell([
      { name: `${count} badges, verified and durable`, measured: seconds, unit: 's', reach: 5, least: 15 },
      { name: `memory at most, ${count} badges`, measured: peakMegabytes(), unit: 'MB', reach: 200, least: 400 },
    ]);
  } finally {
    await remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function readFiles(folder) {
  const contents = await Promise.all(FILES.map((name) => readFile(join(folder, name))));
  return Object.fromEntries(FILES.map((name, number) => [name, contents[number]]));
}
