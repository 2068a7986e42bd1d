import { parseBadgeReference } from '../http/credential-id.js';
import { didWebUrl } from '../keys/did-web.js';
import { createFetchingResolver } from '../net/fetching-resolver.js';
import type { Clock } from '../ports/clock.js';
import type { Crypto } from '../ports/crypto.js';
import type { HouseRecord } from '../ports/house-record.js';
import type { PinnedContexts } from '../proof/pinned-contexts.js';
import { createProofVerifier } from '../proof/verify-proof.js';
import type { Language } from '../text/localized.js';
import { checkInput, type HandedIn, type InputAnswer } from '../verification/check-input.js';
import { deriveControllerDocument } from '../verification/controllers/derived-document.js';
import type { Recipient } from '../verification/recipient.js';
import type { AskHouse } from './ask-house.js';
import { askHouseRecord, askOwnBadge, basesOf, createHouseResolver } from './house-resolver.js';

/** The whole of one verification, asking included. */
const VERIFICATION_MILLISECONDS = 10_000;
const NOT_ASKED = { outcome: 'unreachable', detail: 'asks-house-only' } as const;

export interface DeviceCheckerParts {
  readonly contexts: PinnedContexts;
  readonly crypto: Crypto;
  readonly clock: Clock;
  readonly ask: AskHouse;
}

export interface DeviceAnswer {
  readonly answer: InputAnswer;
  /** Public id of the badge, when it is one that has a page in this house. */
  readonly ownId: string | undefined;
}

/** Verifies whatever was handed in where it was handed in: the checks of `POST /verify`, for which only the house is asked. */
export type DeviceChecker = (
  input: HandedIn,
  asked: { readonly language: Language; readonly recipient?: Recipient },
) => Promise<DeviceAnswer>;

/** Verification on a reader's device. What neither the badge nor the house holds stays unknown. */
export function createDeviceChecker({ contexts, crypto, clock, ask }: DeviceCheckerParts): DeviceChecker {
  return async (input, { language, recipient }) => {
    const house = await askHouseRecord(ask);
    const signal = AbortSignal.timeout(VERIFICATION_MILLISECONDS);
    const answer = await checkInput(await ownBadge(input, house, ask), {
      contexts,
      crypto,
      createVerifier: createProofVerifier,
      statusIssuer: house?.statusIssuer ?? 'same',
      signal,
      now: clock.now(),
      language,
      ...(recipient === undefined ? {} : { recipient }),
      resolver: createFetchingResolver({
        fetcher: { fetch: async () => NOT_ASKED },
        own: createHouseResolver(ask, house),
        didWebUrl,
        selfDescribed: { key: deriveControllerDocument, jwk: deriveControllerDocument },
        signal,
      }),
      fetchBadge: async () => NOT_ASKED,
    });
    const shown = answer.report.credential?.id;
    return { answer, ownId: shown == null ? undefined : referenceIn(house, shown) };
  };
}

/** A number or an address of ours stands for the badge itself. */
async function ownBadge(input: HandedIn, house: HouseRecord | undefined, ask: AskHouse): Promise<HandedIn> {
  const id = 'text' in input ? referenceIn(house, input.text) : undefined;
  const held = id === undefined ? undefined : await askOwnBadge(ask, id);
  return held === undefined ? input : { text: JSON.stringify(held) };
}

function referenceIn(house: HouseRecord | undefined, text: string): string | undefined {
  const bases = house === undefined ? [] : basesOf(house);
  return bases.map((base) => parseBadgeReference(text, base)).find((id) => id !== undefined);
}
