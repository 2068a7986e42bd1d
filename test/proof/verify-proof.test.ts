import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { generateKeyPair } from '../../src/keys/key-pair.js';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { decodeBase58Multibase, encodeBase58Multibase } from '../../src/proof/multibase.js';
import { writeMultikey } from '../../src/proof/multikey.js';
import { listProofs } from '../../src/proof/read-proof.js';
import { addProofs } from '../../src/proof/sign.js';
import { PROOF_SUITES } from '../../src/proof/suites.js';
import { createProofVerifier, type ProofVerdict } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';
import { CREATED, fixedKey, sampleBadge } from './badge.js';
import { mutations } from './mutate.js';
import { signWithLibrary } from './not-ours.js';

const crypto = createNodeCrypto();
const { publicKeyMultibase } = fixedKey().key;

async function signed(): Promise<{ document: JsonObject; proofs: readonly [JsonObject, JsonObject] }> {
  const contexts = await testContexts();
  const document = await addProofs({
    credential: sampleBadge(),
    suites: PROOF_SUITES,
    ...fixedKey(),
    contexts,
    created: CREATED,
  });
  const [first = {}, second = {}] = document.proof;
  return { document, proofs: [first, second] };
}

async function verify(
  document: JsonObject,
  proof: Json,
  { key = publicKeyMultibase, at = CREATED }: { key?: string; at?: number } = {},
): Promise<ProofVerdict> {
  return createProofVerifier(document, { contexts: await testContexts(), crypto, at }).verify(proof, key);
}

async function codeOf(document: JsonObject, proof: Json, options?: { key?: string; at?: number }): Promise<string> {
  const verdict = await verify(document, proof, options);
  return verdict.ok ? 'ok' : verdict.code;
}

describe('a proof', () => {
  it('of ours holds, for both suites, with one canonicalisation of the document', async () => {
    const { document, proofs } = await signed();
    let hashed = 0;
    const sha256 = (data: Uint8Array | string) => {
      hashed += 1;
      return crypto.sha256(data);
    };
    const counting = { ...crypto, sha256 };
    const verifier = createProofVerifier(document, { contexts: await testContexts(), crypto: counting, at: CREATED });
    for (const proof of proofs) expect(await verifier.verify(proof, publicKeyMultibase)).toEqual({ ok: true });
    expect(hashed).toBe(3);
  });

  it.each(PROOF_SUITES)('made by @digitalbazaar/vc with %s holds', async (suite) => {
    const document = await signWithLibrary(sampleBadge(), suite);
    for (const proof of listProofs(document)) expect(await verify(document, proof)).toEqual({ ok: true });
  });

  it('fails when any signed value is changed or removed (V15)', async () => {
    const { document, proofs } = await signed();
    const contexts = await testContexts();
    const survivors: string[] = [];
    let count = 0;
    for (const mutation of mutations(document, ['proof'])) {
      count += 1;
      const verifier = createProofVerifier(mutation.document, { contexts, crypto, at: CREATED });
      for (const proof of proofs) {
        if ((await verifier.verify(proof, publicKeyMultibase)).ok) survivors.push(mutation.name);
      }
    }
    expect(survivors).toEqual([]);
    expect(count).toBeGreaterThan(150);
  });

  it('fails when a value is added: a known one (V15), an undefined one (V16), a relative id (V17)', async () => {
    const { document, proofs } = await signed();
    for (const proof of proofs) {
      expect(await codeOf({ ...document, validUntil: '2030-01-01T00:00:00Z' }, proof)).toBe(
        'CRYPTOGRAPHIC_SECURITY_ERROR',
      );
      expect(await codeOf({ ...document, honour: 'cum laude' }, proof)).toBe('PROOF_TRANSFORMATION_ERROR');
      const evidence = [...listOf(document['evidence']), { id: 'other.pdf', type: ['Evidence'] }];
      expect(await codeOf({ ...document, evidence }, proof)).toBe('PROOF_TRANSFORMATION_ERROR');
    }
  });

  it('fails when any of its own options is changed, removed or added', async () => {
    const { document, proofs } = await signed();
    for (const proof of proofs) {
      for (const { name, document: changed } of mutations(proof)) {
        expect((await verify(document, changed)).ok, name).toBe(false);
      }
      expect((await verify(document, { ...proof, domain: 'other.example' })).ok).toBe(false);
      expect((await verify(document, { ...proof, id: 'urn:uuid:5c3f1c0e-0000-4000-8000-000000000000' })).ok).toBe(
        false,
      );
    }
  });

  it('does not depend on the proof beside it', async () => {
    const { document, proofs } = await signed();
    for (const proof of proofs) expect(await verify({ ...document, proof: [proof] }, proof)).toEqual({ ok: true });
  });

  it('of one suite never passes for one of the other', async () => {
    const { document, proofs } = await signed();
    const [dataIntegrity, legacy] = proofs;
    const swapped = { ...dataIntegrity, proofValue: legacy['proofValue'] ?? null };
    expect(await codeOf(document, swapped)).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
    const { cryptosuite: _, ...options } = dataIntegrity;
    expect(await codeOf(document, { ...options, type: 'Ed25519Signature2020' })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });
});

describe('a proof is refused', () => {
  it.each([null, {}, 'proof', 7, []])('when it is %j (V14)', async (proof) => {
    const { document } = await signed();
    expect(await codeOf(document, proof)).toBe('PROOF_VERIFICATION_ERROR');
  });

  it('when its suite is unknown, upper-case, a list or missing (V24)', async () => {
    const { document, proofs } = await signed();
    for (const cryptosuite of ['bbs-2023', 'EDDSA-RDFC-2022', ['eddsa-rdfc-2022'], null]) {
      expect(await codeOf(document, { ...proofs[0], cryptosuite })).toBe('unsupported-proof');
    }
    const { cryptosuite: _, ...without } = proofs[0];
    expect(await codeOf(document, without)).toBe('unsupported-proof');
    expect(await codeOf(document, { ...proofs[1], type: 'Ed25519Signature2018' })).toBe('unsupported-proof');
  });

  it('under a key of another kind, of another length or no key at all (V25)', async () => {
    const { document, proofs } = await signed();
    const p256 = generateKeyPair('ES256').publicKeyMultibase;
    const jwk = generateKeyPairSync('ed448').publicKey.export({ format: 'jwk' });
    const long = writeMultikey('Ed25519', Buffer.from(jwk.x ?? '', 'base64url'));
    for (const key of [p256, long, 'z', '', 'did:key:z6Mk', `${publicKeyMultibase}0`]) {
      expect(await codeOf(document, proofs[0], { key }), key).toBe('INVALID_VERIFICATION_METHOD');
    }
  });

  it('under another Ed25519 key', async () => {
    const { document, proofs } = await signed();
    const key = generateKeyPair('Ed25519').publicKeyMultibase;
    expect(await codeOf(document, proofs[0], { key })).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });

  it('when its proofValue is malformed (V26)', async () => {
    const { document, proofs } = await signed();
    const good = String(proofs[0]['proofValue']);
    const bytes = decodeBase58Multibase(good) ?? new Uint8Array();
    const malformed: Json[] = [
      good.slice(1),
      `u${Buffer.from(bytes).toString('base64url')}`,
      `${good.slice(0, 20)}0OIl${good.slice(24)}`,
      encodeBase58Multibase(bytes.slice(1)),
      encodeBase58Multibase(Uint8Array.of(...bytes, 1)),
      '',
      'z',
      `z${'2'.repeat(1_000_000)}`,
      [good],
      null,
    ];
    for (const proofValue of malformed) {
      expect(await codeOf(document, { ...proofs[0], proofValue })).toBe('PROOF_VERIFICATION_ERROR');
    }
  });

  it('when its signature was malleated: S + L instead of S (V27)', async () => {
    const { document, proofs } = await signed();
    const bytes = decodeBase58Multibase(String(proofs[0]['proofValue'])) ?? new Uint8Array();
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    let s = bytes.slice(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
    const malleated = bytes.slice();
    for (let index = 32; index < 64; index++, s >>= 8n) malleated[index] = Number(s & 255n);
    const proof = { ...proofs[0], proofValue: encodeBase58Multibase(malleated) };
    expect(await codeOf(document, proof)).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });

  it('when it was made for another purpose (V28)', async () => {
    const { document, proofs } = await signed();
    const proof = { ...proofs[0], proofPurpose: 'authentication' };
    expect(await codeOf(document, proof)).toBe('INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD');
  });

  it('when it comes from the future, has expired, or its times are no dateTimeStamps (V31)', async () => {
    const { document, proofs } = await signed();
    expect(await codeOf(document, proofs[0], { at: CREATED - 299_000 })).toBe('ok');
    expect(await codeOf(document, proofs[0], { at: CREATED - 302_000 })).toBe('PROOF_VERIFICATION_ERROR');
    const expired = { ...proofs[0], expires: '2026-11-22T09:30:15Z' };
    expect(await codeOf(document, expired)).toBe('PROOF_VERIFICATION_ERROR');
    for (const created of ['2026-02-31T00:00:00Z', '2026-11-22', 0, null]) {
      expect(await codeOf(document, { ...proofs[0], created })).toBe('PROOF_VERIFICATION_ERROR');
    }
  });

  it('when a member is disguised as its IRI, which leaves the signed form as it is (V65)', async () => {
    const { document, proofs } = await signed();
    const { created, ...rest } = proofs[0];
    const typed = { '@value': created ?? null, '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' };
    const disguised = { ...rest, 'http://purl.org/dc/terms/created': typed };
    expect(await codeOf(document, disguised)).toBe('PROOF_VERIFICATION_ERROR');
    expect(await codeOf(document, { ...proofs[0], '@id': 'urn:uuid:a' })).toBe('PROOF_VERIFICATION_ERROR');
  });

  it('when it chains to a proof that is not there, or to itself (V33)', async () => {
    const { document, proofs } = await signed();
    const missing = { ...proofs[0], previousProof: 'urn:uuid:none' };
    expect(await codeOf({ ...document, proof: [missing] }, missing)).toBe('PROOF_VERIFICATION_ERROR');
    const own = { ...proofs[0], id: 'urn:uuid:a', previousProof: 'urn:uuid:a' };
    expect(await codeOf({ ...document, proof: [own] }, own)).toBe('PROOF_VERIFICATION_ERROR');
    const one = { ...proofs[0], id: 'urn:uuid:a', previousProof: ['urn:uuid:b'] };
    const two = { ...proofs[1], id: 'urn:uuid:b', previousProof: ['urn:uuid:a'] };
    expect(await codeOf({ ...document, proof: [one, two] }, one)).toBe('PROOF_VERIFICATION_ERROR');
  });

  it('when it brings a context of its own, unless it repeats the document’s', async () => {
    const { document, proofs } = await signed();
    const other = { ...proofs[0], '@context': 'https://w3id.org/security/data-integrity/v2' };
    expect(await codeOf(document, other)).toBe('untrusted-context');
    expect(await codeOf(document, { ...proofs[0], '@context': document['@context'] ?? null })).toBe('ok');
  });

  it('when the document names an unpinned context, even one that hides in the cache as text (V19)', async () => {
    const { document, proofs } = await signed();
    const inline = '{"name":"https://schema.org/description"}';
    await codeOf({ ...document, '@context': [...listOf(document['@context']), JSON.parse(inline)] }, proofs[0]);
    for (const url of ['https://evil.example/context', inline]) {
      const renamed = { ...document, '@context': [...listOf(document['@context']), url] };
      expect(await codeOf(renamed, proofs[0])).toBe('untrusted-context');
    }
  });

  it('when the document holds a lone surrogate (V12) or a number RDF writes like another', async () => {
    const { document, proofs } = await signed();
    expect(await codeOf({ ...document, description: '\udc00' }, proofs[0])).toBe('MALFORMED_VALUE_ERROR');
    const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject'] : {};
    const close = { ...document, credentialSubject: { ...subject, creditsEarned: 2.5000000000000004 } };
    expect(await codeOf(close, proofs[0])).toBe('MALFORMED_VALUE_ERROR');
  });

  it('when the document is a poisoned graph, within a second (V23)', async () => {
    const { document, proofs } = await signed();
    const nodes = Array.from({ length: 10 }, (_, index) => `_:n${index}`);
    const related = nodes.map((id) => ({
      id,
      type: ['Related'],
      'https://example.org/knows': nodes.filter((other) => other !== id).map((other) => ({ id: other })),
    }));
    const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject'] : {};
    const achievement = isJsonObject(subject['achievement']) ? subject['achievement'] : {};
    const poisoned = { ...document, credentialSubject: { ...subject, achievement: { ...achievement, related } } };
    const start = performance.now();
    expect(await codeOf(poisoned, proofs[0])).toBe('too-complex');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('a proof chain', () => {
  it('holds when the second proof covers the first, and breaks when the first is replaced', async () => {
    const contexts = await testContexts();
    const first = {
      ...(
        await addProofs({
          credential: sampleBadge(),
          suites: ['eddsa-rdfc-2022'],
          ...fixedKey(),
          contexts,
          created: CREATED,
        })
      ).proof[0],
    };
    // The chain is made by hand, step by step as Data Integrity 4.3 says.
    const { canonize } = await import('../../src/proof/canonize.js');
    const sha = async (document: JsonObject) =>
      crypto.sha256(new TextEncoder().encode(await canonize(document, { contexts })));
    const sign = async (input: JsonObject, options: JsonObject) => {
      const context = { '@context': sampleBadge()['@context'] ?? null };
      const message = Uint8Array.of(...(await sha({ ...context, ...options })), ...(await sha(input)));
      const { key, signer } = fixedKey();
      const [signature = new Uint8Array()] = await signer.sign({
        verificationMethod: key.verificationMethod,
        messages: [message],
      });
      return { ...options, proofValue: encodeBase58Multibase(signature) };
    };
    const { proofValue: _, ...options } = first;
    const base = await sign(sampleBadge(), { ...options, id: 'urn:uuid:1' });
    const link = await sign(
      { ...sampleBadge(), proof: [base] },
      { ...options, id: 'urn:uuid:2', previousProof: 'urn:uuid:1' },
    );
    const document = { ...sampleBadge(), proof: [base, link] };
    expect(await verify(document, base)).toEqual({ ok: true });
    expect(await verify(document, link)).toEqual({ ok: true });
    const forged = { ...base, proofValue: link.proofValue };
    expect(await codeOf({ ...document, proof: [forged, link] }, link)).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
  });
});

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
