import type { Json, JsonObject } from '../../src/ports/json.js';
import { controllerDocument, fullBadge } from './house.js';
import { KEYS } from './jwt/keys.js';

export const ACCREDITER = 'did:web:accrediter.example';

/** An unsigned endorsement of the sample badge, or of something else. */
export function endorsement(changes: JsonObject = {}, about: Json = String(fullBadge()['id'])): JsonObject {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'https://accrediter.example/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Appui',
    issuer: { id: ACCREDITER, type: ['Profile'], name: 'Accréditeur' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: 'Un engagement exemplaire.' },
    ...changes,
  };
}

export const ACCREDITER_JWT_KEY = {
  id: `${ACCREDITER}#jwt`,
  type: 'JsonWebKey',
  controller: ACCREDITER,
  publicKeyJwk: KEYS.ES256.jwk,
};

/** What the accrediter publishes: a key for proofs, and one for tokens. */
export function accrediterDocument(): JsonObject {
  const { verificationMethod = [], assertionMethod = [], ...document } = controllerDocument(ACCREDITER);
  return {
    ...document,
    verificationMethod: [...(verificationMethod as Json[]), ACCREDITER_JWT_KEY],
    assertionMethod: [...(assertionMethod as Json[]), ACCREDITER_JWT_KEY.id],
  };
}
