// How much faster are both proofs of a badge made here than by two `vc.issue` calls of @digitalbazaar/vc on the same
// document? In one process, in turns, over one badge of each shipped programme; the signed documents are the same.
// Run: npm run build && node bench/issue-ratio.mjs [ROUNDS=15] [--json]
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { load } from './support/bench-house.mjs';
import { tell } from './support/figures.mjs';
import { benchKey, libraryLoader, sampleBadges } from './support/sample-badges.mjs';

const ROUNDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 15);
/** Of ours for one of the library's, so that both take a while. */
const TIMES = 20;
const SUITES = ['eddsa-rdfc-2022', 'Ed25519Signature2020'];

const { badges, contexts, eddsa, remove } = await sampleBadges();
const { addProofs } = await load('proof/sign.js');
const { key, signer, librarySigner } = await benchKey('did:web:bench.example');
const documentLoader = libraryLoader(contexts, {});
const created = Math.floor(Date.now() / 1_000) * 1_000;
const date = `${new Date(created).toISOString().slice(0, 19)}Z`;

async function byLibrary(credential) {
  const suites = [
    new DataIntegrityProof({ signer: librarySigner, date, cryptosuite }),
    new Ed25519Signature2020({ signer: librarySigner, date }),
  ];
  const proof = [];
  for (const suite of suites) {
    proof.push((await issue({ credential: structuredClone(credential), suite, documentLoader, now: date })).proof);
  }
  return { ...credential, proof };
}

const here = (credential) => addProofs({ credential, suites: SUITES, key, signer, contexts, eddsa, created });

try {
  for (const badge of badges) {
    if (JSON.stringify(await here(badge)) !== JSON.stringify(await byLibrary(badge))) {
      throw new Error('the two ways sign differently');
    }
  }
  const times = { library: [], here: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    let began = performance.now();
    for (const badge of badges) await byLibrary(badge);
    times.library.push((performance.now() - began) / badges.length);
    began = performance.now();
    for (let time = 0; time < TIMES; time += 1) for (const badge of badges) await here(badge);
    times.here.push((performance.now() - began) / badges.length / TIMES);
  }
  // The fastest round of each: what else the machine does disturbs it least.
  const [library, own] = [Math.min(...times.library), Math.min(...times.here)];
  if (!process.argv.includes('--json')) {
    console.log(`two vc.issue calls: ${library.toFixed(1)} ms; here: ${(own * 1_000).toFixed(0)} µs`);
  }
  tell([
    {
      name: 'both proofs, against two vc.issue calls',
      measured: Number((library / own).toFixed(1)),
      unit: '×',
      reach: 80,
      least: 40,
    },
  ]);
} finally {
  await remove();
}
