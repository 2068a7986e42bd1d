import { DomainError } from '../ports/error.js';
import type { Localized } from '../text/localized.js';

export type HttpErrorCode =
  | 'badge-not-found'
  | 'not-found'
  | 'not-bound'
  | 'not-acceptable'
  | 'method-not-allowed'
  | 'uri-too-long'
  | 'query-invalid'
  | 'unauthorized'
  | 'scope-missing'
  | 'body-unreadable'
  | 'json-unreadable'
  | 'unsupported-media-type'
  | 'request-invalid'
  | 'credential-invalid'
  | 'idempotency-key-malformed'
  | 'payload-too-large'
  | 'too-many-requests'
  | 'holder-signed-out'
  | 'form-not-yours'
  | 'wallet-offer-ended'
  | 'wallet-offer-used'
  | 'wallet-message-malformed'
  | 'wallet-badge-refused';

/** One parameter or member that was refused. `pointer` names it as `/issuer`. */
export interface FieldMistake {
  readonly pointer: string;
  readonly detail: Localized;
  /** Problem type of this mistake, where the standards define one. */
  readonly type?: string;
}

/** The request itself cannot be answered: what it asks for is not here, not allowed or not understood. */
export class HttpError extends DomainError {
  override readonly code: HttpErrorCode;
  readonly errors: readonly FieldMistake[];
  /** Headers the answer must carry, such as `Allow`. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: HttpErrorCode,
    facts: { readonly errors?: readonly FieldMistake[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(code);
    this.code = code;
    this.errors = facts.errors ?? [];
    this.headers = facts.headers ?? {};
  }
}
