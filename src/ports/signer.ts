import { formatInstant, type Instant } from '../text/instant.js';
import { DomainError } from './error.js';

export type SigningAlgorithm = 'Ed25519' | 'ES256';

/** A key an issuer signs with, as its DID document shows it. */
export interface SigningKey {
  readonly issuer: string;
  readonly algorithm: SigningAlgorithm;
  /** `<did>#<multibase>`; also the name the signer knows the key by. */
  readonly verificationMethod: string;
  /** Multikey encoding of the public half: `z6Mk…` for Ed25519, `zDn…` for P-256. */
  readonly publicKeyMultibase: string;
}

/**
 * Holds private keys and never shows them. Asynchronous, names the key, takes many messages in one call, so that a key
 * in an HSM is only another adapter. Must hold: signatures come back in the order of the messages; Ed25519 signs the
 * message itself (RFC 8032), ES256 its SHA-256 digest as `r ‖ s` of 64 bytes.
 * @throws {SignerError} when the key is unknown or cannot be used; nothing was signed then.
 * @throws {SigningHaltedError} while the emergency stop is in force.
 */
export interface Signer {
  sign(request: {
    readonly verificationMethod: string;
    readonly messages: readonly Uint8Array[];
  }): Promise<Uint8Array[]>;
  /** Can this key sign now? Used by readiness and before a batch starts. */
  canSign(verificationMethod: string): Promise<boolean>;
}

/** The emergency stop is in force: nothing is signed in the whole house until somebody ends it. */
export class SigningHaltedError extends DomainError {
  override readonly code = 'halted';
  readonly since: Instant;

  constructor(since: Instant) {
    super(`signing is halted since ${formatInstant(since)}`);
    this.since = since;
  }
}

/** The signer could not sign. */
export class SignerError extends DomainError {
  override readonly code = 'signer-unavailable';
  readonly verificationMethod: string;

  constructor(verificationMethod: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.verificationMethod = verificationMethod;
  }
}
