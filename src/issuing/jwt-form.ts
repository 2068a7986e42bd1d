import type { JsonObject } from '../ports/json.js';
import { signVcJwt } from '../verification/jwt/sign-vc-jwt.js';
import { objectOf } from '../verification/members.js';
import type { Badge } from './badges.js';
import type { IssuingCore } from './context.js';
import { signingKey } from './issuers.js';

/** Is a badge bound to a key of its holder? Only such a badge has a JWT form: the format asks for a `sub` (decision 14). */
export function isBound(document: JsonObject): boolean {
  return typeof objectOf(document['credentialSubject'])['id'] === 'string';
}

/**
 * A badge in VC-JWT form: what its newest version says, without the embedded proofs, signed with the P-256 key of its
 * issuer. It names the same id and status entry, so it is revoked with the badge.
 * @returns the compact JWS; undefined for a badge that is not bound.
 * @throws {IssuerKeyMissingError} {@link UnsignableJwtError} {@link SignerError}
 */
export async function badgeAsJwt(
  context: IssuingCore,
  { document, issuer }: Pick<Badge, 'document' | 'issuer'>,
): Promise<string | undefined> {
  if (!isBound(document)) return undefined;
  const { proof: _, ...credential } = document;
  return signVcJwt({ credential, key: await signingKey(context, issuer, 'ES256'), signer: context.signer });
}
