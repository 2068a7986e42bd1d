import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Resolution } from '../ports/resolver.js';
import type { VerificationKey } from '../proof/verification-key.js';
import type { Instant } from '../text/instant.js';
import { type Finding, fail, unknown } from './finding.js';
import { timeClaimFindings, type VcJwt } from './jwt/decode-vc-jwt.js';
import { isMeant } from './jwt/key-reference.js';
import { verifyJwsSignature } from './jwt/verify-jws-signature.js';
import { listOf, shownValue } from './members.js';
import { findSigningKey, type SigningKeyLookup } from './signing-key.js';

/** One of the issuer's own methods, for a JWT. */
export interface JwtMethod {
  readonly id: string;
  readonly key: VerificationKey;
}

/**
 * The key of the issuer that a JWT names, by the id of its method or by the key itself, which must then stand among
 * those the issuer lets sign credentials: what a header says is looked up, never used (V37, V38).
 * @param document the controller document that was asked for under the badge's issuer.
 */
export function findJwtKey(document: JsonObject, vcJwt: VcJwt, now: Instant): SigningKeyLookup<JwtMethod> {
  const { issuer, key: reference, jws } = vcJwt;
  if (reference.kind === 'method') return methodKey(document, { issuer, method: reference.id, now });
  for (const id of authorisedIds(document, issuer)) {
    const lookup = methodKey(document, { issuer, method: id, now });
    if (lookup.ok && isMeant(reference, lookup.key)) return lookup;
  }
  return { ok: false, finding: fail('unknown-key', null, { method: shownValue(jws.header['jwk']), issuer }) };
}

/**
 * Does the signature of the JWT hold, under a key of the issuer, and is the JWT in force? Where it names no usable key,
 * the answer is unknown here and the key's own check says why.
 * @param controller what came of asking for the issuer's controller document.
 */
export async function verifyIssuerJwt(
  vcJwt: VcJwt,
  { controller, now }: { readonly controller: Resolution<JsonObject>; readonly now: Instant },
): Promise<Finding[]> {
  const lookup = controller.outcome === 'found' ? findJwtKey(controller.value, vcJwt, now) : undefined;
  if (!lookup?.ok) return [unknown('key-unavailable', null), ...timeClaimFindings(vcJwt, now)];
  const { id: method, key } = lookup.key;
  return [await verifyJwsSignature({ jws: vcJwt.jws, key, method }), ...timeClaimFindings(vcJwt, now)];
}

function methodKey(
  document: JsonObject,
  question: { readonly issuer: string; readonly method: string; readonly now: Instant },
): SigningKeyLookup<JwtMethod> {
  const { method } = question;
  const lookup = findSigningKey(document, { ...question, pointer: null });
  return lookup.ok ? { ok: true, key: { id: method, key: lookup.key } } : lookup;
}

/** Absolute ids of the methods listed for signing credentials. */
function authorisedIds(document: JsonObject, issuer: string): string[] {
  return listOf(document['assertionMethod']).flatMap((entry) => {
    const id: Json | undefined = isJsonObject(entry) ? entry['id'] : entry;
    if (typeof id !== 'string') return [];
    return [id.startsWith('#') ? `${issuer}${id}` : id];
  });
}
