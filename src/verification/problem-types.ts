import type { CheckCode } from '../text/check-messages.js';

/**
 * Base of the problem types no standard defines. A URN, since RFC 9457 asks for a URI and not for a page behind it: a
 * type must stay the same wherever Sceau is installed, and the project owns no domain.
 * @see https://www.rfc-editor.org/rfc/rfc9457#section-3.1.1
 */
export const PROBLEM_BASE = 'urn:sceau:problem:';

/** @see https://www.w3.org/TR/vc-data-model-2.0/#problem-details */
const VCDM = 'https://www.w3.org/TR/vc-data-model#';
/** @see https://www.w3.org/TR/vc-data-integrity/#processing-errors and https://www.w3.org/TR/cid-1.0/#errors */
const SECURITY = 'https://w3id.org/security#';
/** @see https://www.w3.org/TR/vc-bitstring-status-list/#processing-errors */
const STATUS = 'https://www.w3.org/ns/credentials/status-list#';

/** The type the standards define for a code; every other code is a type of our own, under {@link PROBLEM_BASE}. */
const STANDARD_TYPES: Partial<Record<CheckCode, string>> = {
  'json-syntax': `${VCDM}PARSING_ERROR`,
  'not-utf-8': `${VCDM}PARSING_ERROR`,
  'duplicate-member': `${VCDM}PARSING_ERROR`,
  'not-an-object': `${VCDM}PARSING_ERROR`,
  'empty-input': `${VCDM}PARSING_ERROR`,
  'unreadable-jws': `${VCDM}PARSING_ERROR`,
  'damaged-image': `${VCDM}PARSING_ERROR`,
  'damaged-pdf': `${VCDM}PARSING_ERROR`,
  'malformed-value': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-context': `${VCDM}MALFORMED_VALUE_ERROR`,
  'missing-type': `${VCDM}MALFORMED_VALUE_ERROR`,
  'unknown-member': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-request': `${VCDM}MALFORMED_VALUE_ERROR`,
  'not-a-credential': `${VCDM}MALFORMED_VALUE_ERROR`,
  'not-a-presentation': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-envelope': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-holder': `${VCDM}MALFORMED_VALUE_ERROR`,
  'data-model': `${VCDM}MALFORMED_VALUE_ERROR`,
  'wrong-challenge': `${SECURITY}INVALID_CHALLENGE_ERROR`,
  'wrong-domain': `${SECURITY}INVALID_DOMAIN_ERROR`,
  schema: `${VCDM}MALFORMED_VALUE_ERROR`,
  'no-recipient': `${VCDM}MALFORMED_VALUE_ERROR`,
  'unknown-reference': `${VCDM}MALFORMED_VALUE_ERROR`,
  'ambiguous-reference': `${VCDM}MALFORMED_VALUE_ERROR`,
  'value-not-allowed': `${VCDM}MALFORMED_VALUE_ERROR`,
  'value-out-of-range': `${VCDM}RANGE_ERROR`,
  'missing-result-status': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-issuer': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-date': `${VCDM}MALFORMED_VALUE_ERROR`,
  'dates-reversed': `${VCDM}MALFORMED_VALUE_ERROR`,
  'unsafe-value': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-status': `${VCDM}MALFORMED_VALUE_ERROR`,
  'malformed-claim': `${VCDM}MALFORMED_VALUE_ERROR`,
  'jwt-data-model': `${VCDM}MALFORMED_VALUE_ERROR`,
  'jwt-parts': `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  'jwt-algorithm': `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  'jwt-header': `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  'signature-invalid': `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  'status-index-out-of-range': `${VCDM}RANGE_ERROR`,
  'malformed-proof': `${SECURITY}PROOF_VERIFICATION_ERROR`,
  'proof-not-verifiable': `${SECURITY}PROOF_VERIFICATION_ERROR`,
  'proof-in-future': `${SECURITY}PROOF_VERIFICATION_ERROR`,
  'proof-expired': `${SECURITY}PROOF_VERIFICATION_ERROR`,
  'unsafe-document': `${SECURITY}PROOF_TRANSFORMATION_ERROR`,
  'wrong-proof-purpose': `${SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD`,
  'key-not-authorised': `${SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD`,
  'foreign-controller-document': `${SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID`,
  'unknown-key': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'foreign-key': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'unusable-key': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'jwt-key-not-issuers': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'key-revoked': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'key-expired': `${SECURITY}INVALID_VERIFICATION_METHOD`,
  'own-state-not-told': `${STATUS}STATUS_RETRIEVAL_ERROR`,
  'status-not-retrieved': `${STATUS}STATUS_RETRIEVAL_ERROR`,
  'status-list-not-trusted': `${STATUS}STATUS_VERIFICATION_ERROR`,
  'status-list-issuer-unknown': `${STATUS}STATUS_VERIFICATION_ERROR`,
  'status-issuer-differs': `${STATUS}STATUS_VERIFICATION_ERROR`,
  'status-list-mismatch': `${STATUS}STATUS_VERIFICATION_ERROR`,
  'status-list-unreadable': `${STATUS}STATUS_VERIFICATION_ERROR`,
  'status-list-too-short': `${STATUS}STATUS_LIST_LENGTH_ERROR`,
};

/** Codes that are one problem under several names, each with the sentence its place needs. */
const SAME_PROBLEM: Partial<Record<CheckCode, CheckCode>> = {
  'member-not-a-term': 'untrusted-context',
  'credential-split': 'untrusted-context',
  'inline-context': 'untrusted-context',
  'presentation-not-signed': 'no-proof',
  'holder-unresolved': 'did-unresolved',
  'nested-presentation': 'too-complex',
  'proof-too-complex': 'too-complex',
  'status-list-too-complex': 'too-complex',
};

/** The RFC 9457 `type` of a code: an absolute URI that never changes. */
export function problemType(code: CheckCode): string {
  const name = SAME_PROBLEM[code] ?? code;
  return STANDARD_TYPES[name] ?? `${PROBLEM_BASE}${name}`;
}

/** The RFC 9457 `title`: the type's own name in words, the same for every occurrence. */
export function problemTitle(code: CheckCode): string {
  const type = problemType(code);
  const name = type.slice(type.startsWith(PROBLEM_BASE) ? PROBLEM_BASE.length : type.indexOf('#') + 1);
  const words = name.toLowerCase().replaceAll(/[_-]/g, ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
