import { type CheckCode, type CheckFacts, checkMessage } from '../../text/check-messages.js';
import type { Finding } from '../finding.js';

/**
 * The HTTP status for input that cannot be examined: 400 unreadable, 413 too large, 415 of a kind not taken, 422 a
 * picture or an address without a usable badge. 200: it could be read, and what is wrong with it is the verdict.
 */
export type InputStatus = 200 | 400 | 413 | 415 | 422;

/** Why input is no badge to examine. The finding is what the check `parse` says where there is a report. */
export interface InputProblem {
  readonly kind: 'problem';
  readonly status: InputStatus;
  readonly finding: Extract<Finding, { readonly code: CheckCode }>;
}

export function inputProblem<Code extends CheckCode>(
  status: InputStatus,
  code: Code,
  ...facts: CheckFacts<Code>
): InputProblem {
  return problemAt(status, null, code, ...facts);
}

/** @param pointer JSON pointer of the place in the document. */
export function problemAt<Code extends CheckCode>(
  status: InputStatus,
  pointer: string | null,
  code: Code,
  ...facts: CheckFacts<Code>
): InputProblem {
  return { kind: 'problem', status, finding: { state: 'fail', code, pointer, message: checkMessage(code, ...facts) } };
}
