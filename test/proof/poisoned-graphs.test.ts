import { describe, expect, it } from 'vitest';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import type { JsonObject } from '../../src/ports/json.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';
import { CREATED } from './badge.js';
import { type ForeignBadge, type ForeignSuite, foreignBadge, signForeign } from './foreign-badges.js';
import { POISON, withRelated } from './poison.js';

async function codeOf({ proof, publicKeyMultibase }: ForeignBadge, document: JsonObject): Promise<string> {
  const options = { contexts: await testContexts(), crypto: createNodeCrypto(), at: CREATED };
  const verdict = await createProofVerifier(document, options).verify(proof, publicKeyMultibase);
  return verdict.ok ? 'ok' : verdict.code;
}

describe.each<ForeignSuite>(['ecdsa-rdfc-2019 with P-256', 'ecdsa-sd-2023'])('under a proof of %s', (suite) => {
  it.each(POISON)('V23 %s is given up', async (_, related) => {
    const badge = await signForeign(foreignBadge(), suite);
    expect(await codeOf(badge, withRelated(badge.document, related))).toBe('too-complex');
  });
});

it('honest nodes that look alike are told apart, or need not be', async () => {
  const alike = Array.from({ length: 6 }, () => ({ type: ['Evidence'], narrative: 'Présence attestée.' }));
  const badge = await signForeign({ ...foreignBadge(), evidence: alike }, 'ecdsa-rdfc-2019 with P-256');
  expect(await codeOf(badge, badge.document)).toBe('ok');
  const five = { ...badge.document, evidence: alike.slice(1) };
  expect(await codeOf(badge, five)).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
});
