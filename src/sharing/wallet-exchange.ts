import type { JsonObject } from '../ports/json.js';
import { isJsonObject } from '../ports/json.js';
import { CREDENTIALS_V2 } from '../proof/context-urls.js';
import type { Language } from '../text/localized.js';
import type { CredentialChecker } from '../verification/credential-checker.js';
import type { PresentationReport } from '../verification/presentation-report.js';
import type { SharingContext } from './context.js';
import { deliverToWallet } from './wallet-delivery.js';
import { exchangeLinks } from './wallet-links.js';
import { findWalletOffer, type WalletOffer } from './wallet-offers.js';

/** Suites a wallet may sign its presentation with; Learner Credential Wallet knows the first. */
const ACCEPTED_SUITES = ['Ed25519Signature2020', 'eddsa-rdfc-2022'] as const;
/** DID methods whose key stands in the DID itself: nothing is fetched to know the wallet. */
const ACCEPTED_METHODS = ['key', 'jwk'] as const;

/** What a step of an exchange comes to. */
export type ExchangeStep =
  /** The exchange asks, or delivers: to be answered as it stands. */
  | { readonly outcome: 'message'; readonly body: JsonObject }
  /** No exchange of that secret. */
  | { readonly outcome: 'unknown' }
  /** Expired, or replaced by a newer offer. */
  | { readonly outcome: 'ended' }
  /** The badge was delivered: nothing is delivered twice. */
  | { readonly outcome: 'done' }
  /** The message is none that fits this step. */
  | { readonly outcome: 'malformed' }
  /** The wallet did not show that it holds its key; it may try again. */
  | { readonly outcome: 'not-proven'; readonly report: PresentationReport }
  /** The badge is not in force, or its issuer settled whose key it is for. */
  | { readonly outcome: 'refused' };

/**
 * What protocols an interaction offers. Looking has no effect.
 * @see https://www.w3.org/TR/vcalm-1.0/#interaction-url-format
 */
export async function lookAtInteraction(context: SharingContext, secret: string): Promise<ExchangeStep> {
  const open = await openExchange(context, secret);
  if ('outcome' in open) return open;
  const { exchangeUrl } = exchangeLinks(context.settings.publicUrl, secret);
  return { outcome: 'message', body: { protocols: { vcapi: exchangeUrl } } };
}

/**
 * One message of a wallet in its exchange (L11). An empty one is answered with what is asked, and changes nothing, so it
 * may be sent again; a presentation that holds is answered with the badge, bound to the presenter's key, once.
 * @param verify the verification of presentations.
 * @see https://www.w3.org/TR/vcalm-1.0/#participate-in-an-exchange
 */
export async function takePartInExchange(
  context: SharingContext,
  secret: string,
  {
    message,
    verify,
    language,
  }: {
    readonly message: JsonObject;
    readonly verify: CredentialChecker['presentation'];
    readonly language: Language;
  },
): Promise<ExchangeStep> {
  const open = await openExchange(context, secret);
  if ('outcome' in open) return open;
  const { verifiablePresentation: presentation, ...others } = message;
  if (Object.keys(others).length > 0) return { outcome: 'malformed' };
  const domain = new URL(context.settings.publicUrl).host;
  if (presentation === undefined) return { outcome: 'message', body: request(open.challenge, domain) };
  if (!isJsonObject(presentation) || !isBarePresentation(presentation)) return { outcome: 'malformed' };
  const report = await verify(presentation, { challenge: open.challenge, domain: [domain], language });
  if (report.holder === null || !report.verified) return { outcome: 'not-proven', report };
  const delivery = await deliverToWallet(context, {
    once: open,
    how: 'redeemed',
    credential: open.credential,
    channel: open.channel,
    holderId: report.holder,
  });
  if (delivery.outcome === 'refused') return { outcome: 'refused' };
  return delivery.outcome === 'used'
    ? { outcome: 'done' }
    : { outcome: 'message', body: delivered(delivery.credential) };
}

async function openExchange(context: SharingContext, secret: string): Promise<WalletOffer | ExchangeStep> {
  const offer = await findWalletOffer(context, secret);
  if (offer?.channel !== 'exchange') return { outcome: 'unknown' };
  if (offer.state === 'redeemed') return { outcome: 'done' };
  return offer.state === 'open' ? offer : { outcome: 'ended' };
}

/** @see https://w3c-ccg.github.io/vp-request-spec/#did-authentication-request */
function request(challenge: string, domain: string): JsonObject {
  return {
    verifiablePresentationRequest: {
      query: [
        {
          type: 'DIDAuthentication',
          acceptedMethods: ACCEPTED_METHODS.map((method) => ({ method })),
          acceptedCryptosuites: ACCEPTED_SUITES.map((cryptosuite) => ({ cryptosuite })),
        },
      ],
      challenge,
      domain,
    },
  };
}

/** Who the wallet is, and nothing more: no credentials to verify on the way, no DID that must be fetched. */
function isBarePresentation({ holder, proof, verifiableCredential }: JsonObject): boolean {
  const holds = Array.isArray(verifiableCredential)
    ? verifiableCredential.length
    : Number(verifiableCredential !== undefined);
  const proofs = Array.isArray(proof) ? proof : [proof];
  const methods = proofs.map((one) => (isJsonObject(one) ? one['verificationMethod'] : undefined));
  const named = isJsonObject(holder) ? holder['id'] : holder;
  return holds === 0 && [...methods, ...(named === undefined ? [] : [named])].every(spellsOutItsKey);
}

function spellsOutItsKey(did: unknown): boolean {
  return typeof did === 'string' && ACCEPTED_METHODS.some((method) => did.startsWith(`did:${method}:`));
}

/** Unsigned: what vouches for the badge is the badge. */
function delivered(credential: JsonObject | string): JsonObject {
  return {
    verifiablePresentation: {
      '@context': [CREDENTIALS_V2],
      type: ['VerifiablePresentation'],
      verifiableCredential: [credential],
    },
  };
}
