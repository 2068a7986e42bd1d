// What does one more badge cost with 100 stored, and with 100,000? Issues real badges (both proofs, verified, durable) in
// two houses of one process, turn and turn about, so that whatever else the machine does falls on both.
// Run: npm run build && node bench/one-more-badge.mjs [STORED=100000] [--json]
import { load, openBenchHouse } from './support/bench-house.mjs';
import { countAsked, median, tell } from './support/figures.mjs';
import { fillStore } from './support/filled-store.mjs';
import { oneAward } from './support/one-award.mjs';

const stored = countAsked(100_000);
const FEW = 100;
const TURNS = 200;
const WARM_UP = 50;

const few = await open();
const many = await open();
try {
  await few.fill(FEW);
  await many.fill(stored);
  for (let turn = 0; turn < WARM_UP; turn += 1) for (const { issue } of [few, many]) await issue();
  const times = { few: [], many: [] };
  for (let turn = 0; turn < TURNS; turn += 1) {
    times.few.push(await few.issue());
    times.many.push(await many.issue());
  }
  const [atFew, atMany] = [median(times.few), median(times.many)];
  tell([
    {
      name: `one more badge, ${stored} stored against ${FEW}`,
      measured: Number((atMany / atFew).toFixed(2)),
      unit: '×',
      reach: 1.1,
      least: 1.5,
    },
    { name: `one more badge, ${FEW} stored`, measured: Number(atFew.toFixed(2)), unit: 'ms' },
    { name: `one more badge, ${stored} stored`, measured: Number(atMany.toFixed(2)), unit: 'ms' },
  ]);
} finally {
  await few.remove();
  await many.remove();
}

async function open() {
  const { addIssuer } = await load('issuing/issuers.js');
  const { issueCredential } = await load('issuing/issue-credential.js');
  const { house, remove } = await openBenchHouse();
  const { issuing } = house;
  const issuer = await addIssuer(issuing, { name: 'Bench', country: 'FR', url: 'https://bench.example.org' });
  const next = await oneAward(issuing, issuer);
  const { credential } = await issueCredential(issuing, next());
  const document = await issuing.store.ledger.document(credential, 1);
  return {
    remove,
    fill: (count) => fillStore(issuing, { issuer: issuer.slug, document, count }),
    /** @returns milliseconds. */
    async issue() {
      const began = performance.now();
      await issueCredential(issuing, next());
      return performance.now() - began;
    },
  };
}
