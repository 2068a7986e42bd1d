// What does one more badge cost with 100 stored, and with 100,000? Issues real badges (both proofs, verified, durable)
// over one store before and after filling it with reservations and signed documents of the usual size.
// Run: npm run build && node bench/one-more-badge.mjs [STORED=100000] [SAMPLES=60]
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const STORED = Number(process.argv[2] ?? 100_000);
const SAMPLES = Number(process.argv[3] ?? 60);
const dist = new URL('../dist/', import.meta.url);
const load = (path) => import(new URL(path, dist).href);
const { openHouse } = await load('compose.js');
const { readConfig } = await load('config.js');
const { composeCredential } = await load('credential/compose.js');
const { readCohort } = await load('engagement/read-cohort.js');
const { addIssuer } = await load('issuing/issuers.js');
const { issueCredential } = await load('issuing/issue-credential.js');
const { drawStatusIndex } = await load('issuing/draw-status-index.js');
const { readDecisionFile } = await load('jury/decision-file.js');
const { evaluateProgramme } = await load('jury/evaluate.js');
const { matchDecisions } = await load('jury/match-decisions.js');
const { checkProgramme } = await load('programme/check.js');

const sample = (file) => readFileSync(join(fileURLToPath(new URL('../programmes/ecstra/', import.meta.url)), file));
const folder = await mkdtemp(join(tmpdir(), 'sceau-bench-'));
const configuration = readConfig(
  {
    SCEAU_DATA_DIR: join(folder, 'data'),
    SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
    SCEAU_PUBLIC_URL: 'https://badges.example.org',
    SCEAU_LOG_LEVEL: 'silent',
  },
  folder,
);
let house = await openHouse(configuration);
const { programme } = checkProgramme(sample('programme.json'));
const { cohort } = readCohort(sample('engagements.json'), programme);
const decisions = matchDecisions(readDecisionFile(sample('jury-decisions.csv')).rows, cohort.engagements);
const { evaluation } = evaluateProgramme({ programme, cohort, decisions });
const verdict = evaluation.results.find(({ outcome }) => outcome === 'issued');
const engagement = cohort.engagements.find(({ id }) => id === verdict.engagementId);
const decision = decisions.decisions.find(({ engagementId }) => engagementId === engagement.id);
const issuer = await addIssuer(house.issuing, { name: 'Bench', country: 'FR', url: 'https://bench.example.org' });

let drawn = 0;
function request() {
  drawn += 1;
  return {
    issuer,
    ref: drawn.toString(16).padStart(64, '0'),
    actor: 'bench',
    award: { programme: programme.id, programmeVersion: programme.version, engagement, verdict, decision },
    compose: ({ credentialId, status, validFrom }) =>
      composeCredential({
        programme,
        engagement,
        verdict,
        decision,
        academicYear: cohort.academicYear,
        issuer,
        credentialId,
        status,
        salts: { email: '00'.repeat(16), name: '11'.repeat(16) },
        hash: house.issuing.hash,
        validFrom,
      }),
  };
}

async function medianOfOneMore() {
  const times = [];
  for (let sampled = 0; sampled < SAMPLES; sampled += 1) {
    const started = performance.now();
    await issueCredential(house.issuing, request());
    times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Reservations and signed documents as large as real ones, appended as a batch appends them. */
async function fill(count, document) {
  const { issuing } = house;
  const { ledger } = issuing.store;
  for (let start = 0; start < count; start += 500) {
    const places = [];
    const used = new Set();
    while (places.length < Math.min(500, count - start)) {
      const place = await drawStatusIndex(issuing, issuer.slug);
      if (used.has(place.index)) continue;
      used.add(place.index);
      places.push({ ...place, credential: issuing.ids.next() });
    }
    await ledger.append(
      places.map(({ credential, list, index }) => {
        drawn += 1;
        const ref = drawn.toString(16).padStart(64, '0');
        const event = {
          kind: 'reserved',
          issuer: issuer.slug,
          credential,
          version: 1,
          list,
          index,
          ref,
          source: 'jury',
        };
        return { actor: 'bench', event, payload: { document } };
      }),
    );
    await ledger.append(
      places.map(({ credential }) => ({
        actor: 'bench',
        event: { kind: 'issued', issuer: issuer.slug, credential, version: 1 },
        payload: document,
      })),
    );
  }
}

try {
  const first = await issueCredential(house.issuing, request());
  const document = await house.issuing.store.ledger.document(first.credential, 1);
  await medianOfOneMore();
  await fill(Math.max(0, 99 - SAMPLES), document);
  const few = await medianOfOneMore();
  console.log(`one more badge, about 100 stored: ${few.toFixed(1)} ms`);
  const filling = performance.now();
  await fill(STORED, document);
  console.log(`filled to ${STORED} in ${((performance.now() - filling) / 1000).toFixed(1)} s`);
  const many = await medianOfOneMore();
  console.log(`one more badge, ${STORED} stored: ${many.toFixed(1)} ms (${(many / few).toFixed(2)} times)`);
  await house.close();
  globalThis.gc?.();
  const opening = performance.now();
  house = await openHouse(configuration);
  console.log(`start with ${STORED} stored: ${((performance.now() - opening) / 1000).toFixed(2)} s`);
  console.log(`resident memory: ${Math.round(process.memoryUsage.rss() / 1_048_576)} MiB`);
} finally {
  await house.close();
  await rm(folder, { recursive: true, force: true });
}
