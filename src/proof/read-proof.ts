import { isJsonObject, type Json, type JsonObject } from '../ports/json.js';
import { type Instant, parseInstant } from '../text/instant.js';
import { decodeBase58Multibase } from './multibase.js';
import { type ProofProblem, proofProblem } from './proof-problem.js';
import { type Disclosure, readSelectiveProofValue } from './selective-disclosure.js';
import { VERIFIED_SUITES, type VerifiedSuite } from './suites.js';

/** A proof of a suite we know, its shape checked; whether it holds is another question. */
export interface ReadProof {
  readonly suite: VerifiedSuite;
  readonly verificationMethod: string;
  readonly proofPurpose: string;
  /** R ‖ S of 64 bytes, r ‖ s of 64 or 96; of `ecdsa-sd-2023` that of the base proof. */
  readonly signature: Uint8Array;
  /** What `ecdsa-sd-2023` says of the parts it reveals; undefined for other suites. */
  readonly disclosure: Disclosure | undefined;
  readonly created: Instant | undefined;
  readonly expires: Instant | undefined;
  /** Ids of the proofs this one covers as well; empty in a proof set. */
  readonly previousProof: readonly string[];
  /** The proof without `proofValue` and `@context`: what the suite signs over together with the document. */
  readonly options: JsonObject;
  /** The proof's own `@context`, where it has one. */
  readonly context: Json | undefined;
}

/** The proofs of a document as a list, whatever they are; none for an absent, null or empty `proof`. */
export function listProofs(document: JsonObject): readonly Json[] {
  const proof = document['proof'];
  if (proof === undefined || proof === null) return [];
  return Array.isArray(proof) ? proof : [proof];
}

/**
 * Reads one proof strictly.
 * @see https://www.w3.org/TR/vc-data-integrity/#proofs
 */
export function readProof(proof: Json): { readonly ok: true; readonly proof: ReadProof } | ProofProblem {
  if (!isJsonObject(proof)) return proofProblem('PROOF_VERIFICATION_ERROR', 'the proof is no object');
  const suite = readSuite(proof);
  if (typeof suite !== 'string') return suite;

  const { '@context': context, proofValue, ...options } = proof;
  // `expires` spelt as its IRI has the same signed form, and would not be seen.
  const disguised = Object.keys(options).find((member) => /[:@]/.test(member));
  if (disguised !== undefined) return malformed(disguised.slice(0, 100));
  const { verificationMethod, proofPurpose } = options;
  if (typeof verificationMethod !== 'string' || verificationMethod === '') return malformed('verificationMethod');
  if (typeof proofPurpose !== 'string' || proofPurpose === '') return malformed('proofPurpose');
  const value = typeof proofValue === 'string' ? readProofValue(suite, proofValue) : undefined;
  if (value === undefined) return malformed('proofValue');
  if (value === 'base') return proofProblem('unsupported-proof', 'a base proof, to be derived from by its holder only');
  const created = readInstant(options['created']);
  if (created === 'malformed') return malformed('created');
  const expires = readInstant(options['expires']);
  if (expires === 'malformed') return malformed('expires');
  const previousProof = readIds(options['previousProof']);
  if (previousProof === undefined) return malformed('previousProof');
  return {
    ok: true,
    proof: { suite, verificationMethod, proofPurpose, ...value, created, expires, previousProof, options, context },
  };
}

function readSuite({ type, cryptosuite }: JsonObject): VerifiedSuite | ProofProblem {
  if (type === undefined || type === null) return malformed('type');
  if (type === 'Ed25519Signature2020') return type;
  const name = type === 'DataIntegrityProof' ? cryptosuite : type;
  const suite = VERIFIED_SUITES.find((known) => known === name);
  if (type === 'DataIntegrityProof' && suite !== undefined && suite !== 'Ed25519Signature2020') return suite;
  return proofProblem('unsupported-proof', `no support for ${JSON.stringify(name)?.slice(0, 100) ?? 'no suite'}`);
}

/** The bytes of each suite in the one notation it allows (V26). */
function readProofValue(
  suite: VerifiedSuite,
  text: string,
): Pick<ReadProof, 'signature' | 'disclosure'> | 'base' | undefined {
  if (suite === 'ecdsa-sd-2023') {
    const disclosure = readSelectiveProofValue(text);
    return typeof disclosure === 'object' ? { signature: disclosure.baseSignature, disclosure } : disclosure;
  }
  const signature = decodeBase58Multibase(text);
  const isWhole = signature?.length === 64 || (signature?.length === 96 && suite === 'ecdsa-rdfc-2019');
  return signature !== undefined && isWhole ? { signature, disclosure: undefined } : undefined;
}

function readInstant(value: Json | undefined): Instant | undefined | 'malformed' {
  if (value === undefined) return undefined;
  return (typeof value === 'string' ? parseInstant(value) : undefined) ?? 'malformed';
}

function readIds(value: Json | undefined): readonly string[] | undefined {
  if (value === undefined) return [];
  const ids = Array.isArray(value) ? value : [value];
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : undefined;
}

function malformed(member: string): ProofProblem {
  return proofProblem('PROOF_VERIFICATION_ERROR', `"${member}" of the proof is missing or malformed`);
}
