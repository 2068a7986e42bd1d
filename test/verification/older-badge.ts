import type { JsonObject } from '../../src/ports/json.js';
import { fullBadge, listAt } from './house.js';

export const V1 = 'https://www.w3.org/2018/credentials/v1';

/** The full badge as VCDM 1.1 writes it, in a context that defines the proof of Ed25519Signature2020 and no other. */
export function olderFullBadge(): JsonObject {
  const { validFrom = null, validUntil = null, credentialStatus: _, relatedResource: __, ...badge } = fullBadge();
  return {
    ...badge,
    '@context': [V1, ...listAt(badge, '@context').slice(1)],
    issuanceDate: validFrom,
    expirationDate: validUntil,
  };
}

/** The same in a context that defines proofs of data integrity instead. */
export function withDataIntegrity(badge: JsonObject): JsonObject {
  return {
    ...badge,
    '@context': [...listAt(badge, '@context').slice(0, 3), 'https://w3id.org/security/data-integrity/v2'],
  };
}
