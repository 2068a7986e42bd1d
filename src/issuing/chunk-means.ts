import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import type { Resolver } from '../ports/resolver.js';
import type { Canonize } from '../proof/canonize.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import { rememberProofs } from '../verification/remember-proofs.js';
import type { VerifyMeans } from './inspection.js';

/** Inflated lists kept: a chunk's badges share one or two. */
const KEPT_LISTS = 4;

/**
 * Means of verification for the badges of one chunk: what they point to is asked for once, their status list is verified
 * and inflated once, and the options of proofs, which are the same of all, are canonicalised once. The badges themselves
 * are checked each in full.
 */
export function withinChunk(means: VerifyMeans): VerifyMeans {
  const { resolver } = means;
  const canonize = optionsOnce(means.canonize);
  const createPlain: typeof createProofVerifier = (document, options) =>
    createProofVerifier(document, { ...options, canonize });
  const createRemembering = rememberProofs(createPlain, KEPT_LISTS);
  const lists = new Set<JsonObject>();
  const statusList = once((url) => resolver.statusList(url));
  const askedOnce: Resolver = {
    controllerDocument: once((did) => resolver.controllerDocument(did)),
    async statusList(url) {
      const list = await statusList(url);
      if (list.outcome === 'found' && typeof list.value !== 'string') lists.add(list.value);
      return list;
    },
    evidence: (url) => resolver.evidence(url),
    ownState: (id, issuer) => resolver.ownState(id, issuer),
  };
  return {
    ...means,
    resolver: askedOnce,
    crypto: inflatingOnce(means.crypto),
    createVerifier: (document, options) => (lists.has(document) ? createRemembering : createPlain)(document, options),
  };
}

function once<T>(ask: (question: string) => Promise<T>): (question: string) => Promise<T> {
  const answers = new Map<string, Promise<T>>();
  return (question) => {
    const answer = answers.get(question) ?? ask(question);
    answers.set(question, answer);
    return answer;
  };
}

/** Proof options are short documents that say what a proof is for; badges are never kept. */
function optionsOnce(canonize: Canonize): Canonize {
  const canonizeOnce = once((text) => canonize(JSON.parse(text)));
  return (document) => ('proofPurpose' in document ? canonizeOnce(JSON.stringify(document)) : canonize(document));
}

function inflatingOnce(crypto: Crypto): Crypto {
  const kept: { readonly data: Uint8Array; readonly maxBytes: number; readonly inflated: Promise<Uint8Array> }[] = [];
  return {
    ...crypto,
    gunzip(data, maxBytes) {
      const known = kept.find((each) => each.maxBytes === maxBytes && isSame(each.data, data));
      if (known !== undefined) return known.inflated;
      const inflated = crypto.gunzip(data, maxBytes);
      kept.push({ data, maxBytes, inflated });
      if (kept.length > KEPT_LISTS) kept.shift();
      return inflated;
    },
  };
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, place) => byte === other[place]);
}
