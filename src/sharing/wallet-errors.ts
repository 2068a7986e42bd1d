import { DomainError } from '../ports/error.js';

/** Error codes of OAuth 2.0 and OpenID4VCI that wallets are told. */
export type WalletErrorCode =
  | 'invalid_request'
  | 'invalid_grant'
  | 'invalid_token'
  | 'unsupported_grant_type'
  | 'invalid_credential_request'
  | 'unknown_credential_configuration'
  | 'unknown_credential_identifier'
  | 'invalid_proof'
  | 'invalid_nonce'
  | 'credential_request_denied';

/**
 * A wallet's request is refused, in the words of its protocol. The message is for developers: English, ASCII, nothing of
 * the request in it.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 * @see https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0-final.html#section-8.3.1
 */
export class WalletRequestError extends DomainError {
  override readonly code = 'wallet-request-refused';
  readonly error: WalletErrorCode;

  constructor(error: WalletErrorCode, description: string, options?: ErrorOptions) {
    super(description, options);
    this.error = error;
  }
}
