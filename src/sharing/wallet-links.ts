import type { JsonObject } from '../ports/json.js';

/** Where Learner Credential Wallet takes links, app installed or not. */
const LEARNER_WALLET = 'https://lcw.app/request';
const OFFER_SCHEME = 'openid-credential-offer://';

/** Addresses of one exchange. */
export interface ExchangeLinks {
  /** Answers which protocols there are. `iuv=1` says that the link is one of this kind. */
  readonly interactionUrl: string;
  readonly exchangeUrl: string;
  /** Opens Learner Credential Wallet with it. */
  readonly learnerWalletUrl: string;
}

/**
 * Links that begin an exchange of the VC-API.
 * @see https://www.w3.org/TR/vcalm-1.0/#interaction-url-format
 */
export function exchangeLinks(publicUrl: string, secret: string): ExchangeLinks {
  const exchangeUrl = `${publicUrl}/exchanges/${secret}`;
  const request = { credentialRequestOrigin: new URL(publicUrl).origin, protocols: { vcapi: exchangeUrl } };
  return {
    interactionUrl: `${publicUrl}/interactions/${secret}?iuv=1`,
    exchangeUrl,
    learnerWalletUrl: `${LEARNER_WALLET}?request=${encodeURIComponent(JSON.stringify(request))}`,
  };
}

/** The two forms of a link with a credential offer. */
export interface OfferLinks {
  /** With the whole offer in it: a wallet on the same device needs no further request. */
  readonly byValue: string;
  /** With the offer's address only: short enough for a QR code. */
  readonly byReference: string;
}

/** @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-4.1.2 */
export function offerLinks(publicUrl: string, secret: string, offer: JsonObject): OfferLinks {
  const reference = `${publicUrl}/oid4vci/offers/${secret}`;
  return {
    byValue: `${OFFER_SCHEME}?credential_offer=${encodeURIComponent(JSON.stringify(offer))}`,
    byReference: `${OFFER_SCHEME}?credential_offer_uri=${encodeURIComponent(reference)}`,
  };
}
