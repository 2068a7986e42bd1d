import { AnswerMemory } from '../http/answers/answer-memory.js';
import type { IssuingContext } from '../issuing/context.js';

/** Some two thousand pages, or ten thousand badges. */
const MAX_BYTES = 64 * 1_048_576;

/** Finished public answers of a house, forgotten as its store changes. */
export function createAnswers({ store, clock }: Pick<IssuingContext, 'store' | 'clock'>): AnswerMemory {
  const answers = new AnswerMemory({ clock, maxBytes: MAX_BYTES });
  store.follow((change) => answers.forget(change));
  return answers;
}
