import { base64 } from '@scure/base';
import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import type { Resolver } from '../ports/resolver.js';
import { LIMITS } from './limits.js';
import { objectsOf, textsOf } from './members.js';

/** What became of a file whose digest the badge states. */
export type DigestComparison = 'matches' | 'differs' | 'not-read';
/** By the file's URL, in the order of the badge. */
export type EvidenceDigests = ReadonlyMap<string, DigestComparison>;

const ALGORITHMS = ['sha512', 'sha384', 'sha256'] as const;

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
  for (const [url, digests] of statedDigests(credential)) {
    const resolution = result.size < LIMITS.maxEvidenceFiles ? await resolver.evidence(url) : undefined;
    result.set(url, resolution?.outcome === 'found' ? await compare(resolution.value, digests, crypto) : 'not-read');
  }
  return result;
}

function statedDigests(credential: JsonObject): ReadonlyMap<string, readonly string[]> {
  const stated = new Map<string, readonly string[]>();
  for (const resource of [...objectsOf(credential['relatedResource']), ...objectsOf(credential['evidence'])]) {
    const { id } = resource;
    const digests = textsOf(resource['digestSRI']);
    const known = typeof id === 'string' ? (stated.get(id) ?? []) : [];
    const multibase = textsOf(resource['digestMultibase']);
    if (typeof id === 'string' && (digests.length > 0 || multibase.length > 0)) stated.set(id, [...known, ...digests]);
  }
  return stated;
}

/**
 * The strongest algorithm stated decides; one value of it must fit.
 * @param digests subresource integrity texts. @see https://www.w3.org/TR/SRI/#the-integrity-attribute
 */
async function compare(bytes: Uint8Array, digests: readonly string[], crypto: Crypto): Promise<DigestComparison> {
  const stated = digests.flatMap((text) => text.split(/\s+/)).map((text) => text.split('?', 1)[0] ?? '');
  const algorithm = ALGORITHMS.find((name) => stated.some((text) => text.startsWith(`${name}-`)));
  if (algorithm === undefined) return 'not-read';
  const found = `${algorithm}-${base64.encode(await crypto[algorithm](bytes))}`;
  return stated.includes(found) ? 'matches' : 'differs';
}
