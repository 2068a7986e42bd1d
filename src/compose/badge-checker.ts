import { didWebUrl } from '../keys/did-web.js';
import { createFetchingResolver } from '../net/fetching-resolver.js';
import type { Clock } from '../ports/clock.js';
import type { Crypto } from '../ports/crypto.js';
import type { FetchRequest, SharedFetcher } from '../ports/fetcher.js';
import type { JsonObject } from '../ports/json.js';
import type { Resolver } from '../ports/resolver.js';
import type { Workers } from '../ports/workers.js';
import { canonizeInWorkers } from '../proof/canonize-in-workers.js';
import type { CanonizeTasks } from '../proof/canonize-task.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import type { createProofVerifier } from '../proof/verify-proof.js';
import type { Instant } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { checkInput, type HandedIn, type InputAnswer } from '../verification/check-input.js';
import { deriveControllerDocument } from '../verification/controllers/derived-document.js';
import type { VerificationMeans } from '../verification/examination.js';
import type { Recipient } from '../verification/recipient.js';

/** The whole of one verification, fetching included. */
const VERIFICATION_MILLISECONDS = 10_000;

const BADGE_REQUEST: FetchRequest = {
  purpose: 'credential',
  accept:
    'application/vc, application/vc+ld+json, application/ld+json, application/json, image/png, image/svg+xml;q=0.9',
  maxBytes: 5 * 1024 * 1024,
  redirects: 2,
};

/** What a verification asks for besides the badge. */
export interface Asked {
  readonly language: Language;
  /** Who the badge is said to be awarded to. */
  readonly recipient?: Recipient;
  /** When the question is asked, default now. */
  readonly at?: Instant;
}

/** Verifies whatever was handed in: a badge of this house or of any other. */
export type BadgeChecker = (input: HandedIn, asked: Asked) => Promise<InputAnswer>;

export interface BadgeCheckerParts {
  readonly contexts: PinnedContexts;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly createVerifier: typeof createProofVerifier;
  /** Where documents are canonicalised: anybody may have written them. */
  readonly workers: Workers<CanonizeTasks>;
  readonly statusIssuer: NonNullable<VerificationMeans['statusIssuer']>;
  readonly fetcher: SharedFetcher;
  /** What is known here and never fetched. */
  readonly own: Resolver;
  /** The newest version of a badge of ours, where the text is an address of ours. */
  readonly findOwn: (text: string) => Promise<JsonObject | undefined>;
}

/** Verification of any badge: our own from the store, others through the one guarded fetcher. */
export function createBadgeChecker(parts: BadgeCheckerParts): BadgeChecker {
  const { contexts, crypto, clock, createVerifier, workers, statusIssuer, own, findOwn } = parts;
  return async (input, { language, recipient, at }) => {
    const signal = AbortSignal.timeout(VERIFICATION_MILLISECONDS);
    const fetcher = parts.fetcher.forVerification();
    const canonize = canonizeInWorkers(workers, { contexts, signal });
    const held = 'text' in input ? await findOwn(input.text.trim()) : undefined;
    return checkInput(held === undefined ? input : { text: JSON.stringify(held) }, {
      contexts,
      crypto,
      createVerifier: (document, options) => createVerifier(document, { ...options, canonize }),
      statusIssuer,
      language,
      ...(recipient === undefined ? {} : { recipient }),
      now: at ?? clock.now(),
      resolver: createFetchingResolver({
        fetcher,
        own,
        didWebUrl,
        selfDescribed: { key: deriveControllerDocument, jwk: deriveControllerDocument },
        signal,
      }),
      fetchBadge: (url) => fetcher.fetch(url, { ...BADGE_REQUEST, signal }),
    });
  };
}
