import type { FetchRequest } from '../ports/fetcher.js';
import type { JsonObject } from '../ports/json.js';
import type { Instant } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import { checkInput, type HandedIn, type InputAnswer } from '../verification/check-input.js';
import type { Recipient } from '../verification/recipient.js';
import { openVerification, type VerificationParts } from './verification-means.js';

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

export interface BadgeCheckerParts extends VerificationParts {
  /** The newest version of a badge of ours, where the text is an address of ours. */
  readonly findOwn: (text: string) => Promise<JsonObject | undefined>;
}

/** Verification of any badge: our own from the store, others through the one guarded fetcher. */
export function createBadgeChecker({ findOwn, ...parts }: BadgeCheckerParts): BadgeChecker {
  return async (input, { language, recipient, at }) => {
    const { means, fetcher, signal } = openVerification(parts, at);
    const held = 'text' in input ? await findOwn(input.text.trim()) : undefined;
    return checkInput(held === undefined ? input : { text: JSON.stringify(held) }, {
      ...means,
      language,
      ...(recipient === undefined ? {} : { recipient }),
      fetchBadge: (url) => fetcher.fetch(url, { ...BADGE_REQUEST, signal }),
    });
  };
}
