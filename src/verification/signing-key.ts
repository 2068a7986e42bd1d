import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { readMultikey } from '../proof/multikey.js';
import { type Instant, parseInstant } from '../text/instant.js';
import { type Finding, fail } from './finding.js';
import { LIMITS } from './limits.js';
import { listOf, shownValue } from './members.js';

export type SigningKeyLookup =
  | { readonly ok: true; readonly publicKeyMultibase: string }
  | { readonly ok: false; readonly finding: Finding };

/** Types whose key stands in `publicKeyMultibase`. */
const KEY_TYPES: ReadonlySet<string> = new Set(['Multikey', 'Ed25519VerificationKey2020']);

/**
 * The key a proof names, if the issuer lets it sign credentials: it stands in the issuer's own controller document, is
 * listed for `assertionMethod`, belongs to the issuer, is in force and is a key one may trust. A key that a URL merely
 * spells out is nobody's.
 * @param document the controller document that was asked for under `issuer`.
 * @param pointer of the proof's `verificationMethod`, for the finding.
 * @see https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
 */
export function findSigningKey(
  document: JsonObject,
  question: { readonly issuer: string; readonly method: string; readonly pointer: string; readonly now: Instant },
): SigningKeyLookup {
  const { issuer, method, pointer, now } = question;
  const no = (finding: Finding): SigningKeyLookup => ({ ok: false, finding });
  if (document['id'] !== issuer) {
    return no(fail('foreign-controller-document', pointer, { found: shownValue(document['id']), issuer }));
  }
  const methods = listOf(document['verificationMethod']);
  const authorised = listOf(document['assertionMethod']);
  if (methods.length + authorised.length > LIMITS.maxVerificationMethods) {
    const what = { fr: 'nombre de clés de l’émetteur', en: 'number of the issuer’s keys' };
    return no(fail('too-complex', pointer, { what, limit: LIMITS.maxVerificationMethods }));
  }
  const isNamed = (candidate: Json): boolean => absoluteId(candidate, issuer) === method;
  // A method embedded under assertionMethod is described there only.
  const described = [...methods, ...authorised].filter(isJsonObject).filter((candidate) => isNamed(candidate));
  const [key] = described;
  if (key === undefined || described.length > 1) return no(fail('unknown-key', pointer, { method, issuer }));
  if (!authorised.some(isNamed)) return no(fail('key-not-authorised', pointer, { method }));
  if (key['controller'] !== issuer) {
    return no(fail('foreign-key', pointer, { method, controller: shownValue(key['controller']) }));
  }
  const outOfForce = outOfForceFinding(key, question, now);
  if (outOfForce !== undefined) return no(outOfForce);
  const { type, publicKeyMultibase } = key;
  const reading =
    typeof type === 'string' && KEY_TYPES.has(type) && typeof publicKeyMultibase === 'string'
      ? readMultikey(publicKeyMultibase)
      : undefined;
  if (typeof publicKeyMultibase !== 'string' || !reading?.ok || reading.algorithm !== 'Ed25519') {
    return no(fail('unusable-key', pointer, { method }));
  }
  return { ok: true, publicKeyMultibase };
}

/** The id of a method or of a reference to one; a relative one (`#key`) belongs to the document's subject. */
function absoluteId(entry: Json, base: string): string | undefined {
  const id = isJsonObject(entry) ? entry['id'] : entry;
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? `${base}${id}` : id;
}

function outOfForceFinding(
  { revoked, expires }: JsonObject,
  { method, pointer }: { readonly method: string; readonly pointer: string },
  now: Instant,
): Finding | undefined {
  if (hasPassed(revoked, now)) return fail('key-revoked', pointer, { method, revoked: shownValue(revoked) });
  if (hasPassed(expires, now)) return fail('key-expired', pointer, { method, expires: shownValue(expires) });
  return undefined;
}

/** True for an instant that is over; a value that is no instant counts as over. */
function hasPassed(value: Json | undefined, now: Instant): boolean {
  if (value === undefined) return false;
  const instant = typeof value === 'string' ? parseInstant(value) : undefined;
  return instant === undefined || instant <= now;
}
