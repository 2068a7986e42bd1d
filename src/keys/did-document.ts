import type { JsonObject } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import { readMultikey } from '../proof/multikey.js';

const DID_V1 = 'https://www.w3.org/ns/did/v1';
const MULTIKEY_V1 = 'https://w3id.org/security/multikey/v1';
const DID_KEY = 'did:key:';

/**
 * The DID document of one of our issuers: every key it ever signed with, as a Multikey named `<did>#<multibase>` and
 * authorised to make assertions. Retired keys stay, so that old badges verify.
 * @param keys oldest first; a `did:key` is its one key, so others are left out.
 * @see https://www.w3.org/TR/cid-1.0/#verification-methods
 */
export function composeDidDocument({
  did,
  keys,
  alsoKnownAs = [],
}: {
  readonly did: string;
  readonly keys: readonly Pick<KeyEntry, 'publicKeyMultibase'>[];
  readonly alsoKnownAs?: readonly string[];
}): JsonObject {
  const shown = did.startsWith(DID_KEY) ? keys.filter((key) => did === DID_KEY + key.publicKeyMultibase) : keys;
  const verificationMethod = shown.map(({ publicKeyMultibase }) => ({
    id: `${did}#${publicKeyMultibase}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase,
  }));
  return {
    '@context': [DID_V1, MULTIKEY_V1],
    id: did,
    ...(alsoKnownAs.length === 0 ? {} : { alsoKnownAs: [...alsoKnownAs] }),
    verificationMethod,
    // Strings: other verifiers look for the exact id.
    assertionMethod: verificationMethod.map((method) => method.id),
  };
}

/**
 * The document a `did:key` stands for, made from its text alone.
 * @returns undefined when the DID is no `did:key`, or its key is neither Ed25519 nor P-256 or not to be trusted.
 * @see https://w3c-ccg.github.io/did-key-spec/
 */
export function resolveDidKey(did: string): JsonObject | undefined {
  if (!did.startsWith(DID_KEY)) return undefined;
  const publicKeyMultibase = did.slice(DID_KEY.length);
  return readMultikey(publicKeyMultibase).ok ? composeDidDocument({ did, keys: [{ publicKeyMultibase }] }) : undefined;
}
