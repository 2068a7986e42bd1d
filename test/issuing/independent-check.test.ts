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
  const badges: { readonly programme: string; readonly name: string; readonly document: JsonObject }[] = [];
  const documents = new Map<string, object>();
  const optionHashes = new Map<string, Buffer>();

  beforeAll(async () => {
    folder = await temporaryFolder();
    house = await openTestHouse(folder);
    for (const url of house.issuing.contexts.urls()) documents.set(url, ensureDefined(house.issuing.contexts.get(url)));
    for (const programme of PROGRAMME_IDS) {
      const result = await issueSample(house, programme);
      const awards = (result.pathwayAwards ?? []).map((award) => ({ ...award, engagementId: award.pathway }));
      for (const { engagementId, credentialId } of [...result.rows, ...awards]) {
        if (credentialId === undefined) continue;
        const badge = ensureDefined(await findBadge(house.issuing, credentialId));
        badges.push({ programme, name: engagementId, document: badge.document });
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
    expect(badges).toHaveLength(29);
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
    expect(await unnoticed(document, [...alterationsOf(document), ...removalsOf(document)])).toEqual([]);
  }, 120_000);

  /** A value said twice of one node could be removed once: badges of each shape must say everything once. */
  it.each([...PROGRAMME_IDS.slice(1), 'biomedical-three-years'])(
    'fail for others too when any signed value of a badge of %s is removed',
    async (kind) => {
      const { document } = ensureDefined(badges.find(({ programme, name }) => name === kind || programme === kind));
      expect(await unnoticed(document, [...removalsOf(document)])).toEqual([]);
    },
    120_000,
  );

  it('pass the official JSON Schema', async () => {
    const path = new URL('../../src/verification/schema/achievement-credential.json', import.meta.url);
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(await readFile(path, 'utf8')));
    for (const { name, document } of badges) {
      expect({ name, valid: validate(document), errors: validate.errors }).toEqual({ name, valid: true, errors: null });
    }
  });

  /** Where a mutant's signature still holds. */
  async function unnoticed(document: JsonObject, mutants: readonly Mutant[]): Promise<string[]> {
    expect(mutants.length).toBeGreaterThan(40);
    const proof = ensureDefined((document['proof'] as unknown as Proof[])[0]);
    const found: string[] = [];
    for (const { where, mutant } of mutants) {
      if (await holds(mutant, proof).catch(() => false)) found.push(where);
    }
    return found;
  }

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
    const optionsHash = optionHashes.get(proofValue) ?? (await canonical({ '@context': context, ...options }));
    optionHashes.set(proofValue, optionsHash);
    const signed = Buffer.concat([optionsHash, await canonical(unsigned)]);
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

interface Mutant {
  readonly where: string;
  /** Without its proof. */
  readonly mutant: object;
}

/** Copies of a badge, each with one value changed or one member added. */
function* alterationsOf({ proof: _, ...document }: JsonObject): Generator<Mutant> {
  for (const path of pathsOf(document)) {
    const mutant = structuredClone(document);
    const parent = at(mutant, path.slice(0, -1)) as Record<string, unknown>;
    const last = ensureDefined(path.at(-1));
    const before = parent[last];
    if (typeof before === 'string') parent[last] = `${before}x`;
    else if (typeof before === 'number') parent[last] = before + 1;
    else if (typeof before === 'boolean') parent[last] = !before;
    else continue;
    yield { where: `changed ${path.join('/')}`, mutant };
  }
  yield { where: 'added description', mutant: { ...document, description: 'another text' } };
  yield { where: 'added validUntil', mutant: { ...document, validUntil: '2099-01-01T00:00:00Z' } };
}

/** Copies of a badge, each with one member or one entry of a list removed. */
function* removalsOf({ proof: _, ...document }: JsonObject): Generator<Mutant> {
  for (const path of pathsOf(document)) {
    const mutant = structuredClone(document);
    const parent = at(mutant, path.slice(0, -1));
    const last = ensureDefined(path.at(-1));
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete (parent as Record<string, unknown>)[last];
    yield { where: `removed ${path.join('/')}`, mutant };
  }
}

/** Every place of a value below its contexts. */
function* pathsOf(value: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (path[0] === '@context') return;
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) yield* pathsOf(member, [...path, name]);
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((found, name) => (found as Record<string, unknown>)[name], value);
}
