import { z } from 'zod';
import { type RowPlace, readRow, writeNewRow, writeRow } from '../issuing/holder-rows.js';
import { listIssuers } from '../issuing/issuers.js';
import type { SharingContext } from './context.js';
import { digestOfSecret, drawSecret, isSecret } from './secret.js';

const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * How a badge travels: by an exchange of the VC-API, or by OpenID4VCI in one of its formats.
 * @see https://www.w3.org/TR/vcalm-1.0/ and https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html
 */
export const WALLET_CHANNELS = ['exchange', 'ldp_vc', 'jwt_vc_json'] as const;
export type WalletChannel = (typeof WALLET_CHANNELS)[number];

/** Long enough to install a wallet on the way; a pre-authorized code lives shorter (L5). */
export const OFFER_MINUTES: Readonly<Record<WalletChannel, number>> = { exchange: 15, ldp_vc: 10, jwt_vc_json: 10 };

const zWalletOffer = z.strictObject({
  student: z.string(),
  credential: z.string(),
  channel: z.enum(WALLET_CHANNELS),
  /** What the wallet signs over, in an exchange. */
  challenge: z.string(),
  /** Digest of secret and transaction code together: a code of six digits alone would be guessed from its digest. */
  codeDigest: z.string().optional(),
  expiresAt: z.number(),
});
type WalletOfferRow = z.infer<typeof zWalletOffer>;

const zUse = z.strictObject({ student: z.string(), how: z.enum(['redeemed', 'locked', 'delivered']), at: z.number() });
const zLatest = z.strictObject({ student: z.string(), offer: z.string() });

/** One act of sending one badge to a wallet. Whoever knows its secret may redeem it, once. */
export interface WalletOffer extends WalletOfferRow {
  /** Slug. */
  readonly issuer: string;
  /** SHA-256 of its secret: its key. */
  readonly digest: string;
  /** `replaced`: a newer offer of the same badge was made. `locked`: too many wrong codes. */
  readonly state: 'open' | 'redeemed' | 'locked' | 'replaced' | 'expired';
}

/**
 * Makes an offer, in place of any other of the same badge. Neither its secret nor its transaction code is stored.
 * @returns the secret: 256 random bits, in links to the wallet and nowhere else.
 */
export async function drawWalletOffer(
  context: SharingContext,
  wanted: {
    readonly issuer: string;
    readonly student: string;
    readonly credential: string;
    readonly channel: WalletChannel;
    readonly transactionCode?: string;
  },
): Promise<string> {
  const { issuer, transactionCode, ...row } = wanted;
  const secret = drawSecret(context);
  const digest = digestOfSecret(context, secret);
  const expiresAt = context.clock.now() + OFFER_MINUTES[row.channel] * MILLISECONDS_PER_MINUTE;
  await writeRow(context, placeOf('wallet-offers', issuer, digest), {
    ...row,
    challenge: drawSecret(context),
    ...(transactionCode === undefined ? {} : { codeDigest: codeDigestOf(context, secret, transactionCode) }),
    expiresAt,
  });
  await writeRow(context, placeOf('wallet-latest', issuer, row.credential), { student: row.student, offer: digest });
  return secret;
}

/** What is stored of a transaction code. */
export function codeDigestOf(context: SharingContext, secret: string, transactionCode: string): string {
  return context.hash(`${secret}.${transactionCode}`);
}

/** The offer of a secret, in any state; undefined for one that never was, or is forgotten. Looking has no effect. */
export async function findWalletOffer(context: SharingContext, secret: string): Promise<WalletOffer | undefined> {
  if (!isSecret(secret)) return undefined;
  const digest = digestOfSecret(context, secret);
  for (const { slug: issuer } of await listIssuers(context)) {
    const row = await readRow(context, placeOf('wallet-offers', issuer, digest), zWalletOffer);
    if (row !== undefined) return { ...row, issuer, digest, state: await stateOf(context, { issuer, digest, row }) };
  }
  return undefined;
}

async function stateOf(
  context: SharingContext,
  { issuer, digest, row }: { readonly issuer: string; readonly digest: string; readonly row: WalletOfferRow },
): Promise<WalletOffer['state']> {
  const use = await readRow(context, placeOf('wallet-uses', issuer, digest), zUse);
  if (use !== undefined) return use.how === 'locked' ? 'locked' : 'redeemed';
  if (row.expiresAt <= context.clock.now()) return 'expired';
  const latest = await readRow(context, placeOf('wallet-latest', issuer, row.credential), zLatest);
  return latest?.offer === digest ? 'open' : 'replaced';
}

/** What can be used once: an offer, or the access token that came of one. */
export interface UsedOnce {
  readonly issuer: string;
  readonly student: string;
  readonly digest: string;
}

/** Uses an offer or a token up. @returns true for exactly one of all who ask, in whatever process (L5). */
export function useUp(
  context: SharingContext,
  { issuer, student, digest }: UsedOnce,
  how: z.infer<typeof zUse>['how'],
): Promise<boolean> {
  return writeNewRow(context, placeOf('wallet-uses', issuer, digest), { student, how, at: context.clock.now() });
}

/** Was it used up? */
export async function isUsedUp(
  context: SharingContext,
  { issuer, digest }: Omit<UsedOnce, 'student'>,
): Promise<boolean> {
  return (await readRow(context, placeOf('wallet-uses', issuer, digest), zUse)) !== undefined;
}

/** Takes a use back, after what it was for could not be done. */
export async function takeBackUse(
  context: SharingContext,
  { issuer, digest }: Omit<UsedOnce, 'student'>,
): Promise<void> {
  await context.store.log.delete([placeOf('wallet-uses', issuer, digest)]);
}

function placeOf(topic: 'wallet-offers' | 'wallet-uses' | 'wallet-latest', issuer: string, key: string): RowPlace {
  return { issuer, topic, key };
}
