import { credentialIdOf, statusListUrl } from '../credential/urls.js';
import type { CredentialEntry, StatusPurpose } from '../ports/ledger.js';
import { normaliseId } from '../text/public-id.js';
import { findByDocumentId } from './api-refs.js';
import { CredentialNotFoundError, changeStatus, type StatusChange, StatusChangeError } from './change-status.js';
import type { IssuingContext } from './context.js';
import type { ApiCaller } from './issue-through-api.js';
import { getIssuer, listIssuers } from './issuers.js';

export interface ApiStatusRequest {
  readonly caller: ApiCaller;
  /** The document's id, or the public id. */
  readonly credentialId: string;
  readonly statusPurpose: StatusPurpose;
  /** True sets the status, false takes it back. */
  readonly status: boolean;
  /** The entry as the caller knows it: it must be the credential's own. */
  readonly statusListCredential?: string;
  readonly statusListIndex?: string;
}

export interface ApiStatus {
  readonly entry: CredentialEntry;
  /** Can verifiers elsewhere see it: does the credential's entry lie in a list of this purpose? */
  readonly isPublished: boolean;
}

/**
 * Revokes, suspends or reinstates a credential of an issuer the token works for; any other is not found (A2).
 * @throws {CredentialNotFoundError} {@link StatusChangeError} {@link StoreUnavailableError}
 * @see https://w3c-ccg.github.io/vc-api/#update-status
 */
export async function changeStatusThroughApi(context: IssuingContext, request: ApiStatusRequest): Promise<ApiStatus> {
  const { caller, statusPurpose, status } = request;
  const found = await findCredential(context, request);
  if (found === undefined || !(await isTheirEntry(context, found, request))) {
    throw new CredentialNotFoundError(request.credentialId);
  }
  const entry = await applied(context, found, {
    change: changeFor(statusPurpose, status),
    actor: `token:${caller.id}`,
    reason: `${statusPurpose}: ${String(status)}`,
  });
  const list = await context.store.ledger.list(servedPlace(entry)?.list ?? '');
  return { entry, isPublished: list?.purpose === statusPurpose };
}

function changeFor(purpose: StatusPurpose, status: boolean): StatusChange | 'unrevoked' {
  if (purpose === 'revocation') return status ? 'revoked' : 'unrevoked';
  return status ? 'suspended' : 'reinstated';
}

/** @throws {StatusChangeError} A revocation is for good; taking back one that is not there changes nothing. */
async function applied(
  context: IssuingContext,
  entry: CredentialEntry,
  {
    change,
    actor,
    reason,
  }: { readonly change: StatusChange | 'unrevoked'; readonly actor: string; readonly reason: string },
): Promise<CredentialEntry> {
  const { credential, issuer } = entry;
  if (change !== 'unrevoked') return (await changeStatus(context, { credential, issuer, change, actor, reason })).entry;
  if (entry.state === 'revoked') throw new StatusChangeError(entry, 'reinstated');
  if (entry.state === 'active' || entry.state === 'suspended') return entry;
  throw new CredentialNotFoundError(credential);
}

async function findCredential(
  context: IssuingContext,
  { caller, credentialId }: ApiStatusRequest,
): Promise<CredentialEntry | undefined> {
  const visible = (await listIssuers(context)).filter(
    ({ slug }) => caller.issuer === undefined || caller.issuer === slug,
  );
  const publicId =
    normaliseId(credentialId) ??
    visible.map(({ baseUrl }) => credentialIdOf(baseUrl, credentialId)).find((id) => id !== undefined);
  const entry = publicId === undefined ? undefined : await context.store.ledger.credential(publicId);
  if (entry !== undefined) return visible.some(({ slug }) => slug === entry.issuer) ? entry : undefined;
  for (const { slug } of visible) {
    const known = await findByDocumentId(context, slug, credentialId);
    if (known !== undefined) return known;
  }
  return undefined;
}

/** Where the caller names list or index, they are those of the version served now. */
async function isTheirEntry(
  context: IssuingContext,
  entry: CredentialEntry,
  { statusListCredential, statusListIndex }: ApiStatusRequest,
): Promise<boolean> {
  const place = servedPlace(entry);
  if (place === undefined) return false;
  const { baseUrl } = await getIssuer(context, entry.issuer);
  const isList = statusListCredential === undefined || statusListCredential === statusListUrl(baseUrl, place.list);
  return isList && (statusListIndex === undefined || statusListIndex === String(place.index));
}

function servedPlace({ versions }: CredentialEntry) {
  return versions.findLast((version) => version.state === 'issued');
}
