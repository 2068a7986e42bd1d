/**
 * Why a proof does not hold. Names in capitals are those of VCDM 2.0, Data Integrity and Controlled Identifiers;
 * the others are ours.
 * @see https://www.w3.org/TR/vc-data-integrity/#processing-errors
 */
export type ProofProblemCode =
  | 'unsupported-proof'
  | 'untrusted-context'
  | 'too-complex'
  | 'too-busy'
  | 'MALFORMED_VALUE_ERROR'
  | 'PROOF_VERIFICATION_ERROR'
  | 'PROOF_TRANSFORMATION_ERROR'
  | 'CRYPTOGRAPHIC_SECURITY_ERROR'
  | 'INVALID_VERIFICATION_METHOD'
  | 'INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD';

/** "The answer is no." `detail` is English, for logs and problem details; decide on `code`. */
export interface ProofProblem {
  readonly ok: false;
  readonly code: ProofProblemCode;
  readonly detail: string;
}

export function proofProblem(code: ProofProblemCode, detail: string): ProofProblem {
  return { ok: false, code, detail };
}
