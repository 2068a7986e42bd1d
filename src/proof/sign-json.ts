import type { Crypto } from '../ports/crypto.js';
import type { JsonObject } from '../ports/json.js';
import { type Signer, SignerError, type SigningKey } from '../ports/signer.js';
import { formatInstant, type Instant } from '../text/instant.js';
import { canonicalJson } from './canonical-json.js';
import { encodeBase58Multibase } from './multibase.js';

export interface JsonProofRequest {
  /** Any JSON object; a `proof` in it is not signed. */
  readonly document: JsonObject;
  /** An Ed25519 key. */
  readonly key: SigningKey;
  readonly signer: Signer;
  readonly crypto: Crypto;
  /** Written to the second, in UTC. */
  readonly created: Instant;
}

/**
 * A Data Integrity proof over a document that is JSON and no JSON-LD: cryptosuite `eddsa-jcs-2022`, which any library of
 * the standard checks without a context. Several keys may each give one, side by side.
 * @returns the proof, to be put into the document.
 * @throws {SignerError} {@link UnsafeDocumentError}
 * @see https://www.w3.org/TR/vc-di-eddsa/#create-proof-eddsa-jcs-2022
 */
export async function signJson({ document, key, signer, crypto, created }: JsonProofRequest): Promise<JsonObject> {
  const { verificationMethod } = key;
  const { proof: _, ...unsecured } = document;
  const context = document['@context'];
  const options: JsonObject = {
    ...(context === undefined ? {} : { '@context': context }),
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-jcs-2022',
    created: formatInstant(created),
    verificationMethod,
    proofPurpose: 'assertionMethod',
  };
  const hash = (input: JsonObject) => crypto.sha256(canonicalJson(input));
  const data = new Uint8Array([...(await hash(options)), ...(await hash(unsecured))]);
  const [signature] = await signer.sign({ verificationMethod, messages: [data] });
  if (signature === undefined) throw new SignerError(verificationMethod, 'the signer gave no signature');
  return { ...options, proofValue: encodeBase58Multibase(signature) };
}
