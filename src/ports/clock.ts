import type { Instant } from '../text/instant.js';

/** The time of day. Adapters: the system's clock, and the tests' own that is advanced by hand. */
export interface Clock {
  now(): Instant;
}
