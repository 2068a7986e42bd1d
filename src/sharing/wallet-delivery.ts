import { findHeldBadge } from '../issuing/badges.js';
import { CredentialNotFoundError } from '../issuing/change-status.js';
import { badgeAsJwt } from '../issuing/jwt-form.js';
import { ReissueRefusedError, reissueCredential } from '../issuing/reissue.js';
import type { JsonObject } from '../ports/json.js';
import { forgetIfErased, type SharingContext } from './context.js';
import { takeBackUse, type UsedOnce, useUp, type WalletChannel } from './wallet-offers.js';

/** What is delivered: the badge bound to the wallet's key, as a document or as a compact JWS. */
export type Delivery =
  | { readonly outcome: 'delivered'; readonly credential: JsonObject | string }
  /** It was used already: this one came second. */
  | { readonly outcome: 'used' }
  /** The badge is no longer one to deliver: revoked, suspended, expired, erased, bound by its issuer. */
  | { readonly outcome: 'refused' };

export interface DeliveryRequest {
  /** What is used up by it. */
  readonly once: UsedOnce;
  /** `redeemed` for an offer, `delivered` for an access token. */
  readonly how: 'redeemed' | 'delivered';
  /** Public id of the badge. */
  readonly credential: string;
  readonly channel: WalletChannel;
  /** DID of the wallet's key, shown to be the wallet's. */
  readonly holderId: string;
}

/**
 * Binds a badge to a wallet's key and hands it out, to exactly one of all who ask (L5). It is issued anew: same id, same
 * status entry, `credentialSubject.id` set; older copies stay valid with the warning `newer-version`. Everything in it
 * comes from the stored record (L10). What fails on our side uses nothing up.
 * @throws what {@link reissueCredential} does when it cannot sign or store now.
 */
export async function deliverToWallet(context: SharingContext, request: DeliveryRequest): Promise<Delivery> {
  const { once, how, credential, channel, holderId } = request;
  if (await forgetIfErased(context, once)) return { outcome: 'refused' };
  if (!(await useUp(context, once, how))) return { outcome: 'used' };
  let delivery: Delivery = { outcome: 'refused' };
  try {
    delivery = await bind(context, { issuer: once.issuer, credential, channel, holderId });
  } finally {
    if (delivery.outcome !== 'delivered') await takeBackUse(context, once);
  }
  if (await forgetIfErased(context, once)) return { outcome: 'refused' };
  context.logger.info('wallet-delivered', { issuer: once.issuer, credential, channel });
  return delivery;
}

async function bind(
  context: SharingContext,
  {
    issuer,
    credential,
    channel,
    holderId: id,
  }: Pick<DeliveryRequest, 'credential' | 'channel' | 'holderId'> & { readonly issuer: string },
): Promise<Delivery> {
  try {
    await reissueCredential(context, { credential, change: { kind: 'holder', id }, actor: 'holder', issuer });
  } catch (error) {
    if (error instanceof ReissueRefusedError || error instanceof CredentialNotFoundError) return { outcome: 'refused' };
    throw error;
  }
  const badge = await findHeldBadge(context, credential);
  const bound = badge === undefined || channel !== 'jwt_vc_json' ? badge?.document : await badgeAsJwt(context, badge);
  return bound === undefined ? { outcome: 'refused' } : { outcome: 'delivered', credential: bound };
}
