import { isJsonObject, type Json, type JsonObject } from '../../ports/json.js';
import type { ProofProblemCode } from '../../proof/proof-problem.js';
import type { VerificationKey } from '../../proof/verification-key.js';
import { type Instant, parseInstant } from '../../text/instant.js';
import { LIMITS } from '../limits.js';
import { listOf } from '../members.js';
import { readMethodKey } from './method-key.js';

/** Why a verification method may not speak for its controller: the codes of the `key` check. */
export type MethodProblemReason =
  | 'foreign-controller-document'
  | 'too-complex'
  | 'unknown-key'
  | 'key-not-authorised'
  | 'foreign-key'
  | 'key-revoked'
  | 'key-expired'
  | 'unusable-key';

export type MethodReading =
  | { readonly ok: true; readonly key: VerificationKey }
  | {
      readonly ok: false;
      readonly reason: MethodProblemReason;
      readonly code: ProofProblemCode;
      /** What stands there instead: the other id, controller or time. */
      readonly found: Json | undefined;
      /** English, for logs. */
      readonly detail: string;
    };

export interface MethodQuestion {
  /** Whose method it must be: the issuer. The document was asked for under this id. */
  readonly controller: string;
  readonly purpose: 'assertionMethod' | 'authentication';
  readonly at: Instant;
}

/**
 * The key behind a verification method, if its controller lets it speak: it stands in the controller's own document, is
 * listed for the purpose, belongs to the controller, is in force, and is a key one may trust. What the method's id spells
 * out is never a key: it must stand in the document like any other.
 * @param document the controller document (DID document) that came back for `controller`.
 * @param methodId as the proof or the token names it; absolute.
 * @see https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
 */
export function readVerificationMethod(
  document: JsonObject,
  methodId: string,
  { controller, purpose, at }: MethodQuestion,
): MethodReading {
  if (document['id'] !== controller) {
    return problem('foreign-controller-document', 'the document is about another controller', document['id']);
  }
  const methods = listOf(document['verificationMethod']);
  const authorised = listOf(document[purpose]);
  if (methods.length + authorised.length > LIMITS.maxVerificationMethods) {
    return problem('too-complex', `more than ${LIMITS.maxVerificationMethods} methods`, undefined);
  }
  const id = wholeId(methodId, document);
  const isNamed = (entry: Json): boolean => id !== undefined && absoluteId(entry, controller) === id;
  // A method embedded under the purpose is described there only, or once more in the same words.
  const described = [...methods, ...authorised].filter(isJsonObject).filter(isNamed);
  const [method] = described;
  const isOfOneMind = described.length <= 1 || new Set(described.map((one) => JSON.stringify(one))).size === 1;
  const isRepeated = methods.filter(isNamed).length > 1;
  if (method === undefined || isRepeated || !isOfOneMind) {
    return problem('unknown-key', 'the document does not describe this method, or not in one way', undefined);
  }
  if (method['controller'] !== controller) {
    return problem('foreign-key', 'the method belongs to another controller', method['controller']);
  }
  // Before the purpose: who revokes a key may strike it there too, and that it was revoked says more.
  const { revoked, expires } = method;
  if (hasPassed(revoked, at)) return problem('key-revoked', 'the method was revoked', revoked);
  if (hasPassed(expires, at)) return problem('key-expired', 'the method has expired', expires);
  if (!authorised.some(isNamed)) return problem('key-not-authorised', `not listed under ${purpose}`, undefined);
  const reading = readMethodKey(method);
  return reading.ok ? reading : problem('unusable-key', reading.detail, undefined);
}

function problem(reason: MethodProblemReason, detail: string, found: Json | undefined): MethodReading {
  const code =
    reason === 'too-complex'
      ? 'too-complex'
      : reason === 'key-not-authorised'
        ? 'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD'
        : 'INVALID_VERIFICATION_METHOD';
  return { ok: false, reason, code, found, detail };
}

/**
 * Some issuers name a `did:key` without its fragment. Its document, made from the same text, has one method: that is
 * the one they mean. Of any other document a bare id names nothing.
 */
function wholeId(methodId: string, document: JsonObject): string | undefined {
  if (methodId !== document['id'] || !methodId.startsWith('did:key:')) return methodId;
  const [only, ...others] = listOf(document['verificationMethod']);
  return only !== undefined && others.length === 0 ? absoluteId(only, methodId) : undefined;
}

/** The id of a method or of a reference to one; a relative one (`#key`) belongs to the document's subject. */
function absoluteId(entry: Json, base: string): string | undefined {
  const id = isJsonObject(entry) ? entry['id'] : entry;
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? `${base}${id}` : id;
}

/** True for an instant that is over; a value that is no instant counts as over. */
function hasPassed(value: Json | undefined, at: Instant): boolean {
  if (value === undefined) return false;
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  return instant === undefined || instant <= at;
}
