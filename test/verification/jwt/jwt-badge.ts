import type { Json, JsonObject } from '../../../src/ports/json.js';
import { HOLDER } from '../foreign.js';
import { controllerDocument, fullBadge, ISSUER, listAt, withMember } from '../house.js';
import { type JwtKey, KEYS, signJwt } from './keys.js';

/** The method of the issuer that signs tokens. */
export const KID = `${ISSUER}#jwt`;
const seconds = (text: string) => Date.parse(text) / 1_000;

/** A full badge, bound to a holder. */
export const BOUND: JsonObject = withMember(fullBadge(), ['credentialSubject', 'id'], HOLDER);
const CLAIMS: JsonObject = {
  iss: ISSUER,
  jti: BOUND['id'] ?? null,
  sub: HOLDER,
  nbf: seconds('2026-11-22T09:30:15Z'),
  exp: seconds('2036-11-22T09:30:15Z'),
};
/** The badge with the claims that repeat it. */
export const PAYLOAD: JsonObject = { ...BOUND, ...CLAIMS };

/** The issuer's document, with a key for tokens beside that of its proofs. */
export function publishedWith(
  key: JwtKey,
  { did = ISSUER, changes = {} }: { did?: string; changes?: JsonObject } = {},
): JsonObject {
  const document = controllerDocument(did);
  const id = `${did}#jwt`;
  const method = { id, type: 'JsonWebKey', controller: did, publicKeyJwk: key.jwk, ...changes };
  return {
    ...document,
    verificationMethod: [...listAt(document, 'verificationMethod'), method],
    assertionMethod: [...listAt(document, 'assertionMethod'), id],
  };
}

/** A token of the issuer, with what the test changes of it. */
export function badgeJwt(header: object = {}, payload: Json = PAYLOAD, key: JwtKey = KEYS.ES256): string {
  return signJwt(key, { typ: 'JWT', kid: KID, ...header }, payload);
}

/** The same, signed by nobody. */
export function unsecured(header: object): string {
  return [header, PAYLOAD].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}
