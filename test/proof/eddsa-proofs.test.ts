import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge } from '../../src/issuing/badges.js';
import { DomainError } from '../../src/ports/error.js';
import { isJsonObject, type JsonObject } from '../../src/ports/json.js';
import { createCompiledCanonize } from '../../src/proof/compiled/compiled-canonize.js';
import { compileSmall } from '../../src/proof/compiled-first.js';
import { createEddsaProofs, type EddsaProofs } from '../../src/proof/eddsa-proofs.js';
import type { PinnedContexts } from '../../src/proof/pinned-contexts.js';
import { addProofs } from '../../src/proof/sign.js';
import { PROOF_SUITES, type ProofSuite } from '../../src/proof/suites.js';
import { testContexts } from '../support/contexts.js';
import { issueSample, openTestHouse, PROGRAMME_IDS, removeFolder, temporaryFolder } from '../support/house.js';
import { CREATED, fixedKey, sampleBadge } from './badge.js';
import { documents } from './generated-documents.js';
import { mutations } from './mutate.js';
import { signWithLibrary } from './not-ours.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

let contexts: PinnedContexts;
let eddsa: EddsaProofs;
let folder: string;
let house: House;
/** One unsigned badge of each programme, and a status list. */
let samples: readonly JsonObject[];

beforeAll(async () => {
  contexts = await testContexts();
  const compiled = createCompiledCanonize({ contexts, sha256 });
  eddsa = createEddsaProofs({ compile: (document) => compileSmall(document, { compiled, contexts }), sha256 });
  folder = await temporaryFolder();
  house = await openTestHouse(folder);
  const found: JsonObject[] = [];
  for (const programme of PROGRAMME_IDS) {
    const { rows } = await issueSample(house, programme);
    const id = rows.find(({ credentialId }) => credentialId !== undefined)?.credentialId ?? '';
    const badge = await findBadge(house.issuing, id);
    if (badge !== undefined) found.push(unsecured(badge.document));
  }
  const [{ credentialStatus: status } = {}] = found;
  const url = isJsonObject(status) ? String(status['statusListCredential']) : '';
  const list = await house.issuing.resolver.statusList(url);
  if (list.outcome === 'found' && typeof list.value !== 'string') found.push(unsecured(list.value));
  samples = found;
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

function unsecured({ proof: _, ...document }: JsonObject): JsonObject {
  return document;
}

/** The signed document as text, or the refusal. */
async function outcomeOf(
  credential: JsonObject,
  { suites, own }: { readonly suites: readonly ProofSuite[]; readonly own: boolean },
): Promise<string> {
  try {
    const request = { credential, suites, ...fixedKey(), contexts, created: CREATED };
    return JSON.stringify(await addProofs({ ...request, ...(own ? { eddsa } : {}) }));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return `${error.code} ${'reason' in error ? String(error.reason) : ''} ${error.message}`;
  }
}

/** Signs both ways, which must agree. @returns which way answered. */
async function wayOf(document: JsonObject, suites: readonly ProofSuite[] = PROOF_SUITES) {
  const own = await outcomeOf(document, { suites, own: true });
  expect(own).toBe(await outcomeOf(document, { suites, own: false }));
  if (!own.startsWith('{')) return 'refused';
  const canonical = eddsa.canonical(document);
  return canonical !== undefined && eddsa.hash(document, canonical) !== undefined ? 'own' : 'library';
}

describe('proofs made here and proofs made by @digitalbazaar/vc', () => {
  it('are the same text for a badge of each programme and a status list, and all of them are made here', async () => {
    expect(samples).toHaveLength(PROGRAMME_IDS.length + 1);
    for (const sample of samples) expect(await wayOf(sample)).toBe('own');
  });

  it('are those of vc.issue with nothing of ours but the key', async () => {
    const signed = await addProofs({
      credential: sampleBadge(),
      suites: PROOF_SUITES,
      ...fixedKey(),
      contexts,
      created: CREATED,
      eddsa,
    });
    for (const [number, suite] of PROOF_SUITES.entries()) {
      const { proof } = await signWithLibrary(sampleBadge(), suite);
      expect(JSON.stringify(signed.proof[number])).toBe(JSON.stringify(proof));
    }
  });

  it.each([...PROOF_SUITES.map((suite) => [suite]), [...PROOF_SUITES].reverse()])(
    'are the same with %s %s',
    async (...suites) => {
      expect(await wayOf(sampleBadge(), suites)).toBe('own');
    },
  );

  it('are the same for credentials of others, whichever contexts they have', async () => {
    const credential = {
      type: ['VerifiableCredential'],
      issuer: 'did:web:univ.example',
      credentialSubject: { id: 'did:example:holder' },
    };
    const v2 = 'https://www.w3.org/ns/credentials/v2';
    const own = { ours: 'https://univ.example/terms#ours' };
    const subject = { ...credential.credentialSubject, ours: 'x' };
    expect(await wayOf({ '@context': [v2], ...credential }, ['eddsa-rdfc-2022'])).toBe('own');
    expect(await wayOf({ '@context': [v2, own], ...credential, credentialSubject: subject }, ['eddsa-rdfc-2022'])).toBe(
      'library',
    );
    const dated = {
      '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/suites/ed25519-2020/v1'],
      ...credential,
      issuanceDate: '2026-11-22T09:30:15Z',
    };
    expect(await wayOf(dated, ['Ed25519Signature2020'])).toBe('library');
    const { issuanceDate: _, ...undated } = dated;
    expect(await wayOf(undated, ['Ed25519Signature2020'])).toBe('refused');
    expect(await wayOf({ '@context': [v2], ...credential, validFrom: 'soon' }, ['eddsa-rdfc-2022'])).toBe('refused');
    expect(await wayOf({ '@context': [v2], ...credential, credentialStatus: null }, ['eddsa-rdfc-2022'])).toBe(
      'refused',
    );
  });

  it('are the same, and refused alike, with one member removed or one value changed', {
    timeout: 120_000,
  }, async () => {
    const seen = { own: 0, library: 0, refused: 0 };
    let turn = 0;
    for (const sample of samples) {
      for (const { document } of mutations(sample)) {
        turn += 1;
        if (turn % 25 === 0) seen[await wayOf(document)] += 1;
      }
    }
    expect(seen.own).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('are the same, and refused alike, for documents of every shape', { timeout: 120_000 }, async () => {
    const seen = { own: 0, library: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        seen[await wayOf(document, ['eddsa-rdfc-2022'])] += 1;
      }),
      { numRuns: Number(process.env['SCEAU_TEST_RUNS'] ?? 150) },
    );
    expect(seen.own).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(10);
  });
});
