import type { JsonObject } from './json.js';

/**
 * What verification away from the house has to know of it: who issues here, under which addresses, with which keys. All of
 * it is public.
 */
export interface HouseRecord {
  /** Base of every public address, no trailing slash. */
  readonly publicUrl: string;
  /** May a status list be of another issuer than the badge? The house's own setting, so that answers agree. */
  readonly statusIssuer: 'any' | 'same';
  readonly issuers: readonly IssuerRecord[];
}

export interface IssuerRecord {
  readonly did: string;
  /** Base of the addresses in its badges. */
  readonly baseUrl: string;
  /** Its DID document. */
  readonly controllerDocument: JsonObject;
}

/** The ledger's word on one badge as plain data, to be told to those who ask from elsewhere. */
export interface OwnStateRecord {
  /** DID of the issuer the ledger records. */
  readonly issuer: string;
  /** `not-told`: there is nothing to tell, or nobody to be asked. Whether the badge holds is not known then. */
  readonly state: 'reserved' | 'active' | 'suspended' | 'revoked' | 'voided' | 'not-told';
  /** That of the version served now; null where none is. */
  readonly newestValidFrom: string | null;
  /** `validFrom` of each version that a newer one corrected. */
  readonly superseded: readonly string[];
  /** Addresses of the status lists derived from the ledger for this badge. */
  readonly lists: readonly string[];
  /** Its versions as recorded, where a key of its issuer was compromised and the moment of signing counts; else empty. */
  readonly recorded: readonly RecordedVersion[];
}

/** A version the ledger holds as issued. */
export interface RecordedVersion {
  /** SHA-256 of the signed document's canonical JSON (RFC 8785), hex. */
  readonly digest: string;
  /** When it was recorded, to the second. */
  readonly at: string;
}
