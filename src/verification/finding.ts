import { type CheckCode, type CheckFacts, checkMessage } from '../text/check-messages.js';
import type { Localized } from '../text/localized.js';
import type { CheckState } from './report.js';

/**
 * One thing a check found. A check may find several; the worst decides its state, every fail and unknown becomes a
 * problem of the report. A `warning` decides nothing.
 */
export type Finding =
  | {
      readonly state: 'pass';
      readonly pointer: string | null;
      /** What passing means here, where it is not what passing this check usually means. */
      readonly message?: Localized;
    }
  | CodedFinding;

/** Any finding but a pass: it has a code and sentences. */
export interface CodedFinding {
  readonly state: Exclude<CheckState, 'pass'> | 'warning';
  readonly code: CheckCode;
  readonly pointer: string | null;
  readonly message: Localized;
}

/** @param pointer JSON pointer of what was checked; null for the document as a whole. */
export function pass(pointer: string | null = null, message?: Localized): Finding {
  return { state: 'pass', pointer, ...(message === undefined ? {} : { message }) };
}

export function fail<Code extends CheckCode>(
  code: Code,
  pointer: string | null,
  ...facts: CheckFacts<Code>
): CodedFinding {
  return { state: 'fail', code, pointer: shownPointer(pointer), message: checkMessage(code, ...facts) };
}

export function unknown<Code extends CheckCode>(
  code: Code,
  pointer: string | null,
  ...facts: CheckFacts<Code>
): CodedFinding {
  return { state: 'unknown', code, pointer: shownPointer(pointer), message: checkMessage(code, ...facts) };
}

export function skipped<Code extends CheckCode>(
  code: Code,
  pointer: string | null,
  ...facts: CheckFacts<Code>
): CodedFinding {
  return { state: 'skipped', code, pointer: shownPointer(pointer), message: checkMessage(code, ...facts) };
}

export function warning<Code extends CheckCode>(
  code: Code,
  pointer: string | null,
  ...facts: CheckFacts<Code>
): CodedFinding {
  return { state: 'warning', code, pointer: shownPointer(pointer), message: checkMessage(code, ...facts) };
}

/** Longest pointer told; a place named by more than that is the work of somebody who wants a large report. */
const MAX_POINTER = 1_000;

function shownPointer(pointer: string | null): string | null {
  return pointer !== null && pointer.length > MAX_POINTER ? null : pointer;
}
