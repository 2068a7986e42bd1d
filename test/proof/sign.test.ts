import { createHash, createPublicKey, verify } from 'node:crypto';
import { base58 } from '@scure/base';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { type Signer, SignerError } from '../../src/ports/signer.js';
import { UnsafeDocumentError } from '../../src/proof/canonize-errors.js';
import { ContextNotPinnedError } from '../../src/proof/pinned-contexts.js';
import { addProofs } from '../../src/proof/sign.js';
import { PROOF_SUITES, type ProofSuite } from '../../src/proof/suites.js';
import { testContexts } from '../support/contexts.js';
import { CREATED, fixedKey, sampleBadge } from './badge.js';
import { canonizeFromScratch, verifyWithLibrary } from './not-ours.js';

async function sign(credential: JsonObject = sampleBadge(), suites: readonly ProofSuite[] = PROOF_SUITES) {
  return addProofs({ credential, suites, ...fixedKey(), contexts: await testContexts(), created: CREATED });
}

describe('a signed badge', () => {
  it('carries the proofs in the order asked, as an array, and everything else unchanged', async () => {
    const badge = sampleBadge();
    const { proof, ...rest } = await sign(badge);
    expect(rest).toEqual(badge);
    expect(proof.map((one) => one['cryptosuite'] ?? one['type'])).toEqual(['eddsa-rdfc-2022', 'Ed25519Signature2020']);
    const reversed = await sign(badge, ['Ed25519Signature2020', 'eddsa-rdfc-2022']);
    expect(reversed.proof).toEqual([...proof].reverse());
  });

  it('shows when it was signed to the second in UTC, and with which method', async () => {
    for (const proof of (await sign()).proof) {
      expect(proof['created']).toBe('2026-11-22T09:30:15Z');
      expect(proof['verificationMethod']).toBe(fixedKey().key.verificationMethod);
      expect(proof['proofPurpose']).toBe('assertionMethod');
    }
  });

  it('leaves the object it was given as it was', async () => {
    const badge = sampleBadge();
    const before = structuredClone(badge);
    const signed = await sign(badge);
    expect(badge).toEqual(before);
    expect(signed).not.toBe(badge);
    expect(badge).not.toHaveProperty('proof');
  });

  it('has a proof set: a proof made alone is the same proof', async () => {
    const { proof } = await sign();
    for (const [index, suite] of PROOF_SUITES.entries()) {
      expect((await sign(sampleBadge(), [suite])).proof).toEqual([proof[index]]);
    }
  });

  it.each(PROOF_SUITES)(
    'verifies with @digitalbazaar/vc and %s alone, whichever other proof stands beside it',
    async (suite) => {
      const signed = await sign();
      const alone = {
        ...signed,
        proof: signed.proof.filter((one) => [one['cryptosuite'], one['type']].includes(suite)),
      };
      expect(alone.proof).toHaveLength(1);
      for (const document of [signed, alone]) {
        expect(await verifyWithLibrary(document, suite)).toEqual({ verified: true });
      }
      const altered = { ...signed, name: 'Doctorat' };
      expect((await verifyWithLibrary(altered, suite)).verified).toBe(false);
    },
  );

  it('verifies with node:crypto over the canonical form of jsonld, step by step', async () => {
    const { proof, ...document } = await sign();
    const documentHash = createHash('sha256')
      .update(await canonizeFromScratch(document))
      .digest();
    const raw = base58.decode(fixedKey().key.publicKeyMultibase.slice(1)).slice(2);
    const publicKey = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw).toString('base64url') },
      format: 'jwk',
    });
    for (const { proofValue, ...options } of proof) {
      const canonicalOptions = await canonizeFromScratch({ '@context': document['@context'], ...options });
      const optionsHash = createHash('sha256').update(canonicalOptions).digest();
      const signature = base58.decode(String(proofValue).slice(1));
      expect(verify(null, Buffer.concat([optionsHash, documentHash]), publicKey, signature)).toBe(true);
    }
  });
});

describe('signing is refused', () => {
  const without = (url: string) => {
    const badge = sampleBadge();
    const context = badge['@context'];
    return { ...badge, '@context': Array.isArray(context) ? context.filter((entry) => entry !== url) : [] };
  };

  it('when the context of a suite is missing, instead of adding it', async () => {
    const badge = without('https://w3id.org/security/suites/ed25519-2020/v1');
    await expect(sign(badge)).rejects.toMatchObject({ code: 'unsignable-credential', reason: 'missing-context' });
    expect((await sign(badge, ['eddsa-rdfc-2022'])).proof).toHaveLength(1);
  });

  it('for an undefined term, named (V16)', async () => {
    const signing = sign({ ...sampleBadge(), favouriteColour: 'blue' });
    await expect(signing).rejects.toMatchObject({ reason: 'undefined-term', subject: 'favouriteColour' });
    await expect(signing).rejects.toBeInstanceOf(UnsafeDocumentError);
  });

  it('for an undefined term deep inside, and an undefined type', async () => {
    const badge = sampleBadge();
    const evidence = [{ type: ['Evidence'], smell: 'paper' }];
    await expect(sign({ ...badge, evidence })).rejects.toMatchObject({ subject: 'smell' });
    const types = ['VerifiableCredential', 'OpenBadgeCredential', 'Trophy'];
    await expect(sign({ ...badge, type: types })).rejects.toMatchObject({ reason: 'relative-iri', subject: 'Trophy' });
  });

  it('for a relative id (V17)', async () => {
    await expect(sign({ ...sampleBadge(), id: 'credentials/1' })).rejects.toMatchObject({ reason: 'relative-iri' });
    const badge = sampleBadge();
    const subject = isJsonObject(badge['credentialSubject']) ? badge['credentialSubject'] : {};
    const signing = sign({ ...badge, credentialSubject: { ...subject, image: { id: 'a.png', type: 'Image' } } });
    await expect(signing).rejects.toMatchObject({ reason: 'relative-iri', subject: 'a.png' });
  });

  it.each([1e-7, 1.0000000000000002, 2 ** 53, -0, Number.POSITIVE_INFINITY])(
    'for the number %d, which RDF writes like another',
    async (creditsEarned) => {
      const badge = sampleBadge();
      const subject = isJsonObject(badge['credentialSubject']) ? badge['credentialSubject'] : {};
      const signing = sign({ ...badge, credentialSubject: { ...subject, creditsEarned } });
      await expect(signing).rejects.toMatchObject({ reason: 'number', subject: '/credentialSubject/creditsEarned' });
    },
  );

  it('for a lone surrogate (V12)', async () => {
    await expect(sign({ ...sampleBadge(), name: 'Zo\ud800' })).rejects.toMatchObject({
      reason: 'text',
      subject: '/name',
    });
  });

  it('for a context that is not pinned (V19)', async () => {
    const badge = sampleBadge();
    const context = Array.isArray(badge['@context']) ? badge['@context'] : [];
    const signing = sign({ ...badge, '@context': [...context, 'https://evil.example/context'] });
    await expect(signing).rejects.toBeInstanceOf(ContextNotPinnedError);
    await expect(signing).rejects.toMatchObject({ url: 'https://evil.example/context' });
  });

  it('for a credential that carries a proof, for no suite, for a suite twice, for a P-256 key', async () => {
    const contexts = await testContexts();
    const { key, signer } = fixedKey();
    const request = { credential: sampleBadge(), suites: PROOF_SUITES, key, signer, contexts, created: CREATED };
    const refusals: [Partial<typeof request>, string][] = [
      [{ credential: { ...sampleBadge(), proof: [] } }, 'has-proof'],
      [{ key: { ...key, algorithm: 'ES256' } }, 'key'],
    ];
    for (const [change, reason] of refusals) {
      await expect(addProofs({ ...request, ...change })).rejects.toMatchObject({ reason });
    }
    for (const suites of [[], ['eddsa-rdfc-2022', 'eddsa-rdfc-2022']] as const) {
      await expect(addProofs({ ...request, suites })).rejects.toMatchObject({ reason: 'suites' });
    }
  });

  it('for a document the library would complete on its own', async () => {
    const context = ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/suites/ed25519-2020/v1'];
    const credential = {
      '@context': context,
      type: ['VerifiableCredential'],
      issuer: 'did:web:univ.example',
      credentialSubject: { id: 'did:example:holder' },
    };
    // The library would fill in an `issuanceDate`.
    await expect(sign(credential, ['Ed25519Signature2020'])).rejects.toMatchObject({ reason: 'changed-by-library' });
  });

  it('when the signer cannot sign, saying why', async () => {
    const signer: Signer = {
      sign: ({ verificationMethod }) => Promise.reject(new SignerError(verificationMethod, 'the HSM sleeps')),
      canSign: async () => false,
    };
    const request = {
      credential: sampleBadge(),
      suites: PROOF_SUITES,
      contexts: await testContexts(),
      created: CREATED,
    };
    await expect(addProofs({ ...request, key: fixedKey().key, signer })).rejects.toBeInstanceOf(SignerError);
  });
});
