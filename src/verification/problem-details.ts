import type { Language } from '../text/localized.js';
import type { CodedFinding } from './finding.js';
import { problemTitle, problemType } from './problem-types.js';
import type { ProblemDetail } from './report.js';

/** A finding as RFC 9457 writes problems, its detail in one language. @see https://www.w3.org/TR/vc-data-model-2.0/#problem-details */
export function problemDetailOf({ code, pointer, message }: CodedFinding, language: Language): ProblemDetail {
  return {
    type: problemType(code),
    title: problemTitle(code),
    detail: message[language],
    ...(pointer === null ? {} : { pointer }),
  };
}
