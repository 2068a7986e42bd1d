import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { canonicalJson } from '../../src/proof/canonical-json.js';
import { canonize } from '../../src/proof/canonize.js';
import { createPinnedContexts, type PinnedContexts } from '../../src/proof/pinned-contexts.js';
import { listProofs, readProof } from '../../src/proof/read-proof.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';
import { mutations } from './mutate.js';

const EXAMPLES = 'https://www.w3.org/ns/credentials/examples/v2';
const NOW = Date.parse('2026-11-22T00:00:00Z');

function text(name: string): string {
  return readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8');
}

function json(name: string): JsonObject {
  const value: unknown = JSON.parse(text(name));
  if (!isJsonObject(value)) throw new Error(`${name} is no JSON object`);
  return value;
}

/** The vectors use the examples context, which nobody should pin: it takes any word for a term. */
async function contextsWithExamples(): Promise<PinnedContexts> {
  const pinned = await testContexts();
  const documents = new Map(pinned.urls().map((url) => [url, pinned.get(url) ?? {}]));
  return createPinnedContexts(
    documents.set(EXAMPLES, { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }),
  );
}

const digest = (algorithm: string, canonical: string) => createHash(algorithm).update(canonical).digest('hex');

function withoutProof(document: JsonObject): JsonObject {
  const { proof: _, ...unsecured } = document;
  return unsecured;
}

/** The key each vector's method spells out after the `#`. */
const keyOf = (proof: Json) => String(isJsonObject(proof) ? proof['verificationMethod'] : '').split('#')[1] ?? '';

async function verdicts(document: JsonObject): Promise<string[]> {
  const verifier = createProofVerifier(document, {
    contexts: await contextsWithExamples(),
    crypto: createNodeCrypto(),
    at: NOW,
  });
  const answers: string[] = [];
  for (const proof of listProofs(document)) {
    const verdict = await verifier.verify(proof, keyOf(proof));
    answers.push(verdict.ok ? 'ok' : verdict.code);
  }
  return answers;
}

const rdfc2022 = json('vc-di-eddsa/eddsa-rdfc-2022.signedDataInt.json');
const jcs2022 = json('vc-di-eddsa/eddsa-jcs-2022.signedJCS.json');
const legacy2020 = json('vc-di-eddsa/Ed25519Signature2020.signedEdSig.json');
const chain = json('vc-di-eddsa/proof-set-chain.signedProofChain2.json');
const derived = json('vc-di-ecdsa/ecdsa-sd-2023.derivedRevealDocument.json');

/** Both ECDSA vectors are over the document of the EdDSA ones; options as the specification prints them. */
function ecdsaSigned(curve: 'P256' | 'P384'): JsonObject {
  const key =
    curve === 'P256'
      ? 'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP'
      : 'z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ';
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'ecdsa-rdfc-2019',
    created: '2023-02-24T23:36:38Z',
    verificationMethod: `did:key:${key}#${key}`,
    proofPurpose: 'assertionMethod',
    proofValue: text(`vc-di-ecdsa/ecdsa-rdfc-2019-${curve.toLowerCase()}.sigBTC58ECDSA${curve}.txt`),
  };
  return { ...withoutProof(rdfc2022), proof };
}

const signed: readonly (readonly [string, JsonObject])[] = [
  ['eddsa-rdfc-2022', rdfc2022],
  ['eddsa-jcs-2022', jcs2022],
  ['Ed25519Signature2020', legacy2020],
  ['ecdsa-rdfc-2019 with P-256', ecdsaSigned('P256')],
  ['ecdsa-rdfc-2019 with P-384', ecdsaSigned('P384')],
  ['ecdsa-sd-2023, derived', derived],
];

describe('the vectors W3C publishes', () => {
  it.each(signed)('verify: %s', async (_, document) => {
    expect(await verdicts(document)).toEqual(['ok']);
  });

  it.each(signed)('verify no more with any value changed or removed: %s (V15)', async (_, document) => {
    const survivors: string[] = [];
    for (const mutation of mutations(document)) {
      const answers = await verdicts(mutation.document);
      if (answers.length === 0 || answers.includes('ok')) survivors.push(mutation.name);
    }
    // Without its last proof there is nothing to hold.
    expect(survivors).toEqual(['/proof removed']);
  });

  it('verify: a chain of proofs, the third of which covers two others', async () => {
    expect(await verdicts(chain)).toEqual(['ok', 'ok', 'ok', 'ok']);
  });

  it('break in the chain where a link was changed, and after it', async () => {
    const proofs = listProofs(chain);
    const [first, second, third, fourth] = proofs;
    const other = { ...(isJsonObject(first) ? first : {}), created: '2023-02-24T23:36:39Z' };
    const altered = { ...chain, proof: [other, second, third, fourth].filter(isJsonObject) };
    const broken = 'CRYPTOGRAPHIC_SECURITY_ERROR';
    expect(await verdicts(altered)).toEqual([broken, 'ok', broken, 'ok']);
    const missing = { ...chain, proof: [second, third, fourth].filter(isJsonObject) };
    expect(await verdicts(missing)).toEqual(['ok', 'PROOF_VERIFICATION_ERROR', 'PROOF_VERIFICATION_ERROR']);
  });

  it.each([
    ['sha256', rdfc2022, 'vc-di-eddsa/eddsa-rdfc-2022.combinedHashDataInt.txt'],
    ['sha256', ecdsaSigned('P256'), 'vc-di-ecdsa/ecdsa-rdfc-2019-p256.combinedHashECDSAP256.txt'],
    ['sha384', ecdsaSigned('P384'), 'vc-di-ecdsa/ecdsa-rdfc-2019-p384.combinedHashECDSAP384.txt'],
  ])('have our hashes of options and document, step by step (%s)', async (algorithm, document, file) => {
    const contexts = await contextsWithExamples();
    const reading = readProof(document['proof'] ?? null);
    if (!reading.ok) throw new Error(reading.detail);
    const options = await canonize(
      { '@context': document['@context'] ?? null, ...reading.proof.options },
      { contexts },
    );
    const canonical = await canonize(withoutProof(document), { contexts });
    expect(digest(algorithm, options) + digest(algorithm, canonical)).toBe(text(file));
  });

  it('have our canonical JSON and its hashes, step by step', () => {
    const canonical = canonicalJson(withoutProof(jcs2022));
    expect(canonical).toBe(text('vc-di-eddsa/eddsa-jcs-2022.canonDocJCS.txt'));
    expect(digest('sha256', canonical)).toBe(text('vc-di-eddsa/eddsa-jcs-2022.docHashJCS.txt'));
    const options = text('vc-di-eddsa/eddsa-jcs-2022.proofCanonJCS.txt');
    const canonicalOptions = canonicalJson(json('vc-di-eddsa/eddsa-jcs-2022.proofCanonJCS.txt'));
    expect(canonicalOptions).toBe(options);
    expect(digest('sha256', canonicalOptions)).toBe(text('vc-di-eddsa/eddsa-jcs-2022.proofHashJCS.txt'));
  });
});
