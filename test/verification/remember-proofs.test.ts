import { describe, expect, it } from 'vitest';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { rememberProofs } from '../../src/verification/remember-proofs.js';
import { verifyCredential } from '../../src/verification/verify-credential.js';
import { testContexts } from '../support/contexts.js';
import { CREATED, crypto, fullBadge, honestWorld, resolverOf, sign, signWith, withMember } from './house.js';

/** Verifies with one memory, and counts the proofs that were really checked. */
async function witness(capacity?: number) {
  let checked = 0;
  const createVerifier = rememberProofs((document, options) => {
    const verifier = createProofVerifier(document, options);
    return {
      verify(proof, key) {
        checked += 1;
        return verifier.verify(proof, key);
      },
    };
  }, capacity);
  const contexts = await testContexts();
  const resolver = resolverOf(await honestWorld());
  return {
    count: () => checked,
    ask: async (input: Parameters<typeof verifyCredential>[0]['input'], now = CREATED + 1_000) =>
      (await verifyCredential({ input, contexts, crypto, resolver, now, createVerifier })).outcome,
  };
}

describe('proofs that were seen to hold', () => {
  it('are not checked again, of badge and status list alike', async () => {
    const { ask, count } = await witness();
    const signed = await sign(fullBadge());
    expect(await ask(signed)).toBe('valid');
    expect(count()).toBe(4);
    expect(await ask(signed)).toBe('valid');
    expect(count()).toBe(4);
  });

  it('vouch for no altered copy', async () => {
    const { ask } = await witness();
    const signed = await sign(fullBadge());
    expect(await ask(signed)).toBe('valid');
    expect(await ask(withMember(signed, ['name'], 'Doctorat'))).toBe('invalid');
    expect(await ask(withMember(signed, ['proof', 0, 'created'], '2026-11-22T09:30:16Z'))).toBe('invalid');
  });

  it('are forgotten, the longest unused first', async () => {
    const { ask, count } = await witness(1);
    const signed = await sign(fullBadge(), { suites: ['eddsa-rdfc-2022'] });
    await ask(signed);
    const before = count();
    await ask(signed);
    expect(count()).toBeGreaterThan(before);
  });

  it('are asked about anew when they have an end', async () => {
    const { ask } = await witness();
    const signed = await signWith(fullBadge(), { expires: '2026-11-22T10:00:00Z' });
    expect(await ask(signed)).toBe('valid');
    expect(await ask(signed, Date.parse('2026-11-22T10:00:00Z'))).toBe('invalid');
  });
});
