import type { FetchStop } from './fetch-stop.js';

export interface TimeLimit {
  readonly milliseconds: number;
  /** Thrown when the time is over. */
  readonly stop: FetchStop;
  /** A wider limit, which ends this one too. */
  readonly within?: AbortSignal;
}

/**
 * Runs work that ends in time, even when it does not heed the signal it is given.
 * @throws what the work throws, or the reason of whichever limit ran out first.
 */
export async function inTime<T>(limit: TimeLimit, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { milliseconds, stop, within } = limit;
  within?.throwIfAborted();
  const controller = new AbortController();
  const { signal } = controller;
  const follow = () => controller.abort(within?.reason);
  within?.addEventListener('abort', follow, { once: true });
  const timer = setTimeout(() => controller.abort(stop), milliseconds);
  const over = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([work(signal), over]);
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    clearTimeout(timer);
    within?.removeEventListener('abort', follow);
  }
}
