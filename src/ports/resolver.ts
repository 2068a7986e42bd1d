import type { Instant } from '../text/instant.js';
import type { MissingDetail } from './fetcher.js';
import type { OwnStateRecord } from './house-record.js';
import type { JsonObject } from './json.js';

/** What came of asking for a document. `unreachable` was not answered; `refused` was not asked for, on purpose. */
export type Resolution<T> =
  | { readonly outcome: 'found'; readonly value: T }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'unreachable'; readonly detail: MissingDetail }
  | { readonly outcome: 'refused'; readonly detail: MissingDetail };

/** Why there is no document. */
export function missingDetail(resolution: Exclude<Resolution<unknown>, { readonly outcome: 'found' }>): MissingDetail {
  return resolution.outcome === 'not-found' ? 'not-found' : resolution.detail;
}

/** A credential with proofs in it, or the compact JWS around it (VC-JOSE-COSE). */
export type SecuredDocument = JsonObject | string;

/**
 * Where verification gets the documents a badge points to. Our own DID documents and lists are read from the store,
 * never fetched; adapters for folders and for the guarded fetcher stand beside it. Never throws for a document that
 * is missing or bad: says so.
 */
export interface Resolver {
  /** The controller document (DID document) of an issuer id. */
  controllerDocument(id: string): Promise<Resolution<JsonObject>>;
  /** A status list credential, signed. */
  statusList(url: string): Promise<Resolution<SecuredDocument>>;
  /** The bytes behind an evidence link, where the house holds them. Foreign links are `refused`: never fetched (S13). */
  evidence(url: string): Promise<Resolution<Uint8Array>>;
  /**
   * What the house itself knows of a credential id of its own, beyond the signed bytes: `suspended` and `superseded`
   * live in the ledger only. `undefined` when the credential is not ours.
   * @param issuer who the credential says issued it: needed to find one whose id is no address of ours.
   */
  ownState(credentialId: string, issuer?: string): Promise<OwnState | undefined>;
}

/** The ledger's word on one of our credentials. `newestValidFrom` is that of the version served now. */
export interface OwnState {
  /** DID of the issuer the ledger records: what another issuer signs under the same id is another badge. */
  readonly issuer: string;
  readonly state: OwnStateRecord['state'];
  readonly newestValidFrom: string | undefined;
  /** True if the version with this status index was corrected by a newer one. */
  supersedes(validFrom: string): boolean;
  /** When each version was recorded as issued, by {@link OwnStateRecord.recorded}. */
  readonly recorded: readonly { readonly digest: string; readonly at: Instant }[];
  /** True if the status list at this address is derived from the same ledger, which then says all the list would. */
  keepsList(url: string): boolean;
}
