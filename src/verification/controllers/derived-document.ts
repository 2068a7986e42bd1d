import { base64urlnopad } from '@scure/base';
import { isJsonObject, type JsonObject } from '../../ports/json.js';
import { readJwk } from '../../proof/jwk.js';
import { readMultikey } from '../../proof/multikey.js';
import { decodeUtf8, parseStrictJson } from '../../text/strict-json.js';

const DID_KEY = 'did:key:';
const DID_JWK = 'did:jwk:';
/** An RSA key of 8,192 bits in base64url twice over, with room to spare. */
const MAX_LENGTH = 4_096;

/**
 * The controller document a `did:key` or a `did:jwk` stands for: made from its text alone, nothing is asked of anyone.
 * @returns undefined for another DID, and for a key that cannot be used or trusted.
 */
export function deriveControllerDocument(did: string): JsonObject | undefined {
  if (did.length > MAX_LENGTH) return undefined;
  if (did.startsWith(DID_KEY)) return deriveDidKey(did);
  return did.startsWith(DID_JWK) ? deriveDidJwk(did) : undefined;
}

/** @see https://w3c-ccg.github.io/did-key-spec/#document-creation-algorithm */
function deriveDidKey(did: string): JsonObject | undefined {
  const publicKeyMultibase = did.slice(DID_KEY.length);
  if (!readMultikey(publicKeyMultibase).ok) return undefined;
  return oneKeyDocument(did, publicKeyMultibase, { type: 'Multikey', publicKeyMultibase });
}

/** @see https://github.com/quartzjer/did-jwk/blob/main/spec.md */
function deriveDidJwk(did: string): JsonObject | undefined {
  const publicKeyJwk = decodeJson(did.slice(DID_JWK.length));
  if (publicKeyJwk === undefined || !readJwk(publicKeyJwk).ok) return undefined;
  return oneKeyDocument(did, '0', { type: 'JsonWebKey', publicKeyJwk });
}

function oneKeyDocument(did: string, fragment: string, material: JsonObject): JsonObject {
  const id = `${did}#${fragment}`;
  return {
    id: did,
    verificationMethod: [{ id, controller: did, ...material }],
    authentication: [id],
    assertionMethod: [id],
  };
}

function decodeJson(base64url: string): JsonObject | undefined {
  let bytes: Uint8Array;
  try {
    bytes = base64urlnopad.decode(base64url);
  } catch {
    return undefined;
  }
  const decoded = decodeUtf8(bytes);
  const parsed = decoded.ok ? parseStrictJson(decoded.text, { maxDepth: 3 }) : undefined;
  return parsed?.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
}
