import type { Clock } from '../ports/clock.js';
import type { Instant } from '../text/instant.js';

/** A rate for each of many keys. */
export interface TokenBuckets {
  /** Takes one token of the key; false when there is none. */
  take(key: string): boolean;
}

/**
 * Each key may be asked for `burst` times at once, and `perSecond` times more each second. Memory is bounded: beyond
 * `maxKeys` the key not asked about for longest is forgotten.
 */
export function createTokenBuckets(options: {
  readonly clock: Clock;
  readonly burst: number;
  readonly perSecond: number;
  readonly maxKeys: number;
}): TokenBuckets {
  const { clock, burst, perSecond, maxKeys } = options;
  const buckets = new Map<string, { readonly tokens: number; readonly at: Instant }>();
  return {
    take(key) {
      const now = clock.now();
      const before = buckets.get(key) ?? { tokens: burst, at: now };
      const elapsedSeconds = Math.max(0, now - before.at) / 1000;
      const tokens = Math.min(burst, before.tokens + elapsedSeconds * perSecond);
      const isAllowed = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: isAllowed ? tokens - 1 : tokens, at: now });
      for (const oldest of buckets.keys()) {
        if (buckets.size <= maxKeys) break;
        buckets.delete(oldest);
      }
      return isAllowed;
    },
  };
}
