// How much faster is one proof of a badge verified here than by `vc.verifyCredential` of @digitalbazaar/vc? In one
// process, in turns, over one badge of each shipped programme. Nothing is remembered between rounds.
// Run: npm run build && node bench/verify-ratio.mjs [ROUNDS=15] [--json]
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { verifyCredential } from '@digitalbazaar/vc';
import { load } from './support/bench-house.mjs';
import { tell } from './support/figures.mjs';
import { benchKey, libraryLoader, sampleBadges } from './support/sample-badges.mjs';

const ROUNDS = Number(process.argv.slice(2).find((word) => /^\d+$/.test(word)) ?? 15);
/** Of ours for one of the library's, so that both take a while. */
const TIMES = 20;

const { badges, contexts, eddsa, canonize, crypto, remove } = await sampleBadges();
const { addProofs } = await load('proof/sign.js');
const { createProofVerifier } = await load('proof/verify-proof.js');
const { composeDidDocument } = await load('keys/did-document.js');

const created = Date.now();
const signed = [];
const documents = {};
const keyOf = new Map();
for (const badge of badges) {
  const did = badge.issuer.id;
  const { key, signer } = await benchKey(did);
  const [only] = composeDidDocument({ did, keys: [key] }).verificationMethod;
  documents[did] = composeDidDocument({ did, keys: [key] });
  documents[key.verificationMethod] = { '@context': 'https://w3id.org/security/multikey/v1', ...only };
  const document = await addProofs({
    credential: badge,
    suites: ['eddsa-rdfc-2022'],
    key,
    signer,
    contexts,
    eddsa,
    created,
  });
  keyOf.set(document, key.publicKeyMultibase);
  signed.push(document);
}
const documentLoader = libraryLoader(contexts, documents);

async function byLibrary(credential) {
  const { verified, error } = await verifyCredential({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    checkStatus: async () => ({ verified: true }),
  });
  if (!verified) throw error;
}

async function here(document) {
  const verifier = createProofVerifier(document, { contexts, crypto, at: created, canonize });
  const verdict = await verifier.verify(document.proof[0], keyOf.get(document));
  if (!verdict.ok) throw new Error(verdict.detail);
}

try {
  const times = { library: [], here: [] };
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    let began = performance.now();
    for (const document of signed) await byLibrary(document);
    const library = (performance.now() - began) / signed.length;
    began = performance.now();
    for (let time = 0; time < TIMES; time += 1) for (const document of signed) await here(document);
    const own = (performance.now() - began) / signed.length / TIMES;
    // The first two warm up.
    if (round < 2) continue;
    times.library.push(library);
    times.here.push(own);
  }
  // The fastest round of each: what else the machine does disturbs it least.
  const [library, own] = [Math.min(...times.library), Math.min(...times.here)];
  if (!process.argv.includes('--json')) {
    console.log(`vc.verifyCredential: ${library.toFixed(1)} ms; here: ${(own * 1_000).toFixed(0)} µs`);
  }
  tell([
    {
      name: 'one proof verified, against vc.verifyCredential',
      measured: Number((library / own).toFixed(1)),
      unit: '×',
      reach: 30,
      least: 15,
    },
  ]);
} finally {
  await remove();
}
