import type { JsonObject } from '../ports/json.js';
import type { Language } from '../text/localized.js';
import type { CredentialChecker } from '../verification/credential-checker.js';
import type { Holder, SharingContext } from './context.js';
import { badgeOf, wasSignedTooOften } from './holder-badges.js';
import { requestCredential } from './wallet-credential.js';
import { type ExchangeStep, lookAtInteraction, takePartInExchange } from './wallet-exchange.js';
import { type ExchangeLinks, exchangeLinks, type OfferLinks, offerLinks } from './wallet-links.js';
import {
  authorizationServerMetadata,
  credentialIssuerMetadata,
  credentialOffer,
  TRANSACTION_CODE_LENGTH,
} from './wallet-metadata.js';
import { drawNonce } from './wallet-nonces.js';
import { drawWalletOffer, findWalletOffer, OFFER_MINUTES, type WalletChannel } from './wallet-offers.js';
import { redeemCode } from './wallet-token.js';

/** What a holder needs to take a badge into their wallet by an exchange. Shown once, stored nowhere. */
export interface ExchangeOffer {
  readonly channel: 'exchange';
  readonly links: ExchangeLinks;
  /** How long it can be used. */
  readonly minutes: number;
}

/** The same by OpenID4VCI. */
export interface CodeOffer {
  readonly channel: 'ldp_vc' | 'jwt_vc_json';
  readonly links: OfferLinks;
  /** To be typed into the wallet: who only saw the QR code cannot take the badge (L9). */
  readonly transactionCode: string;
  readonly minutes: number;
}

export type MadeOffer = ExchangeOffer | CodeOffer;

/** Why no offer is made. */
export type OfferRefusal = 'not-active' | 'bound-by-issuer' | 'too-often';

/** What comes of a credential offer's address. */
export type OfferLookup =
  | { readonly outcome: 'offer'; readonly offer: JsonObject }
  | { readonly outcome: 'unknown' | 'ended' };

/** Everything about wallets, bound to one house: the HTTP edge needs no more. */
export interface WalletDesk {
  /** Makes an offer of a badge of the holder's; undefined for one that is not theirs. */
  offer(
    holder: Holder,
    wanted: { readonly id: string; readonly channel: WalletChannel },
  ): Promise<MadeOffer | OfferRefusal | undefined>;
  interaction(secret: string): Promise<ExchangeStep>;
  exchange(secret: string, step: { readonly message: JsonObject; readonly language: Language }): Promise<ExchangeStep>;
  credentialIssuer(): Promise<JsonObject>;
  authorizationServer(): JsonObject;
  credentialOffer(secret: string): Promise<OfferLookup>;
  /** @throws {WalletRequestError} */
  token(form: Readonly<Record<string, string>>): Promise<JsonObject>;
  nonce(): Promise<JsonObject>;
  /** @throws {WalletRequestError} */
  credential(request: { readonly token: string | undefined; readonly body: JsonObject }): Promise<JsonObject>;
}

/** The wallets' use cases on one house. @param verify the verification of presentations. */
export function createWalletDesk(context: SharingContext, verify: CredentialChecker['presentation']): WalletDesk {
  return {
    offer: (holder, wanted) => makeOffer(context, holder, wanted),
    interaction: (secret) => lookAtInteraction(context, secret),
    exchange: (secret, step) => takePartInExchange(context, secret, { ...step, verify }),
    credentialIssuer: () => credentialIssuerMetadata(context),
    authorizationServer: () => authorizationServerMetadata(context),
    async credentialOffer(secret) {
      const offer = await findWalletOffer(context, secret);
      if (offer === undefined || offer.channel === 'exchange') return { outcome: 'unknown' };
      if (offer.state !== 'open') return { outcome: 'ended' };
      return { outcome: 'offer', offer: credentialOffer(context, secret, offer.channel) };
    },
    token: (form) => redeemCode(context, form),
    nonce: async () => ({ c_nonce: await drawNonce(context) }),
    credential: (request) => requestCredential(context, request),
  };
}

async function makeOffer(
  context: SharingContext,
  holder: Holder,
  { id, channel }: { readonly id: string; readonly channel: WalletChannel },
): Promise<MadeOffer | OfferRefusal | undefined> {
  const badge = await badgeOf(context, holder, id);
  if (badge === undefined) return undefined;
  if (badge.state !== 'active') return 'not-active';
  if (badge.isBoundByIssuer) return 'bound-by-issuer';
  const entry = await context.store.ledger.credential(id);
  if (entry !== undefined && wasSignedTooOften(entry, context.clock.now())) return 'too-often';
  const { issuer, student } = holder;
  const wanted = { issuer, student, credential: id, channel };
  context.logger.info('wallet-offer-made', { issuer, credential: id, channel });
  const { publicUrl } = context.settings;
  const minutes = OFFER_MINUTES[channel];
  if (channel === 'exchange') {
    const secret = await drawWalletOffer(context, wanted);
    return { channel, links: exchangeLinks(publicUrl, secret), minutes };
  }
  const transactionCode = drawTransactionCode(context);
  const secret = await drawWalletOffer(context, { ...wanted, transactionCode });
  const links = offerLinks(publicUrl, secret, credentialOffer(context, secret, channel));
  return { channel, links, transactionCode, minutes };
}

/** Six digits, each as likely as any other: what lies above the last whole million is drawn again. */
function drawTransactionCode(context: SharingContext): string {
  const codes = 10 ** TRANSACTION_CODE_LENGTH;
  const range = 2 ** 32;
  for (;;) {
    const drawn = new DataView(context.random.bytes(4).slice().buffer).getUint32(0);
    if (drawn < range - (range % codes)) return String(drawn % codes).padStart(TRANSACTION_CODE_LENGTH, '0');
  }
}
