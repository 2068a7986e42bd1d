import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../src/compose.js';
import { findBadge } from '../../src/issuing/badges.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { assertCanonizable } from '../../src/proof/canonizable.js';
import { canonize } from '../../src/proof/canonize.js';
import { type CompiledCanonize, createCompiledCanonize } from '../../src/proof/compiled/compiled-canonize.js';
import type { PinnedContexts } from '../../src/proof/pinned-contexts.js';
import { testContexts } from '../support/contexts.js';
import { issueSample, openTestHouse, PROGRAMME_IDS, removeFolder, temporaryFolder } from '../support/house.js';
import { fullBadge } from '../verification/house.js';
import { documents } from './generated-documents.js';
import { mutations } from './mutate.js';
import { canonizeFromScratch } from './not-ours.js';

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
const VECTORS = fileURLToPath(new URL('../vectors', import.meta.url));

let contexts: PinnedContexts;
let compiled: CompiledCanonize;
let folder: string;
let house: House;
let badges: readonly JsonObject[];

beforeAll(async () => {
  contexts = await testContexts();
  compiled = createCompiledCanonize({ contexts, sha256 });
  folder = await temporaryFolder();
  house = await openTestHouse(folder);
  const ids: string[] = [];
  for (const programme of PROGRAMME_IDS) {
    const { rows } = await issueSample(house, programme);
    ids.push(...rows.flatMap(({ credentialId }) => (credentialId === undefined ? [] : [credentialId])));
  }
  const found = await Promise.all(ids.map((id) => findBadge(house.issuing, id)));
  badges = found.flatMap((badge) => (badge === undefined ? [] : [unsecured(badge.document)]));
}, 120_000);

afterAll(async () => {
  await house.close();
  await removeFolder(folder);
});

function unsecured({ proof: _, ...document }: JsonObject): JsonObject {
  return document;
}

/** Which path took a document: what the compiled path answers is what the library answers, and never where that refuses. */
async function pathOf(document: JsonObject): Promise<'compiled' | 'library' | 'refused'> {
  try {
    assertCanonizable(document, contexts);
  } catch {
    return 'refused';
  }
  const answer = compiled(document);
  const library = await canonize(document, { contexts }).catch(() => undefined);
  if (answer !== undefined) expect(answer).toBe(library);
  if (library === undefined) return 'refused';
  return answer === undefined ? 'library' : 'compiled';
}

describe('the compiled path and the library', () => {
  it('take every badge of the five programmes the same way, and the compiled path takes all of them', async () => {
    expect(badges.length).toBeGreaterThan(25);
    for (const badge of badges) {
      const answer = compiled(badge);
      expect(answer).toBeDefined();
      expect(answer).toBe(await canonizeFromScratch(badge));
    }
  });

  it('take proof options and status lists the same way', async () => {
    const [{ proof }] = await issuedDocuments();
    const proofs = Array.isArray(proof) ? proof : [proof];
    expect(proofs).toHaveLength(2);
    for (const each of proofs) {
      if (!isJsonObject(each)) throw new Error('no proof');
      const { proofValue: _, ...options } = each;
      expect(await pathOf({ ...options, '@context': badges[0]?.['@context'] ?? null })).toBe('compiled');
    }
    for (const list of await statusLists()) expect(await pathOf(unsecured(list))).toBe('compiled');
  });

  it('take the published examples the same way', async () => {
    for (const file of readdirSync(VECTORS, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.json')) continue;
      const document: Json = JSON.parse(readFileSync(join(VECTORS, file), 'utf8'));
      if (isJsonObject(document) && '@context' in document) await pathOf(unsecured(document));
    }
    expect(await pathOf(fullBadge())).toBe('compiled');
  });

  it('take every badge with one member removed or one value changed the same way', { timeout: 120_000 }, async () => {
    const seen = { compiled: 0, library: 0, refused: 0 };
    const programmes = [...new Map(badges.map((badge) => [JSON.stringify(badge['issuer']), badge])).values()];
    for (const badge of programmes) {
      let turn = 0;
      for (const { document } of mutations(badge)) {
        turn += 1;
        if (turn % 12 === 0) seen[await pathOf(document)] += 1;
      }
    }
    expect(seen.compiled).toBeGreaterThan(30);
    expect(seen.refused).toBeGreaterThan(0);
  });

  it('take documents of every shape the same way', { timeout: 120_000 }, async () => {
    const seen = { compiled: 0, library: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        seen[await pathOf(document)] += 1;
      }),
      { numRuns: Number(process.env['SCEAU_TEST_RUNS'] ?? 300) },
    );
    // All three kinds were met, so the comparison compared something.
    expect(seen.compiled).toBeGreaterThan(60);
    expect(seen.library).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(20);
  });
});

async function issuedDocuments(): Promise<[JsonObject, ...JsonObject[]]> {
  const [first] = badges;
  const id = String(first?.['id']).split('/').at(-1) ?? '';
  const badge = await findBadge(house.issuing, id);
  if (badge === undefined) throw new Error('no badge');
  return [badge.document];
}

async function statusLists(): Promise<readonly JsonObject[]> {
  const [document] = await issuedDocuments();
  const status = document['credentialStatus'];
  const url = isJsonObject(status) ? String(status['statusListCredential']) : '';
  const answer = await house.issuing.resolver.statusList(url);
  if (answer.outcome !== 'found') throw new Error('no list');
  const { value } = answer;
  return isJsonObject(value) ? [value] : [];
}
