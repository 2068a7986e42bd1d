import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { base58 } from '@scure/base';
import { Ajv2019 } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import jsonld from 'jsonld';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge } from '../../src/issuing/badges.js';
import type { JsonObject } from '../../src/ports/json.js';
import { ensureDefined } from '../support/ensure-defined.js';
import { issueSample, openTestHouse, PROGRAMME_IDS, removeFolder, temporaryFolder } from '../support/house.js';

interface Proof {
  readonly type: string;
  readonly cryptosuite?: string;
  readonly proofValue: string;
  readonly verificationMethod: string;
  readonly [member: string]: unknown;
}

/** Badges of all five cohorts, checked by code that is not ours, with our contexts and DID documents given as files. */
describe('issued badges, checked by others', () => {
  let folder: string;
  let house: House;
  const badges: { readonly name: string; readonly document: JsonObject }[] = [];
  const documents = new Map<string, object>();

  beforeAll(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder);
    for (const url of house.issuing.contexts.urls()) documents.set(url, ensureDefined(house.issuing.contexts.get(url)));
    for (const programme of PROGRAMME_IDS) {
      const result = await issueSample(house, programme);
      for (const { engagementId, credentialId } of result.rows) {
        if (credentialId === undefined) continue;
        const badge = ensureDefined(await findBadge(house.issuing, credentialId));
        badges.push({ name: engagementId, document: badge.document });
        const didDocument = house.issuing.didDocument(
          badge.issuer.did,
          await house.issuing.store.ledger.keys(badge.issuer.slug),
        ) as { id: string; verificationMethod: { id: string }[] };
        documents.set(didDocument.id, didDocument);
        for (const method of didDocument.verificationMethod) {
          documents.set(method.id, { '@context': 'https://w3id.org/security/multikey/v1', ...method });
        }
      }
    }
  });
  afterAll(async () => {
    await house.close();
    await removeFolder(folder);
  });

  const documentLoader = async (url: string) => {
    const document = documents.get(url);
    if (document === undefined) throw new Error(`not offered: ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
  const only = (document: JsonObject, type: string): JsonObject => ({
    ...document,
    proof: (document['proof'] as Proof[]).filter((proof) => proof.type === type) as unknown as JsonObject[],
  });

  it('are as many as the expected outcomes say', () => {
    expect(badges).toHaveLength(28);
  });

  it.each([
    ['DataIntegrityProof', () => new DataIntegrityProof({ cryptosuite })],
    ['Ed25519Signature2020', () => new Ed25519Signature2020()],
  ])('verify with @digitalbazaar/vc by their %s alone', async (type, suite) => {
    for (const { name, document } of badges) {
      const result = await vc.verifyCredential({
        credential: structuredClone(only(document, type)),
        suite: suite(),
        documentLoader,
        checkStatus: async () => ({ verified: true }),
      });
      expect({ name, verified: result.verified, error: result.error }).toEqual({
        name,
        verified: true,
        error: undefined,
      });
    }
  });

  it('verify from scratch: node:crypto over the canonical form of jsonld', async () => {
    for (const { name, document } of badges) {
      for (const proof of document['proof'] as Proof[]) {
        const { proof: _, ...unsigned } = document;
        expect(await holds(unsigned, proof), `${name} ${proof.type}`).toBe(true);
      }
    }
  });

  it('fail for others too when any signed value is changed, removed or added', async () => {
    const { document } = ensureDefined(badges[0]);
    const { proof: proofs, ...unsigned } = document;
    const proof = ensureDefined((proofs as unknown as Proof[])[0]);
    const mutants = [...mutantsOf(unsigned)];
    expect(mutants.length).toBeGreaterThan(60);
    const unnoticed: string[] = [];
    for (const { where, mutant } of mutants) {
      if (await holds(mutant, proof).catch(() => false)) unnoticed.push(where);
    }
    expect(unnoticed).toEqual([]);
  });

  it('pass the official JSON Schema', async () => {
    const path = new URL('../../src/verification/schema/achievement-credential.json', import.meta.url);
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(await readFile(path, 'utf8')));
    for (const { name, document } of badges) {
      expect({ name, valid: validate(document), errors: validate.errors }).toEqual({ name, valid: true, errors: null });
    }
  });

  async function canonical(document: object): Promise<Buffer> {
    const quads = await jsonld.canonize(document, {
      safe: true,
      base: null,
      rdfDirection: 'i18n-datatype',
      documentLoader,
      canonizeOptions: { algorithm: 'RDFC-1.0', format: 'application/n-quads', maxWorkFactor: 1, signal: null },
    });
    return createHash('sha256').update(quads).digest();
  }

  /** Both suites sign SHA-256(canonical proof options) followed by SHA-256(canonical document). */
  async function holds(unsigned: object, { proofValue, ...options }: Proof): Promise<boolean> {
    const context = (unsigned as { '@context': unknown })['@context'];
    const signed = Buffer.concat([await canonical({ '@context': context, ...options }), await canonical(unsigned)]);
    const multibase = ensureDefined(options.verificationMethod.split('#')[1]);
    const key = createPublicKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: Buffer.from(base58.decode(multibase.slice(1)).slice(2)).toString('base64url'),
      },
      format: 'jwk',
    });
    return verifySignature(null, signed, key, base58.decode(proofValue.slice(1)));
  }
});

/** Copies of a document, each with one value changed or one member removed or added. */
function* mutantsOf(document: object): Generator<{ readonly where: string; readonly mutant: object }> {
  for (const path of pathsOf(document)) {
    if (path[0] === '@context') continue;
    const where = path.join('/');
    const changed = structuredClone(document);
    const value = at(changed, path.slice(0, -1)) as Record<string, unknown>;
    const last = ensureDefined(path.at(-1));
    const before = value[last];
    if (typeof before === 'string') value[last] = `${before}x`;
    else if (typeof before === 'number') value[last] = before + 1;
    else if (typeof before === 'boolean') value[last] = !before;
    if (typeof before !== 'object') yield { where: `changed ${where}`, mutant: changed };
    const removed = structuredClone(document);
    const parent = at(removed, path.slice(0, -1));
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete (parent as Record<string, unknown>)[last];
    yield { where: `removed ${where}`, mutant: removed };
  }
  yield { where: 'added description', mutant: { ...document, description: 'another text' } };
  yield { where: 'added validUntil', mutant: { ...document, validUntil: '2099-01-01T00:00:00Z' } };
}

function* pathsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* pathsOf(member, [...path, name]);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, name) => (found as Record<string, unknown>)[name], value);
}
