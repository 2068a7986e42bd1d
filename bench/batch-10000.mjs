// How long do ten thousand badges take, and how much memory at most? From a jury's files as read to durable badges: judged,
// sealed, signed with two proofs, each verified before it is stored, on the embedded store.
// Run: npm run build && node bench/batch-10000.mjs [BADGES=10000] [--json]
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { peakMegabytes, tell } from './support/figures.mjs';
import { inventedSession } from './support/invented-cohort.mjs';

const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 10_000);
// As `sceau issue` does.
const { keepHeapLean } = await load('compose/lean-heap.js');
keepHeapLean();
const { house, remove } = await openBenchHouse();
try {
  const { issueBatch } = await load('issuing/issue-batch.js');
  const session = await readSession(house, inventedSession(count));
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
}
