import type { Crypto } from '../ports/crypto.js';
import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import type { Instant } from '../text/instant.js';
import { type CanonizeLimits, canonize } from './canonize.js';
import { DocumentTooComplexError, UnsafeDocumentError } from './canonize-errors.js';
import { isCanonicalEd25519Signature } from './curves.js';
import { readMultikey } from './multikey.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';
import { type ProofProblem, proofProblem } from './proof-problem.js';
import { listProofs, type ReadProof, readProof } from './read-proof.js';

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
  readonly limits?: CanonizeLimits;
}

/**
 * @param document the secured document as received; anything changed, added or removed in it breaks its proofs.
 * @see https://www.w3.org/TR/vc-di-eddsa/#verify-proof-eddsa-rdfc-2022
 * @see https://www.w3.org/TR/vc-data-integrity/#verify-proof-sets-and-chains
 */
export function createProofVerifier(document: JsonObject, options: ProofVerifierOptions): ProofVerifier {
  const { contexts, crypto, at, proofPurpose = 'assertionMethod', limits = {} } = options;
  const { proof: _, ...unsecured } = document;
  let unsecuredHash: Promise<Uint8Array> | undefined;

  async function hash(input: JsonObject): Promise<Uint8Array> {
    return crypto.sha256(new TextEncoder().encode(await canonize(input, { contexts, limits })));
  }

  /** The document this proof signs: without proofs, or with those it chains to (Data Integrity 4.5, step 4.3). */
  function hashOfSigned(chained: readonly Json[]): Promise<Uint8Array> {
    if (chained.length > 0) return hash({ ...unsecured, proof: chained });
    unsecuredHash ??= hash(unsecured);
    return unsecuredHash;
  }

  async function verify(received: Json, publicKeyMultibase: string): Promise<ProofVerdict> {
    const reading = readProof(received);
    if (!reading.ok) return reading;
    const { proof } = reading;
    const problem = purposeProblem(proof, proofPurpose) ?? timeProblem(proof, at) ?? contextProblem(proof, document);
    if (problem !== undefined) return problem;
    const chained = chainedProofs(received, proof, document);
    if (chained === undefined) {
      return proofProblem('PROOF_VERIFICATION_ERROR', '"previousProof" names no other proof of this document');
    }
    const key = readMultikey(publicKeyMultibase);
    if (!key.ok) return proofProblem('INVALID_VERIFICATION_METHOD', key.detail);
    if (key.algorithm !== 'Ed25519') {
      return proofProblem('INVALID_VERIFICATION_METHOD', `${proof.suite} needs an Ed25519 key`);
    }
    if (!isCanonicalEd25519Signature(proof.signature)) {
      return proofProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the signature is not in canonical form');
    }
    const signed = await signedData(proof, chained);
    if (!(signed instanceof Uint8Array)) return signed;
    return (await crypto.verifyEd25519(key.publicKey, proof.signature, signed))
      ? { ok: true }
      : proofProblem('CRYPTOGRAPHIC_SECURITY_ERROR', 'the signature does not fit the document and the key');
  }

  /** SHA-256 of the canonical proof options, then SHA-256 of the canonical document: 64 bytes. Both suites agree on it. */
  async function signedData(proof: ReadProof, chained: readonly Json[]): Promise<Uint8Array | ProofProblem> {
    const context = document['@context'];
    try {
      const documentHash = await hashOfSigned(chained);
      const optionsHash = await hash({ ...(context === undefined ? {} : { '@context': context }), ...proof.options });
      const data = new Uint8Array(optionsHash.length + documentHash.length);
      data.set(optionsHash);
      data.set(documentHash, optionsHash.length);
      return data;
    } catch (error) {
      return transformationProblem(error);
    }
  }

  return { verify };
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

/** Implementations differ on which context wins when a proof brings its own: only a repetition is taken. */
function contextProblem({ context }: ReadProof, document: JsonObject): ProofProblem | undefined {
  if (context === undefined || JSON.stringify(context) === JSON.stringify(document['@context'])) return undefined;
  return proofProblem('untrusted-context', 'the proof brings a context of its own');
}

/** Undefined when a named proof is missing, or the chain comes back to the proof itself. */
function chainedProofs(
  received: Json,
  { previousProof }: ReadProof,
  document: JsonObject,
): readonly Json[] | undefined {
  if (previousProof.length === 0) return [];
  const byId = new Map<string, JsonObject>();
  for (const other of listProofs(document)) {
    if (isJsonObject(other) && typeof other['id'] === 'string') byId.set(other['id'], other);
  }
  const ownId = isJsonObject(received) ? received['id'] : undefined;
  const visited = new Set<string>();
  const waiting = [...previousProof];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const link = byId.get(id);
    if (link === undefined || id === ownId) return undefined;
    if (visited.has(id)) continue;
    visited.add(id);
    const further = link['previousProof'];
    for (const next of Array.isArray(further) ? further : [further]) if (typeof next === 'string') waiting.push(next);
  }
  return listProofs(document).filter(
    (other) => isJsonObject(other) && typeof other['id'] === 'string' && previousProof.includes(other['id']),
  );
}

function transformationProblem(error: unknown): ProofProblem {
  if (error instanceof ContextNotPinnedError) return proofProblem('untrusted-context', error.message);
  if (error instanceof DocumentTooComplexError) return proofProblem('too-complex', error.message);
  if (error instanceof UnsafeDocumentError) {
    const malformed = error.reason === 'text' || error.reason === 'number';
    return proofProblem(malformed ? 'MALFORMED_VALUE_ERROR' : 'PROOF_TRANSFORMATION_ERROR', error.message);
  }
  throw error;
}
