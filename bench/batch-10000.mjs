// How long do ten thousand badges take, from the jury's files to durable badges, and how much memory at most? Two proofs
// each, each verified before it is stored, on the embedded store. Judging and sealing are part of it.
// Run: npm run build && node bench/batch-10000.mjs [BADGES=10000] [--json]
import { load, openBenchHouse, readSession } from './support/bench-house.mjs';
import { inventedSession } from './support/invented-cohort.mjs';

const count = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 10_000);
const { house, remove } = await openBenchHouse();
try {
  const { issueBatch } = await load('issuing/issue-batch.js');
  const session = await readSession(house, inventedSession(count));
  const started = performance.now();
  let sealed;
  const result = await issueBatch(house.issuing, session, {
    onProgress: () => {
      sealed ??= performance.now();
    },
  });
  const seconds = (performance.now() - started) / 1000;
  console.log(
    result.counts,
    seconds,
    count / seconds,
    'first chunk at',
    (sealed - started) / 1000,
    Math.round(process.resourceUsage().maxRSS / 1024),
    'MiB',
  );
} finally {
  await remove();
}
