import type { FetchAnswer } from '../ports/fetcher.js';

/** The answer, or that the caller stopped waiting; the fetch itself goes on for others, within its own time. */
export function whileWaited(answer: Promise<FetchAnswer>, signal: AbortSignal | undefined): Promise<FetchAnswer> {
  if (signal === undefined) return answer;
  const aborted: FetchAnswer = { outcome: 'unreachable', detail: 'aborted' };
  if (signal.aborted) return Promise.resolve(aborted);
  return new Promise((resolve, reject) => {
    const stop = () => resolve(aborted);
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
