import type { FetchAnswer, RefusedDetail, UnreachableDetail } from '../ports/fetcher.js';

/** Carries the end of a fetch out of its middle; never leaves this room. */
export class FetchStop extends Error {
  readonly answer: FetchAnswer;

  constructor(answer: FetchAnswer, options?: ErrorOptions) {
    super('detail' in answer ? answer.detail : answer.outcome, options);
    this.name = 'FetchStop';
    this.answer = answer;
  }
}

/** Nothing usable came back. */
export function unreachable(detail: UnreachableDetail, cause?: unknown): FetchStop {
  return new FetchStop({ outcome: 'unreachable', detail }, { cause });
}

/** Nothing was, or will be, asked. */
export function refused(detail: RefusedDetail): FetchStop {
  return new FetchStop({ outcome: 'refused', detail });
}
