import type { Issuer } from '../credential/issuer.js';
import type { JsonObject } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import type { VerificationReport } from '../verification/report.js';
import { verifyCredential } from '../verification/verify-credential.js';
import { type AwardRecord, readReservation } from './award.js';
import type { IssuingContext, IssuingCore } from './context.js';
import { getIssuer } from './issuers.js';
import { ownStateOf } from './own-resolver.js';
import { ACCEPTED } from './source.js';
import { isWithdrawn } from './withdrawal.js';

/** One of our badges as served: its newest signed version, and what the house knows of it. */
export interface Badge {
  readonly entry: CredentialEntry;
  readonly issuer: Issuer;
  /** The signed document. */
  readonly document: JsonObject;
  readonly award: AwardRecord | undefined;
}

/**
 * The newest signed version of a credential. Undefined alike for an unknown id, one never finished, a voided and an
 * erased one, and one its holder withdrew from sharing: from outside they cannot be told apart.
 * @param id 26 characters, lower case.
 */
export async function findBadge(context: IssuingCore, id: string): Promise<Badge | undefined> {
  const badge = await findHeldBadge(context, id);
  return badge === undefined || (await isWithdrawn(context, badge.entry.issuer, id)) ? undefined : badge;
}

/** As {@link findBadge}, shared or not: for the badge's holder and for the institution, never for an address anybody may ask. */
export async function findHeldBadge(context: IssuingCore, id: string): Promise<Badge | undefined> {
  const { ledger } = context.store;
  const entry = await ledger.credential(id);
  if (entry === undefined) return undefined;
  const newest = entry.versions.filter((version) => version.state === 'issued').at(-1);
  if (newest === undefined) return undefined;
  const document = (await ledger.document(id, newest.version)) as JsonObject | undefined;
  if (document === undefined) return undefined;
  const reservation = readReservation(await ledger.reservation(id, newest.version));
  return { entry, issuer: await getIssuer(context, entry.issuer), document, award: reservation?.award };
}

/** Verifies one of our badges as an outsider would, with our own documents. Undefined as {@link findBadge}. */
export async function verifyBadge(context: IssuingContext, id: string): Promise<VerificationReport | undefined> {
  const badge = await findBadge(context, id);
  if (badge === undefined) return undefined;
  return verifyCredential({
    input: badge.document,
    contexts: context.contexts,
    crypto: context.crypto,
    createVerifier: context.createVerifier,
    resolver: context.resolver,
    accept: ACCEPTED[badge.entry.source],
    ownState: await ownStateOf(context, badge.entry),
    now: context.clock.now(),
  });
}
