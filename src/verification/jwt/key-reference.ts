import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { readJwk } from '../../proof/jwk.js';
import type { VerificationKey } from '../../proof/verification-key.js';

/**
 * Which of the issuer's keys a JWT says it was signed with: a verification method's id, or a key that must stand among
 * the issuer's own. Neither is trusted: the key itself comes from the issuer's controller document (V37).
 */
export type KeyReference =
  | { readonly kind: 'method'; readonly id: string }
  | { readonly kind: 'key'; readonly key: VerificationKey };

/** What a fragment may hold, and long enough for any key written out. */
const FRAGMENT = /^#[A-Za-z0-9._~:!$&'()*+,;=@/?%-]{1,1024}$/;
/** A name that is no path, no query and no URL. */
const BARE_NAME = /^[A-Za-z0-9_-][A-Za-z0-9._~-]{0,255}$/;

/**
 * Reads `kid`, or `jwk` where there is no `kid`. A `kid` names a method of the issuer: its full id, its fragment, or
 * its bare name; it is compared, and never made part of a path or a query (V38).
 * @returns undefined when the header names nothing of this issuer's.
 */
export function readKeyReference({ kid, jwk }: JsonObject, issuer: string): KeyReference | undefined {
  if (kid === undefined) return isJsonObject(jwk) ? byKey(jwk) : onlyMethod(issuer);
  if (typeof kid !== 'string') return undefined;
  if (kid === issuer) return onlyMethod(issuer);
  const fragment = kid.startsWith(`${issuer}#`) ? kid.slice(issuer.length) : BARE_NAME.test(kid) ? `#${kid}` : kid;
  return FRAGMENT.test(fragment) ? { kind: 'method', id: `${issuer}${fragment}` } : undefined;
}

/** Is it this method the reference means? @param method its absolute id and its key, from the issuer's document. */
export function isMeant(
  reference: KeyReference,
  method: { readonly id: string; readonly key: VerificationKey },
): boolean {
  if (reference.kind === 'method') return reference.id === method.id;
  return JSON.stringify(reference.key.publicKeyJwk) === JSON.stringify(method.key.publicKeyJwk);
}

function byKey(jwk: JsonObject): KeyReference | undefined {
  const reading = readJwk(jwk);
  return reading.ok ? { kind: 'key', key: reading.key } : undefined;
}

/** A DID that spells out its key has one method. @see https://w3c-ccg.github.io/did-key-spec/ and https://github.com/quartzjer/did-jwk */
function onlyMethod(issuer: string): KeyReference | undefined {
  if (issuer.startsWith('did:key:')) return { kind: 'method', id: `${issuer}#${issuer.slice('did:key:'.length)}` };
  return issuer.startsWith('did:jwk:') ? { kind: 'method', id: `${issuer}#0` } : undefined;
}
