import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { listOf } from './members.js';

/** The type of `credentialStatus` that names such a list. */
export const REVOCATION_LIST_TYPE = '1EdTechRevocationList';

/** What a list says of one badge; `unreadable` when it is no such list. */
export type RevocationListReading = 'listed' | 'not-listed' | 'unreadable';

/** Is this entry of `credentialStatus` of the older kind? It names its list by its own `id`. */
export function isRevocationListEntry(entry: Json): entry is JsonObject {
  return isJsonObject(entry) && listOf(entry['type']).includes(REVOCATION_LIST_TYPE);
}

/**
 * Looks a badge up in a 1EdTech revocation list: a plain, unsigned document with the ids of the badges its issuer
 * revoked, which is worth what the address is worth that the issuer signed. Deprecated, and read for older badges.
 * @see https://purl.imsglobal.org/spec/vcrl/v1p0
 */
export function readRevocationList(list: JsonObject, credentialId: string): RevocationListReading {
  const revoked = list['revokedCredential'];
  if (!Array.isArray(revoked) || !revoked.every(isEntry)) return 'unreadable';
  return revoked.some(({ id, revoked: state }) => id === credentialId && state !== false) ? 'listed' : 'not-listed';
}

/** `revoked` may be left out, and then means yes; in any other form nobody could tell. */
function isEntry(entry: Json): entry is JsonObject {
  if (!isJsonObject(entry)) return false;
  const { id, revoked } = entry;
  return typeof id === 'string' && (revoked === undefined || typeof revoked === 'boolean');
}
