import type { SigningAlgorithm } from './signer.js';

/** Makes and keeps private keys; the {@link Signer} of the same adapter signs with them. */
export interface KeyStore {
  /** Makes a key pair for an issuer and keeps the private half durably. @param issuer slug. */
  create(issuer: string, algorithm: SigningAlgorithm): Promise<{ readonly publicKeyMultibase: string }>;
}
