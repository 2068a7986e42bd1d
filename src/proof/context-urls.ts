/** `@context` of VCDM 2.0. */
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2';
/** `@context` of VCDM 1.1: read, never issued. */
export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1';
/** Defines `Ed25519Signature2020`, which `credentials/v2` does not: must stand in a badge that carries such a proof. */
export const ED25519_SIGNATURE_2020_V1 = 'https://w3id.org/security/suites/ed25519-2020/v1';
/** Defines `DataIntegrityProof` for documents that do not use `credentials/v2`. */
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2';
/** The newest `@context` of Open Badges 3.0. */
export const OPEN_BADGES_3_0_3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
