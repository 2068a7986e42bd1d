import type { Clock } from '../ports/clock.js';
import type { FetchAnswer } from '../ports/fetcher.js';
import { createAnswerCache } from './answer-cache.js';
import type { FetchBudgets } from './limits.js';

/** An answer, and for how many seconds it may be believed. */
export interface DatedAnswer {
  readonly answer: FetchAnswer;
  readonly seconds: number;
}

/**
 * Answers shared between callers: what was fetched is believed for a while, what is being fetched is not fetched twice,
 * and only so much is under way at once.
 */
export function createSharedAnswers({ clock, budgets }: { readonly clock: Clock; readonly budgets: FetchBudgets }) {
  const known = createAnswerCache({ clock, maxEntries: budgets.maxCachedAnswers, maxBytes: budgets.maxCachedBytes });
  const underWay = new Map<string, Promise<FetchAnswer>>();

  /** @param key two questions of one key have one answer. @param ask finds it; never rejects. */
  return async (key: string, ask: () => Promise<DatedAnswer>): Promise<FetchAnswer> => {
    for (;;) {
      const answer = known.get(key);
      if (answer !== undefined) return answer;
      const other = underWay.get(key);
      if (other === undefined) break;
      const shared = await other;
      // The verification that asked had nothing left to spend; this one may.
      if (shared.outcome !== 'refused' || shared.detail !== 'fetch-budget-spent') return shared;
    }
    if (underWay.size >= budgets.concurrent) return { outcome: 'refused', detail: 'too-busy' };
    const flight = ask().then(({ answer, seconds }) => {
      known.put(key, answer, seconds);
      return answer;
    });
    underWay.set(key, flight);
    try {
      return await flight;
    } finally {
      underWay.delete(key);
    }
  };
}
