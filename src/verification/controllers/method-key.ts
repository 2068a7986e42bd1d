import { isJsonObject, type Json, type JsonObject } from '../../ports/json.js';
import { readJwk, readMultibaseKey } from '../../proof/jwk.js';
import { decodeBase58Multibase } from '../../proof/multibase.js';
import { writeMultikey } from '../../proof/multikey.js';
import { type KeyReading, unusable } from '../../proof/verification-key.js';

/** Members that hold a key. A method has one of them; which one, its type says. */
const MATERIAL = ['publicKeyMultibase', 'publicKeyJwk', 'publicKeyBase58'] as const;
/** Members nobody may show. */
const SECRET = ['secretKeyMultibase', 'secretKeyJwk', 'privateKeyMultibase', 'privateKeyJwk', 'privateKeyBase58'];

/**
 * The public key of a verification method, by its type: `Multikey`, `JsonWebKey` and what came before them.
 * @see https://www.w3.org/TR/cid-1.0/#verification-material
 */
export function readMethodKey(method: JsonObject): KeyReading {
  if (SECRET.some((member) => member in method)) return unusable('the method shows its private half');
  const present = MATERIAL.filter((member) => member in method);
  if (present.length !== 1) return unusable('a method has one key, in one form');
  switch (method['type']) {
    case 'Multikey':
      return fromMultibase(method['publicKeyMultibase']);
    case 'JsonWebKey':
    case 'JsonWebKey2020':
      return isJsonObject(method['publicKeyJwk']) ? readJwk(method['publicKeyJwk']) : unusable('no JSON Web Key');
    case 'Ed25519VerificationKey2020':
      return ed25519Only(fromMultibase(method['publicKeyMultibase']));
    case 'Ed25519VerificationKey2018':
      return ed25519Only(fromBase58(method['publicKeyBase58']));
    default:
      return unusable('the method is of no type that is verified with here');
  }
}

function fromMultibase(value: Json | undefined): KeyReading {
  return typeof value === 'string' ? readMultibaseKey(value) : unusable('no key in multibase');
}

/** The older type writes the 32 bytes bare. @see https://w3c-ccg.github.io/lds-ed25519-2018/ */
function fromBase58(value: Json | undefined): KeyReading {
  const bytes = typeof value === 'string' ? decodeBase58Multibase(`z${value}`) : undefined;
  return bytes?.length === 32 ? readMultibaseKey(writeMultikey('Ed25519', bytes)) : unusable('no key in base58');
}

function ed25519Only(reading: KeyReading): KeyReading {
  return !reading.ok || reading.key.algorithm === 'Ed25519' ? reading : unusable('the method is for Ed25519 keys only');
}
