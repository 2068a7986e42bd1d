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
  | 'payload-too-large'
  | 'too-many-requests';

/** One parameter that was refused. `pointer` names it as `/issuer`. */
export interface FieldMistake {
  readonly pointer: string;
  readonly detail: Localized;
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
