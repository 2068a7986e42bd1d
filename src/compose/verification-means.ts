import { didWebUrl } from '../keys/did-web.js';
import { createFetchingResolver } from '../net/fetching-resolver.js';
import type { Clock } from '../ports/clock.js';
import type { Crypto } from '../ports/crypto.js';
import type { Fetcher, SharedFetcher } from '../ports/fetcher.js';
import type { Resolver } from '../ports/resolver.js';
import type { Workers } from '../ports/workers.js';
import { canonizeInWorkers } from '../proof/canonize-in-workers.js';
import type { CanonizeTasks } from '../proof/canonize-task.js';
import type { CompiledCanonize } from '../proof/compiled/compiled-canonize.js';
import { compiledFirst } from '../proof/compiled-first.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import type { createProofVerifier } from '../proof/verify-proof.js';
import type { Instant } from '../text/instant.js';
import { deriveControllerDocument } from '../verification/controllers/derived-document.js';
import type { VerificationMeans } from '../verification/examination.js';

/** The whole of one verification, fetching included. */
const VERIFICATION_MILLISECONDS = 10_000;

export interface VerificationParts {
  readonly contexts: PinnedContexts;
  readonly compiled: CompiledCanonize;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly createVerifier: typeof createProofVerifier;
  /** Where documents are canonicalised that the compiled path leaves: anybody may have written them. */
  readonly workers: Workers<CanonizeTasks>;
  readonly statusIssuer: NonNullable<VerificationMeans['statusIssuer']>;
  readonly fetcher: SharedFetcher;
  /** What is known here and never fetched. */
  readonly own: Resolver;
}

/** What one verification works with: its requests and its time are counted from here. */
export interface OpenVerification {
  readonly means: VerificationMeans;
  readonly fetcher: Fetcher;
  readonly signal: AbortSignal;
}

/** Begins one verification: our own documents from the store, others through the one guarded fetcher. @param at default now. */
export function openVerification(parts: VerificationParts, at?: Instant): OpenVerification {
  const { contexts, compiled, crypto, clock, createVerifier, workers, statusIssuer, own } = parts;
  const signal = AbortSignal.timeout(VERIFICATION_MILLISECONDS);
  const fetcher = parts.fetcher.forVerification();
  const canonize = compiledFirst(canonizeInWorkers(workers, { contexts, signal }), { compiled, contexts });
  const selfDescribed = { key: deriveControllerDocument, jwk: deriveControllerDocument };
  return {
    means: {
      contexts,
      crypto,
      createVerifier: (document, options) => createVerifier(document, { ...options, canonize }),
      statusIssuer,
      signal,
      now: at ?? clock.now(),
      resolver: createFetchingResolver({ fetcher, own, didWebUrl, selfDescribed, signal }),
    },
    fetcher,
    signal,
  };
}
