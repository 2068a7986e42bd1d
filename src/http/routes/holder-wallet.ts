import type { Context, Hono } from 'hono';
import type { HolderFrame } from '../../pages/holder-view.js';
import {
  type WalletOfferView,
  type WalletRefusal,
  walletChoicePage,
  walletOfferPage,
} from '../../pages/wallet-offer-page.js';
import type { HolderBadge } from '../../sharing/holder-badges.js';
import type { MadeOffer } from '../../sharing/wallet-desk.js';
import { WALLET_CHANNELS } from '../../sharing/wallet-offers.js';
import type { AppDeps } from '../deps.js';
import type { HttpEnv } from '../env.js';
import { HttpError } from '../http-error.js';

const PRIVATE = { 'Cache-Control': 'no-store', Vary: 'Accept-Language, Cookie' } as const;
const CONFLICT = 409;

/** What these pages take from the holder's own: the session is known, the form's token was checked. */
export interface HolderPageMeans {
  ownBadge(c: Context<HttpEnv>): Promise<HolderBadge>;
  holderFrame(c: Context<HttpEnv>): HolderFrame;
  formOf(c: Context<HttpEnv>): Promise<FormData>;
}

/**
 * Sending a badge to a wallet, on the holder's own pages. What an offer holds is secret: it is in the answer to the form
 * that made it, and in no address; read again, the form makes another.
 */
export function addWalletPages(
  own: Hono<HttpEnv>,
  { wallets, qr }: Pick<AppDeps, 'wallets' | 'qr'>,
  { ownBadge, holderFrame, formOf }: HolderPageMeans,
): void {
  const viewOf = (c: Context<HttpEnv>, { id, name, language, boundTo }: HolderBadge) => ({
    id,
    name,
    language,
    givenName: c.get('holder').profile.givenName,
    isBound: boundTo !== undefined,
  });
  const answer = (c: Context<HttpEnv>, page: string, status: 200 | 409 = 200) =>
    c.html(page, status, { ...PRIVATE, 'Content-Language': holderFrame(c).frame.language });

  own.get('/badges/:id/wallet', async (c) => {
    const badge = await ownBadge(c);
    const refusal: WalletRefusal | undefined =
      badge.state !== 'active' ? 'not-active' : badge.isBoundByIssuer ? 'bound-by-issuer' : undefined;
    const choice = { holder: holderFrame(c), badge: viewOf(c, badge) };
    return answer(c, walletChoicePage(refusal === undefined ? choice : { ...choice, refusal }));
  });

  own.post('/badges/:id/wallet', async (c) => {
    const badge = await ownBadge(c);
    const wanted = (await formOf(c)).get('channel');
    const channel = WALLET_CHANNELS.find((name) => name === wanted);
    if (channel === undefined) throw new HttpError('request-invalid');
    const offer = await wallets.desk.offer(c.get('holder').session, { id: badge.id, channel });
    if (offer === undefined) throw new HttpError('badge-not-found');
    const page = { holder: holderFrame(c), badge: viewOf(c, badge) };
    if (typeof offer === 'string') return answer(c, walletChoicePage({ ...page, refusal: offer }), CONFLICT);

    return answer(c, walletOfferPage({ ...page, offer: await offerView(offer, qr.svg) }));
  });
}

async function offerView(offer: MadeOffer, draw: (url: string) => Promise<string>): Promise<WalletOfferView> {
  const { minutes } = offer;
  if (offer.channel === 'exchange') {
    const { learnerWalletUrl, interactionUrl } = offer.links;
    const qrSvg = await draw(learnerWalletUrl);
    return { wallet: 'learner', openUrl: learnerWalletUrl, scanUrl: interactionUrl, qrSvg, minutes };
  }
  const { byValue, byReference } = offer.links;
  const { transactionCode } = offer;
  const qrSvg = await draw(byReference);
  return { wallet: 'other', openUrl: byValue, scanUrl: byReference, qrSvg, transactionCode, minutes };
}
