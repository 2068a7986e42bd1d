import type { JsonObject } from '../ports/json.js';
import { formatInstant, type Instant } from '../text/instant.js';

const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGES_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const ED25519_SIGNATURE_2020_V1 = 'https://w3id.org/security/suites/ed25519-2020/v1';

export interface StatusListCredentialParts {
  /** The DID, or an Open Badges Profile with it. */
  readonly issuer: string | JsonObject;
  /** Where the list is served; also its id. */
  readonly listUrl: string;
  /** One purpose a list: the 1EdTech validator reads no other form. */
  readonly purpose: string;
  /** As {@link encodeStatusList} writes it. */
  readonly encodedList: string;
  readonly validFrom: Instant;
}

/**
 * An unsigned BitstringStatusListCredential, ready for both proofs of the house.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstringstatuslistcredential
 */
export function composeStatusListCredential(parts: StatusListCredentialParts): JsonObject {
  const { issuer, listUrl, purpose, encodedList, validFrom } = parts;
  const issuerContexts = typeof issuer === 'string' ? [] : [OPEN_BADGES_3_0_3];
  return {
    '@context': [CREDENTIALS_V2, ...issuerContexts, ED25519_SIGNATURE_2020_V1],
    id: listUrl,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom: formatInstant(validFrom),
    credentialSubject: {
      id: `${listUrl}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList,
    },
  };
}
