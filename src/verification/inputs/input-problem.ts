import type { CheckCode, CheckFacts } from '../../text/check-messages.js';
import { type CodedFinding, fail, unknown } from '../finding.js';

/**
 * The HTTP status for input that cannot be examined: 400 unreadable, 413 too large, 415 of a kind not taken, 422 a
 * picture or an address without a usable badge. 200: it could be read, and what is wrong with it is the verdict.
 */
export type InputStatus = 200 | 400 | 413 | 415 | 422;

/** Why input is no badge to examine. The finding is what the check `parse` says where there is a report. */
export interface InputProblem {
  readonly kind: 'problem';
  readonly status: InputStatus;
  readonly finding: CodedFinding;
}

export function inputProblem<Code extends CheckCode>(
  status: InputStatus,
  code: Code,
  ...facts: CheckFacts<Code>
): InputProblem {
  return problemAt(status, null, code, ...facts);
}

/** There is no badge here to call valid or invalid: in a report, that stays open. */
export function nothingToJudge<Code extends CheckCode>(
  status: InputStatus,
  code: Code,
  ...facts: CheckFacts<Code>
): InputProblem {
  return { kind: 'problem', status, finding: unknown(code, null, ...facts) };
}

/** @param pointer JSON pointer of the place in the document. */
export function problemAt<Code extends CheckCode>(
  status: InputStatus,
  pointer: string | null,
  code: Code,
  ...facts: CheckFacts<Code>
): InputProblem {
  return { kind: 'problem', status, finding: fail(code, pointer, ...facts) };
}
