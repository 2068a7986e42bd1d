import type { Clock } from '../ports/clock.js';
import type { FetchAnswer } from '../ports/fetcher.js';
import type { Instant } from '../text/instant.js';

/** Answers believed for a while. Forgets the least recently used when it is full. */
export interface AnswerCache {
  get(key: string): FetchAnswer | undefined;
  /** Keeps nothing for a time of 0. */
  put(key: string, answer: FetchAnswer, seconds: number): void;
}

interface Entry {
  readonly answer: FetchAnswer;
  readonly storedAt: Instant;
  readonly until: Instant;
  readonly weight: number;
}

/** What an entry costs beside its key and bytes. */
const ENTRY_BYTES = 200;

/** @param maxBytes of all entries, their keys included. */
export function createAnswerCache(options: {
  readonly clock: Clock;
  readonly maxEntries: number;
  readonly maxBytes: number;
}): AnswerCache {
  const { clock, maxEntries, maxBytes } = options;
  // In the order last used: a Map keeps the order of insertion.
  const entries = new Map<string, Entry>();
  let weight = 0;

  function remove(key: string): void {
    weight -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      const now = clock.now();
      // A clock that was set back must not make an answer live longer.
      if (now >= entry.until || now < entry.storedAt) {
        remove(key);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, entry);
      return entry.answer;
    },
    put(key, answer, seconds) {
      remove(key);
      const bytes = answer.outcome === 'found' ? answer.bytes.length : 0;
      const own = ENTRY_BYTES + 2 * key.length + bytes;
      if (seconds <= 0 || own > maxBytes) return;
      const storedAt = clock.now();
      entries.set(key, { answer, storedAt, until: storedAt + seconds * 1000, weight: own });
      weight += own;
      for (const oldest of entries.keys()) {
        if (entries.size <= maxEntries && weight <= maxBytes) return;
        remove(oldest);
      }
    },
  };
}
