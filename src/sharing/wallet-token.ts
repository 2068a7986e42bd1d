import { z } from 'zod';
import { type RowPlace, readRow, writeNewRow, writeRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import { asJson, type JsonObject } from '../ports/json.js';
import { forgetIfErased, type SharingContext } from './context.js';
import { digestOfSecret, drawSecret, isSecret } from './secret.js';
import { WalletRequestError } from './wallet-errors.js';
import { createKeyProofVerifier } from './wallet-key-proof.js';
import { PRE_AUTHORIZED_CODE, type WalletFormat } from './wallet-metadata.js';
import { codeDigestOf, findWalletOffer, useUp, type WalletOffer } from './wallet-offers.js';
import { loadWalletProtocol, refusingAs } from './wallet-protocol.js';

/** How long an access token can be used (L8). */
const TOKEN_SECONDS = 300;
/** Transaction codes that may be tried of one offer (L6). */
const TRIES = 5;

const zGrant = z.strictObject({
  student: z.string(),
  credential: z.string(),
  format: z.enum(['ldp_vc', 'jwt_vc_json']),
  expiresAt: z.number(),
});

/** What an access token allows: one badge, in one format, once. */
export interface WalletGrant extends z.infer<typeof zGrant> {
  /** Slug. */
  readonly issuer: string;
  /** SHA-256 of the token. */
  readonly digest: string;
}

/**
 * The token endpoint: a pre-authorized code and its transaction code for an access token, once. Each wrong code is
 * answered alike and uses nothing up but the try; after the fifth the offer is dead (L5, L6).
 * @param form members of the form, each once.
 * @throws {WalletRequestError}
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-6
 */
export async function redeemCode(context: SharingContext, form: Readonly<Record<string, string>>): Promise<JsonObject> {
  const { code, transactionCode } = await readTokenRequest(context, form);
  const offer = await findWalletOffer(context, code);
  if (offer === undefined || offer.channel === 'exchange' || offer.state !== 'open') throw invalidGrant();
  if (transactionCode === undefined) throw new WalletRequestError('invalid_request', 'tx_code is missing');
  await takeTry(context, offer);
  if (offer.codeDigest !== codeDigestOf(context, code, transactionCode)) {
    await lockAfterLastTry(context, offer);
    throw invalidGrant();
  }
  if ((await forgetIfErased(context, offer)) || !(await useUp(context, offer, 'redeemed'))) throw invalidGrant();
  return grantToken(context, offer, offer.channel);
}

async function readTokenRequest(context: SharingContext, form: Readonly<Record<string, string>>) {
  if (form['grant_type'] !== PRE_AUTHORIZED_CODE) {
    throw form['grant_type'] === undefined
      ? new WalletRequestError('invalid_request', 'grant_type is missing')
      : new WalletRequestError('unsupported_grant_type', 'only the pre-authorized code is taken');
  }
  const { authorizationServer } = await loadWalletProtocol(context, createKeyProofVerifier(context));
  const { grant } = await refusingAs('invalid_request', 'the token request is not complete', () =>
    authorizationServer.parseAccessTokenRequest({
      accessTokenRequest: { ...form },
      request: { headers: new Headers(), method: 'POST', url: `${context.settings.publicUrl}/oid4vci/token` },
    }),
  );
  if (!('preAuthorizedCode' in grant)) throw new WalletRequestError('unsupported_grant_type', 'no pre-authorized code');
  return { code: grant.preAuthorizedCode, transactionCode: grant.txCode };
}

/** Takes one of the tries of an offer, before the code is looked at: those who guess side by side have no more. */
async function takeTry(context: SharingContext, offer: WalletOffer): Promise<void> {
  for (let n = 1; n <= TRIES; n += 1) {
    const row = { student: offer.student, at: context.clock.now() };
    if (await writeNewRow(context, tryPlace(offer, n), row)) return;
  }
  throw invalidGrant();
}

async function lockAfterLastTry(context: SharingContext, offer: WalletOffer): Promise<void> {
  if ((await context.store.log.get(offer.issuer, 'wallet-tries', tryPlace(offer, TRIES).key)) === undefined) return;
  if (await useUp(context, offer, 'locked')) {
    context.logger.warn('wallet-offer-locked', { issuer: offer.issuer, credential: offer.credential });
  }
}

async function grantToken(context: SharingContext, offer: WalletOffer, format: WalletFormat): Promise<JsonObject> {
  const token = drawSecret(context);
  const expiresAt = context.clock.now() + TOKEN_SECONDS * 1000;
  const { issuer, student, credential } = offer;
  await writeRow(context, tokenPlace(issuer, digestOfSecret(context, token)), {
    student,
    credential,
    format,
    expiresAt,
  });
  return asJson({ access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS });
}

/** What a token allows; undefined for one that never was, or has ended. */
export async function findGrant(context: SharingContext, token: string): Promise<WalletGrant | undefined> {
  if (!isSecret(token)) return undefined;
  const digest = digestOfSecret(context, token);
  for (const { slug: issuer } of await listIssuers(context)) {
    const row = await readRow(context, tokenPlace(issuer, digest), zGrant);
    if (row !== undefined) return row.expiresAt <= context.clock.now() ? undefined : { ...row, issuer, digest };
  }
  return undefined;
}

/** The same words whatever is wrong: an unknown code, a used one, a wrong transaction code. */
function invalidGrant(): WalletRequestError {
  return new WalletRequestError('invalid_grant', 'the code is wrong, used or has expired');
}

function tryPlace({ issuer, digest }: WalletOffer, n: number): RowPlace {
  return { issuer, topic: 'wallet-tries', key: `${digest}.${n}` };
}

function tokenPlace(issuer: string, digest: string): RowPlace {
  return { issuer, topic: 'wallet-tokens', key: digest };
}
