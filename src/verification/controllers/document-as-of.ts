import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { type Instant, parseInstant } from '../../text/instant.js';
import { listOf, shownValue } from '../members.js';

/** Does this document show a key that was revoked, now or later? */
export function showsRevokedKey(document: JsonObject): boolean {
  return listOf(document['verificationMethod']).some(
    (method) => isJsonObject(method) && method['revoked'] !== undefined,
  );
}

/** When the document says a method was revoked, in its own words; undefined where it says nothing. */
export function revokedSince(document: JsonObject, method: string): string | undefined {
  const described = listOf(document['verificationMethod']).find(
    (entry) => isJsonObject(entry) && entry['id'] === method,
  );
  const revoked = isJsonObject(described) ? described['revoked'] : undefined;
  return revoked === undefined ? undefined : shownValue(revoked);
}

/**
 * A controller document as it stood at an instant: a key revoked after it is not revoked yet, and listed for assertion as
 * it was. Only for documents of the house's own issuers, which are written so (a revoked key leaves `assertionMethod`
 * and stays described), and only with an instant the house itself recorded: what a document says of when it was signed
 * is worth nothing once somebody else has the key.
 * @see https://www.w3.org/TR/did-core/#verification-method-revocation
 */
export function documentAsOf(document: JsonObject, at: Instant): JsonObject {
  const restored: string[] = [];
  const methods = listOf(document['verificationMethod']).map((method) => {
    if (!isJsonObject(method) || typeof method['revoked'] !== 'string') return method;
    const { revoked, ...inForce } = method;
    if ((parseInstant(revoked) ?? at) <= at) return method;
    if (typeof method['id'] === 'string') restored.push(method['id']);
    return inForce;
  });
  const listed = listOf(document['assertionMethod']);
  return {
    ...document,
    verificationMethod: methods,
    assertionMethod: [...listed, ...restored.filter((id) => !listed.includes(id))],
  };
}
