import { base64 } from '@scure/base';
import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import type { Resolver } from '../ports/resolver.js';
import { LIMITS } from './limits.js';
import { objectsOf, textsOf } from './members.js';
import { readDigestMultibase, readDigestSri, type StatedDigest } from './stated-digest.js';

/** What became of a file whose digest the badge states. */
export type DigestComparison = 'matches' | 'differs' | 'not-read';
/** By the file's URL, in the order of the badge. */
export type EvidenceDigests = ReadonlyMap<string, DigestComparison>;

/** Each must be met, by one of what it holds; one that nothing here can compute holds nothing. */
type Demands = readonly (readonly StatedDigest[])[];

/**
 * Compares the files held here with the digests the badge states for them (`relatedResource`, or the evidence entry
 * itself: both are one node under one id, so the digest may stand at either).
 * @param credential without empty members.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#integrity-of-related-resources
 */
export async function compareEvidenceDigests(
  credential: JsonObject,
  { resolver, crypto }: { readonly resolver: Resolver; readonly crypto: Crypto },
): Promise<EvidenceDigests> {
  const result = new Map<string, DigestComparison>();
  for (const [url, demands] of statedDemands(credential)) {
    const resolution = result.size < LIMITS.maxEvidenceFiles ? await resolver.evidence(url) : undefined;
    result.set(url, resolution?.outcome === 'found' ? await compare(resolution.value, demands, crypto) : 'not-read');
  }
  return result;
}

function statedDemands(credential: JsonObject): ReadonlyMap<string, Demands> {
  const stated = new Map<string, Demands>();
  for (const resource of [...objectsOf(credential['relatedResource']), ...objectsOf(credential['evidence'])]) {
    const { id } = resource;
    const sri = textsOf(resource['digestSRI']).map(readDigestSri);
    const multibase = textsOf(resource['digestMultibase']).map((text) => [readDigestMultibase(text) ?? []].flat());
    if (typeof id === 'string' && sri.length + multibase.length > 0) {
      stated.set(id, [...(stated.get(id) ?? []), ...sri, ...multibase]);
    }
  }
  return stated;
}

async function compare(bytes: Uint8Array, demands: Demands, crypto: Crypto): Promise<DigestComparison> {
  const known = demands.filter(({ length }) => length > 0);
  for (const digests of known) {
    if (!(await someFits(bytes, digests, crypto))) return 'differs';
  }
  return known.length === 0 ? 'not-read' : 'matches';
}

async function someFits(bytes: Uint8Array, digests: readonly StatedDigest[], crypto: Crypto): Promise<boolean> {
  for (const { algorithm, value } of digests) {
    if (base64.encode(await crypto[algorithm](bytes)) === value) return true;
  }
  return false;
}
