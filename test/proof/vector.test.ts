import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { canonize } from '../../src/proof/canonize.js';
import { readMultikey, writeMultikey } from '../../src/proof/multikey.js';
import { readProof } from '../../src/proof/read-proof.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';

const zVector = z.looseObject({
  publicKeyHex: z.string(),
  publicKeyMultibase: z.string(),
  documentCanonicalNQuads: z.string(),
  proofCanonicalNQuads: z.string(),
  documentHashHex: z.string(),
  proofHashHex: z.string(),
  signatureHex: z.string(),
});

const vector = zVector.parse(readJson('linked-data-proof-ob.vector.json'));
const badge = readJson('linked-data-proof-ob.signed-credential.json');
const { proof: proofMember, ...document } = badge;
const proof = isJsonObject(proofMember) ? proofMember : {};

function readJson(name: string): JsonObject {
  const value: unknown = JSON.parse(readFileSync(new URL(`../vectors/open-badges/${name}`, import.meta.url), 'utf8'));
  if (!isJsonObject(value)) throw new Error(`${name} is no JSON object`);
  return value;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('the vector of the Open Badges implementation guide', () => {
  it('has our canonical form of the document, and its hash', async () => {
    const canonical = await canonize(document, { contexts: await testContexts() });
    expect(canonical).toBe(vector.documentCanonicalNQuads);
    expect(sha256(canonical)).toBe(vector.documentHashHex);
  });

  it('has our canonical form of the proof options, and their hash', async () => {
    const reading = readProof(proof);
    if (!reading.ok) throw new Error(reading.detail);
    const options = { '@context': document['@context'] ?? null, ...reading.proof.options };
    const canonical = await canonize(options, { contexts: await testContexts() });
    expect(canonical).toBe(vector.proofCanonicalNQuads);
    expect(sha256(canonical)).toBe(vector.proofHashHex);
  });

  it('has our reading of the signature and of the key', () => {
    const reading = readProof(proof);
    expect(reading.ok && hex(reading.proof.signature)).toBe(vector.signatureHex);
    const key = readMultikey(vector.publicKeyMultibase);
    expect(key.ok && hex(key.publicKey)).toBe(vector.publicKeyHex);
    expect(writeMultikey('Ed25519', Buffer.from(vector.publicKeyHex, 'hex'))).toBe(vector.publicKeyMultibase);
  });

  it('verifies', async () => {
    const verifier = createProofVerifier(badge, {
      contexts: await testContexts(),
      crypto: createNodeCrypto(),
      at: Date.parse('2026-11-22T00:00:00Z'),
    });
    expect(await verifier.verify(proof, vector.publicKeyMultibase)).toEqual({ ok: true });
  });
});
