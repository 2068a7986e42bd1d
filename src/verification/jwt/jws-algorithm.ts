import type { VerificationKey } from '../../proof/verification-key.js';

/** The algorithms a badge may be signed with as a JWT. No key can be used with two of them. */
export const JWS_ALGORITHMS = ['EdDSA', 'ES256', 'ES384', 'RS256'] as const;
export type JwsAlgorithm = (typeof JWS_ALGORITHMS)[number];

/** What a key is decides the algorithm, never what the header says of it (V36). */
export function jwsAlgorithmOf({ algorithm }: VerificationKey): JwsAlgorithm {
  return algorithm === 'Ed25519' ? 'EdDSA' : algorithm;
}
