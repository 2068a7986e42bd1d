import { describe, expect, it } from 'vitest';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';
import { CREATED } from './badge.js';
import { type ForeignBadge, type ForeignSuite, foreignBadge, signForeign } from './foreign-badges.js';

const KNOWS = 'https://example.org/knows';

/** Nodes without names, told apart by nothing but whom they know. */
function strangers(count: number, known: (node: number) => readonly number[]): readonly JsonObject[] {
  return Array.from({ length: count }, (_, node) => ({
    id: `_:n${node}`,
    type: ['Related'],
    [KNOWS]: known(node).map((other) => ({ id: `_:n${other}` })),
  }));
}

const others = (count: number) => (node: number) =>
  Array.from({ length: count }, (_, other) => other).filter((other) => other !== node);

/** The shapes of the poison cases of the RDF Dataset Canonicalization tests, and some of their family. */
const POISON: readonly (readonly [string, readonly JsonObject[]])[] = [
  ['a clique of ten', strangers(10, others(10))],
  ['a circle', strangers(10, (node) => [(node + 1) % 10])],
  ['a circle both ways', strangers(10, (node) => [(node + 1) % 10, (node + 9) % 10])],
  ['a double circle', strangers(16, (node) => [(node & 8) | ((node + 1) & 7), node ^ 8])],
  ['three to three', strangers(6, (node) => (node < 3 ? [3, 4, 5] : [0, 1, 2]))],
  ['a cube in five dimensions', strangers(32, (node) => [1, 2, 4, 8, 16].map((bit) => node ^ bit))],
  [
    'a graph of Petersen',
    strangers(10, (node) => (node < 5 ? [(node + 1) % 5, node + 5] : [5 + ((node - 3) % 5), node - 5])),
  ],
];

function withRelated(badge: JsonObject, related: readonly JsonObject[]): JsonObject {
  const subject = isJsonObject(badge['credentialSubject']) ? badge['credentialSubject'] : {};
  const achievement = isJsonObject(subject['achievement']) ? subject['achievement'] : {};
  return { ...badge, credentialSubject: { ...subject, achievement: { ...achievement, related } } };
}

async function codeOf({ proof, publicKeyMultibase }: ForeignBadge, document: JsonObject): Promise<string> {
  const options = { contexts: await testContexts(), crypto: createNodeCrypto(), at: CREATED };
  const verdict = await createProofVerifier(document, options).verify(proof, publicKeyMultibase);
  return verdict.ok ? 'ok' : verdict.code;
}

describe.each<ForeignSuite>(['ecdsa-rdfc-2019 with P-256', 'ecdsa-sd-2023'])('under a proof of %s', (suite) => {
  it.each(POISON)('%s is given up within a second (V23)', async (_, related) => {
    const badge = await signForeign(foreignBadge(), suite);
    const start = performance.now();
    expect(await codeOf(badge, withRelated(badge.document, related))).toBe('too-complex');
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

it('honest nodes that look alike are told apart, or need not be', async () => {
  const alike = Array.from({ length: 6 }, () => ({ type: ['Evidence'], narrative: 'Présence attestée.' }));
  const badge = await signForeign({ ...foreignBadge(), evidence: alike }, 'ecdsa-rdfc-2019 with P-256');
  expect(await codeOf(badge, badge.document)).toBe('ok');
  const five = { ...badge.document, evidence: alike.slice(1) };
  expect(await codeOf(badge, five)).toBe('CRYPTOGRAPHIC_SECURITY_ERROR');
});
