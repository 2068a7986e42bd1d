import type { Crypto } from '../ports/crypto.js';
import type { Json, JsonObject } from '../ports/json.js';
import type { Instant } from '../text/instant.js';
import { canonicalJson } from './canonical-json.js';
import { type Canonize, canonize } from './canonize.js';
import { CanonizeBusyError, DocumentTooComplexError, UnsafeDocumentError } from './canonize-errors.js';
import { encodeBase58Multibase } from './multibase.js';
import { readMultikey } from './multikey.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';
import { chainedProofs } from './proof-chain.js';
import { type ProofProblem, proofProblem } from './proof-problem.js';
import { type ReadProof, readProof } from './read-proof.js';
import { type Disclosure, disclosedParts } from './selective-disclosure.js';
import { type CheckedKey, signatureProblem, verifySignature } from './signature.js';
import { SUITE_TRAITS } from './suites.js';

/** Clocks may differ by this much before `created` counts as the future. */
const CLOCK_SKEW_MILLISECONDS = 300_000;

export type ProofVerdict = { readonly ok: true } | ProofProblem;

/** Checks the proofs of one document, which is canonicalised once, when the first proof needs it. */
export interface ProofVerifier {
  /**
   * Does this proof hold under this key? Whether the key may speak for the issuer is not asked here.
   * @param proof one of the document's own.
   * @param publicKeyMultibase of the verification method the proof names.
   */
  verify(proof: Json, publicKeyMultibase: string): Promise<ProofVerdict>;
}

export interface ProofVerifierOptions {
  readonly contexts: PinnedContexts;
  readonly crypto: Crypto;
  /** When the question is asked: for `created` and `expires`. */
  readonly at: Instant;
  /** Default `assertionMethod`. */
  readonly proofPurpose?: string;
  /** Default: in this thread, which is for documents the house itself has written. */
  readonly canonize?: Canonize;
}

/**
 * @param document the secured document as received; anything changed, added or removed in it breaks its proofs.
 * @see https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-rdfc-2022
 * @see https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-jcs-2022
 * @see https://www.w3.org/TR/vc-di-ecdsa/#verify-proof-ecdsa-rdfc-2019
 * @see https://www.w3.org/TR/vc-di-ecdsa/#verify-derived-proof-ecdsa-sd-2023
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 */
export function createProofVerifier(document: JsonObject, options: ProofVerifierOptions): ProofVerifier {
  const { contexts, crypto, at, proofPurpose = 'assertionMethod' } = options;
  const canonizeDocument = options.canonize ?? ((input: JsonObject) => canonize(input, { contexts }));
  const { proof: _, ...unsecured } = document;
  const hash = rememberHashes(crypto);
  let canonicalUnsecured: Promise<string> | undefined;

  async function verify(received: Json, publicKeyMultibase: string): Promise<ProofVerdict> {
    const reading = readProof(received);
    if (!reading.ok) return reading;
    const { proof } = reading;
    const problem = purposeProblem(proof, proofPurpose) ?? timeProblem(proof, at) ?? contextProblem(proof, document);
    if (problem !== undefined) return problem;
    const chained = chainedProofs(document, received, proof);
    if (chained === undefined) {
      return proofProblem('PROOF_VERIFICATION_ERROR', '"previousProof" names no other proof of this document');
    }
    const key = readMultikey(publicKeyMultibase);
    if (!key.ok) return proofProblem('INVALID_VERIFICATION_METHOD', key.detail);
    if (!SUITE_TRAITS[proof.suite].keys.includes(key.algorithm)) {
      return proofProblem('INVALID_VERIFICATION_METHOD', `${proof.suite} does not go with a key of ${key.algorithm}`);
    }
    const malformed = signatureProblem(key.algorithm, proof.signature);
    if (malformed !== undefined) return malformed;
    try {
      const holds =
        proof.disclosure === undefined
          ? await verifyWhole(proof, key, chained)
          : await verifyDisclosed(proof, proof.disclosure, key, chained);
      return holds
        ? { ok: true }
        : proofProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the signature does not fit the document and the key');
    } catch (error) {
      return transformationProblem(error);
    }
  }

  /** One signature over the hash of the proof options, then that of the document, each in canonical form. */
  async function verifyWhole(proof: ReadProof, key: CheckedKey, chained: readonly Json[]): Promise<boolean> {
    const isJson = SUITE_TRAITS[proof.suite].form === 'jcs';
    const options = isJson ? canonicalJson(withContext(proof.options, proof.context)) : await canonicalOptions(proof);
    const signed = isJson
      ? canonicalJson(withContext(withProofs(chained), proof.context))
      : await canonicalDocument(chained);
    const data = concatenate(await hash(options, key), await hash(signed, key));
    return verifySignature(crypto, key, { signature: proof.signature, data });
  }

  /** The issuer's signature over what must be shown and over a key; that key's over each other statement shown. */
  async function verifyDisclosed(
    proof: ReadProof,
    disclosure: Disclosure,
    key: CheckedKey,
    chained: readonly Json[],
  ): Promise<boolean> {
    const partKey = readMultikey(encodeBase58Multibase(disclosure.publicKey));
    if (!partKey.ok || partKey.algorithm !== 'ES256') return false;
    const parts = disclosedParts(await canonicalDocument(chained), disclosure);
    if (parts === undefined) return false;
    const optionsHash = await hash(await canonicalOptions(proof), key);
    const data = concatenate(optionsHash, disclosure.publicKey, await hash(parts.mandatory, key));
    if (!(await verifySignature(crypto, key, { signature: proof.signature, data }))) return false;
    for (const [index, statement] of parts.revealed.entries()) {
      const signature = disclosure.signatures[index] ?? new Uint8Array();
      const signed = { signature, data: new TextEncoder().encode(statement) };
      if (!(await verifySignature(crypto, partKey, signed))) return false;
    }
    return true;
  }

  /** The document a proof signs: without proofs, or with those it chains to (Data Integrity 4.5, step 4.3). */
  function withProofs(chained: readonly Json[]): JsonObject {
    return chained.length === 0 ? unsecured : { ...unsecured, proof: chained };
  }

  function canonicalDocument(chained: readonly Json[]): Promise<string> {
    if (chained.length > 0) return canonizeDocument(withProofs(chained));
    canonicalUnsecured ??= canonizeDocument(unsecured);
    return canonicalUnsecured;
  }

  function canonicalOptions(proof: ReadProof): Promise<string> {
    return canonizeDocument(withContext(proof.options, document['@context']));
  }

  return { verify };
}

function withContext(input: JsonObject, context: Json | undefined): JsonObject {
  return context === undefined ? input : { ...input, '@context': context };
}

/** SHA-384 with a P-384 key, else SHA-256; the same text is hashed once. */
function rememberHashes(crypto: Crypto): (text: string, key: CheckedKey) => Promise<Uint8Array> {
  const known = { sha256: new Map<string, Promise<Uint8Array>>(), sha384: new Map<string, Promise<Uint8Array>>() };
  return (text, { algorithm }) => {
    const name = algorithm === 'ES384' ? 'sha384' : 'sha256';
    const digest = known[name].get(text) ?? crypto[name](text);
    known[name].set(text, digest);
    return digest;
  };
}

function concatenate(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => {
    bytes.set(part, at);
    return at + part.length;
  }, 0);
  return bytes;
}

function purposeProblem({ proofPurpose }: ReadProof, expected: string): ProofProblem | undefined {
  if (proofPurpose === expected) return undefined;
  return proofProblem('INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD', `the proof was not made for ${expected}`);
}

function timeProblem({ created, expires }: ReadProof, at: Instant): ProofProblem | undefined {
  if (created !== undefined && created > at + CLOCK_SKEW_MILLISECONDS) {
    return proofProblem('PROOF_VERIFICATION_ERROR', 'the proof was made in the future');
  }
  if (expires !== undefined && expires <= at) return proofProblem('PROOF_VERIFICATION_ERROR', 'the proof has expired');
  return undefined;
}

/**
 * Implementations differ on which context wins when a proof brings its own: only a repetition is taken. The suites over
 * JSON sign the context with the proof: it must stand first in the document's own.
 */
function contextProblem({ context, suite }: ReadProof, document: JsonObject): ProofProblem | undefined {
  if (context === undefined) return undefined;
  const own = listOf(document['@context'] ?? null);
  const brought = listOf(context);
  const compared = SUITE_TRAITS[suite].form === 'jcs' ? own.slice(0, brought.length) : own;
  if (JSON.stringify(compared) === JSON.stringify(brought)) return undefined;
  return proofProblem('untrusted-context', 'the proof brings a context of its own');
}

function listOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [value];
}

function transformationProblem(error: unknown): ProofProblem {
  if (error instanceof ContextNotPinnedError) return proofProblem('untrusted-context', error.message);
  if (error instanceof DocumentTooComplexError) return proofProblem('too-complex', error.message);
  if (error instanceof CanonizeBusyError) return proofProblem('too-busy', error.message);
  if (error instanceof UnsafeDocumentError) {
    const malformed = error.reason === 'text' || error.reason === 'number';
    return proofProblem(malformed ? 'MALFORMED_VALUE_ERROR' : 'PROOF_TRANSFORMATION_ERROR', error.message);
  }
  throw error;
}
