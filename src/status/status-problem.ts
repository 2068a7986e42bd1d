/**
 * Why a status could not be read. Names in capitals are those of VCDM 2.0 and Bitstring Status List, the others ours.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#processing-errors
 */
export type StatusProblemCode =
  | 'MALFORMED_VALUE_ERROR'
  | 'RANGE_ERROR'
  | 'STATUS_VERIFICATION_ERROR'
  | 'STATUS_LIST_LENGTH_ERROR'
  | 'unsupported-status-type'
  | 'too-complex';

/**
 * `invalid`: entry and list contradict the standard or each other. `unknown`: the list cannot be read, so nobody can
 * tell; never shown as valid.
 */
export interface StatusProblem {
  readonly outcome: 'invalid' | 'unknown';
  readonly code: StatusProblemCode;
  readonly detail: string;
}

export function invalidStatus(code: StatusProblemCode, detail: string): StatusProblem {
  return { outcome: 'invalid', code, detail };
}

export function unknownStatus(code: StatusProblemCode, detail: string): StatusProblem {
  return { outcome: 'unknown', code, detail };
}
