import type { JsonObject } from '../ports/json.js';
import type { ReadProof } from '../proof/read-proof.js';
import { SUITE_TRAITS } from '../proof/suites.js';
import type { VerificationKey } from '../proof/verification-key.js';
import type { Instant } from '../text/instant.js';
import { type MethodReading, readVerificationMethod } from './controllers/read-verification-method.js';
import { type CodedFinding, fail } from './finding.js';
import { LIMITS } from './limits.js';
import { shownValue } from './members.js';

/** A key that may speak for the issuer, or why not, in words. */
export type SigningKeyLookup<Key = VerificationKey> =
  | { readonly ok: true; readonly key: Key }
  | { readonly ok: false; readonly finding: CodedFinding };

/** What a key is used for: to issue, or to present as the holder. @see https://www.w3.org/TR/cid-1.0/#verification-relationships */
export type KeyPurpose = 'assertionMethod' | 'authentication';

interface KeyQuestion {
  readonly issuer: string;
  /** Absolute id of the verification method that is named. */
  readonly method: string;
  /** Where the document names it, for the finding; null for a JWT. */
  readonly pointer: string | null;
  readonly now: Instant;
  /** Default `assertionMethod`. */
  readonly purpose?: KeyPurpose;
}

/**
 * The key a signature names, if the issuer lets it sign credentials: see {@link readVerificationMethod}, whose answer is
 * put in words here.
 * @param document the controller document that was asked for under `issuer`.
 */
export function findSigningKey(document: JsonObject, question: KeyQuestion): SigningKeyLookup {
  const { issuer, method, now, purpose = 'assertionMethod' } = question;
  const reading = readVerificationMethod(document, method, {
    controller: issuer,
    purpose,
    at: now,
  });
  return reading.ok ? reading : { ok: false, finding: findingOf(reading, question) };
}

/** {@link findSigningKey} for a proof, whose suite is for some kinds of key and no other (V25). */
export function findProofKey(
  document: JsonObject,
  { suite, verificationMethod: method }: ReadProof,
  question: Omit<KeyQuestion, 'method'>,
): SigningKeyLookup<string> {
  const lookup = findSigningKey(document, { ...question, method });
  if (!lookup.ok) return lookup;
  const { algorithm, publicKeyMultibase } = lookup.key;
  return publicKeyMultibase !== undefined && SUITE_TRAITS[suite].keys.some((name) => name === algorithm)
    ? { ok: true, key: publicKeyMultibase }
    : { ok: false, finding: fail('unusable-key', question.pointer, { method }) };
}

function findingOf(
  { reason, found }: Extract<MethodReading, { readonly ok: false }>,
  { issuer, method, pointer }: KeyQuestion,
): CodedFinding {
  switch (reason) {
    case 'foreign-controller-document':
      return fail(reason, pointer, { found: shownValue(found), issuer });
    case 'too-complex': {
      const what = { fr: 'nombre de clés de l’émetteur', en: 'number of the issuer’s keys' };
      return fail(reason, pointer, { what, limit: LIMITS.maxVerificationMethods });
    }
    case 'unknown-key':
      return fail(reason, pointer, { method, issuer });
    case 'foreign-key':
      return fail(reason, pointer, { method, controller: shownValue(found) });
    case 'key-revoked':
      return fail(reason, pointer, { method, revoked: shownValue(found) });
    case 'key-expired':
      return fail(reason, pointer, { method, expires: shownValue(found) });
    case 'key-not-authorised':
    case 'unusable-key':
      return fail(reason, pointer, { method });
  }
}
