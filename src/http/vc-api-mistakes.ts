import { checkMessage } from '../text/check-messages.js';
import { jsonPointer } from '../text/json-pointer.js';
import type { InputProblem } from '../verification/inputs/input-problem.js';
import type { LintProblem } from '../verification/lint-credential.js';
import { problemType } from '../verification/problem-types.js';
import { type FieldMistake, HttpError } from './http-error.js';

/** Each mistake with its place in the request, its sentences and the type the standards give it. */
export function mistakesOf(problems: readonly LintProblem[]): FieldMistake[] {
  return problems.map(({ code, pointer, message }) => ({
    pointer: pointer ?? '',
    detail: message,
    type: problemType(code),
  }));
}

/** A member of the request that should not be there, or not in this form. @param place the way to it. */
export function requestMistake(
  code: 'unknown-member' | 'malformed-request',
  place: readonly PropertyKey[],
): FieldMistake {
  const pointer = jsonPointer(place.map(String));
  return {
    pointer,
    detail: checkMessage(code, { member: pointer.slice(1) }),
    type: problemType(code),
  };
}

/** The error for a body that is no JSON document to work with. */
export function unreadableBody({ status, finding }: InputProblem): HttpError {
  const { code, pointer, message } = finding;
  const errors = [{ pointer: pointer ?? '', detail: message, type: problemType(code) }];
  if (status === 413) return new HttpError('payload-too-large');
  return new HttpError(status === 415 ? 'unsupported-media-type' : 'json-unreadable', { errors });
}
