import type { Crypto } from '../ports/crypto.js';
import type { SecuredDocument } from '../ports/resolver.js';
import type { Canonize } from '../proof/canonize.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import { type OpenedStatusList, openStatusList } from '../verification/status-list.js';
import type { VerifyMeans } from './inspection.js';

/** Inflated lists kept: a chunk's badges share one or two. */
const KEPT_LISTS = 4;

/**
 * Means of verification for the badges of one chunk: what they point to is asked for once, their status list is opened and
 * inflated once, and the options of proofs, which are the same of all, are canonicalised once. The badges themselves are
 * checked each in full.
 */
export function withinChunk(means: VerifyMeans): VerifyMeans {
  const { resolver } = means;
  const canonize = optionsOnce(means.canonize);
  return {
    ...means,
    resolver: {
      controllerDocument: once((did) => resolver.controllerDocument(did)),
      statusList: once((url) => resolver.statusList(url)),
      evidence: (url) => resolver.evidence(url),
      ownState: (id, issuer) => resolver.ownState(id, issuer),
    },
    crypto: inflatingOnce(means.crypto),
    createVerifier: (document, options) => createProofVerifier(document, { ...options, canonize }),
    openList: openingOnce(),
  };
}

/** A list that one badge's issuer may be asked about without reserve is open for the next badge of that issuer. */
function openingOnce(): typeof openStatusList {
  const open = new Map<SecuredDocument, { readonly by: string; readonly opened: OpenedStatusList }>();
  return async (secured, at) => {
    const by = JSON.stringify([at.url, at.examination.issuer ?? null]);
    const known = open.get(secured);
    if (known?.by === by) return known.opened;
    const opened = await openStatusList(secured, at);
    if (opened.ok && opened.warnings.length === 0) open.set(secured, { by, opened });
    return opened;
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
  if (one.length !== other.length) return false;
  for (let place = 0; place < one.length; place++) if (one[place] !== other[place]) return false;
  return true;
}
