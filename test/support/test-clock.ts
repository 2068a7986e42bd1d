import type { Clock } from '../../src/ports/clock.js';

/** A clock that stands where it is put and goes on from there: `advance` moves it. */
export interface TestClock extends Clock {
  /** @param milliseconds not negative. */
  advance(milliseconds: number): void;
}

/** The system's clock, moved forward by what a test says: minutes pass without waiting for them. */
export function createTestClock(): TestClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance(milliseconds) {
      ahead += milliseconds;
    },
  };
}
