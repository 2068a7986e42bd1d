/** What a document is wanted for. The first and the third are never had through a redirect (S5). */
export type FetchPurpose = 'did-document' | 'controller' | 'status-list' | 'credential';

export interface FetchRequest {
  /** The `Accept` header (RFC 9110, section 12.5.1). */
  readonly accept: string;
  /** The largest body taken in, in bytes, counted after decoding. */
  readonly maxBytes: number;
  readonly purpose: FetchPurpose;
  /** Stops the waiting; what is under way for others goes on, within its own time. */
  readonly signal?: AbortSignal;
  /** How many redirects may be followed, each checked like the first address. None unless told. */
  readonly redirects?: 0 | 2;
}

/** Why nothing was asked, on purpose. */
export type RefusedDetail =
  /** No plain https URL: credentials in it, control characters, backslashes, too long, a `did:web` that is none (S7). */
  | 'malformed-url'
  /** Another scheme than https. */
  | 'scheme-not-allowed'
  /** A host that is no public name: `localhost`, one label, a trailing dot. */
  | 'host-not-allowed'
  | 'port-not-allowed'
  /** The address, or one of those the name leads to, is not public (S1 to S3). */
  | 'address-not-public'
  /** The house itself, which answers from its store. */
  | 'own-address'
  /** This verification has asked for all it may. */
  | 'fetch-budget-spent'
  /** The host, or its address, was asked often enough for now. */
  | 'host-rate-limited'
  /** As many fetches are under way as the house allows, or to this address. */
  | 'too-busy';

/** Why nothing usable came back. */
export type UnreachableDetail =
  | 'name-not-resolved'
  | 'connect-failed'
  | 'connect-timed-out'
  /** Expired, self-signed, for another name, or of an authority nobody knows (S12). */
  | 'certificate-not-valid'
  | 'tls-failed'
  /** The whole took too long, whatever came meanwhile (S9). */
  | 'timed-out'
  | 'connection-lost'
  | 'not-http'
  | 'headers-too-large'
  | 'too-large'
  /** An encoding nobody asked for that cannot be undone, or is damaged. */
  | 'content-encoding'
  /** Sent elsewhere where redirects are not followed, or nowhere. */
  | 'redirected'
  | 'too-many-redirects'
  /** A status other than 200, 404, 410 and redirects. */
  | 'http-status'
  /** The caller no longer waits. */
  | 'aborted'
  /** Only given documents are read, and it is none of them. */
  | 'not-given'
  /** On a reader's own device only this house is asked. */
  | 'asks-house-only'
  /** A given document whose file cannot be read. */
  | 'file-unreadable';

/** Why a document that was fetched, or an id that was to be resolved, is of no use. */
export type DocumentDetail =
  /** A DID not written as its method asks. */
  | 'malformed-did'
  /** No document of ours, where only those are looked at. */
  | 'not-held-here'
  /** A status list of ours that cannot be signed for now. */
  | 'not-signed-now'
  /** An issuer id that is neither https nor a DID of a known method. */
  | 'issuer-id-not-supported'
  /** No JSON object in UTF-8, or one with a member twice. */
  | 'not-json'
  /** Nested too deep, or of too many parts. */
  | 'too-complex';

/** Why a document is not at hand, asked for or not. */
export type MissingDetail = RefusedDetail | UnreachableDetail | DocumentDetail | 'not-found';

/** What came of a fetch. The bytes are shared between callers: not to be changed. */
export type FetchAnswer =
  | {
      readonly outcome: 'found';
      readonly bytes: Uint8Array;
      /** As sent, or undefined when it was not. A hint only. */
      readonly contentType: string | undefined;
      /** Where it was found in the end, without fragment. */
      readonly finalUrl: string;
    }
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'unreachable'; readonly detail: UnreachableDetail }
  | { readonly outcome: 'refused'; readonly detail: RefusedDetail };

/**
 * The one way out of the house: https only, to public addresses only, within bounds of size, time and number. Never
 * throws for what the other side does.
 */
export interface Fetcher {
  fetch(url: string, request: FetchRequest): Promise<FetchAnswer>;
}

/** A fetcher shared by all verifications. */
export interface SharedFetcher extends Fetcher {
  /** A view for one verification: it may ask so often and no more, and asks nothing twice. */
  forVerification(): Fetcher;
}
