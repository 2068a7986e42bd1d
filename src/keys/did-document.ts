import type { JsonObject } from '../ports/json.js';
import type { KeyEntry } from '../ports/ledger.js';
import { readMultikey } from '../proof/multikey.js';
import { formatInstant } from '../text/instant.js';

const DID_V1 = 'https://www.w3.org/ns/did/v1';
const MULTIKEY_V1 = 'https://w3id.org/security/multikey/v1';
const DID_KEY = 'did:key:';

/**
 * The DID document of one of our issuers: every key it ever signed with, as a Multikey named `<did>#<multibase>` and
 * authorised to make assertions. Retired keys stay so, or old badges would fail everywhere: whoever verifies them looks
 * the key up under `assertionMethod`, and nothing tells them when a badge was signed. A compromised key stays described,
 * with the instant it was `revoked`, and may assert nothing: not every verifier looks at `revoked`, all look at the purpose.
 * @param keys oldest first; a `did:key` is its one key, so others are left out.
 * @see https://www.w3.org/TR/cid-1.0/#verification-methods and https://www.w3.org/TR/cid-1.0/#retrieve-verification-method
 */
export function composeDidDocument({
  did,
  keys,
  alsoKnownAs = [],
}: {
  readonly did: string;
  readonly keys: readonly Pick<KeyEntry, 'publicKeyMultibase' | 'compromisedSince'>[];
  readonly alsoKnownAs?: readonly string[];
}): JsonObject {
  const shown = did.startsWith(DID_KEY) ? keys.filter((key) => did === DID_KEY + key.publicKeyMultibase) : keys;
  const idOf = (key: (typeof shown)[number]) => `${did}#${key.publicKeyMultibase}`;
  const verificationMethod = shown.map((key) => ({
    id: idOf(key),
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: key.publicKeyMultibase,
    ...(key.compromisedSince === undefined ? {} : { revoked: formatInstant(key.compromisedSince) }),
  }));
  return {
    '@context': [DID_V1, MULTIKEY_V1],
    id: did,
    ...(alsoKnownAs.length === 0 ? {} : { alsoKnownAs: [...alsoKnownAs] }),
    verificationMethod,
    // Strings: other verifiers look for the exact id.
    assertionMethod: shown.filter((key) => key.compromisedSince === undefined).map(idOf),
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
