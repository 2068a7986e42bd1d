import type { Instant } from '../text/instant.js';

/** How many addresses are remembered; the one heard of longest ago is forgotten first. */
const REMEMBERED = 20_000;
const MILLISECONDS_PER_MINUTE = 60_000;

/** Counts requests by key and says when one has had enough. */
export interface RateLimit {
  /** Takes one request. @returns undefined when it may pass, else whole seconds to wait. */
  take(key: string, now: Instant): number | undefined;
}

interface Bucket {
  /** Requests left, refilled evenly. */
  readonly tokens: number;
  readonly at: Instant;
}

/**
 * A token bucket for each key: `perMinute` requests at once, then evenly refilled. Memory is bounded whatever comes
 * (R1): a flood from many addresses makes it forget the oldest, which starts them afresh and costs nobody else.
 * @param perMinute 0 switches the limit off.
 */
export function createRateLimit(perMinute: number, remembered: number = REMEMBERED): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(key, now) {
      if (perMinute === 0) return undefined;
      const before = buckets.get(key) ?? { tokens: perMinute, at: now };
      const refilled = ((now - before.at) * perMinute) / MILLISECONDS_PER_MINUTE;
      const tokens = Math.min(perMinute, before.tokens + Math.max(0, refilled));
      const passes = tokens >= 1;
      buckets.delete(key);
      buckets.set(key, { tokens: passes ? tokens - 1 : tokens, at: now });
      const [oldest] = buckets.keys();
      if (buckets.size > remembered && oldest !== undefined) buckets.delete(oldest);
      return passes ? undefined : Math.max(1, Math.ceil(((1 - tokens) * MILLISECONDS_PER_MINUTE) / perMinute / 1000));
    },
  };
}
