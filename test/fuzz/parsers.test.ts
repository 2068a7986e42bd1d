import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FUZZ_TARGETS } from './parsers.js';

/** More by hand, for minutes: `node bench/fuzz.mjs`. */
const RUNS = 250;

describe('parsers of untrusted input answer for anything, in bounded time', () => {
  it.each(FUZZ_TARGETS)('$name', async ({ property }) => {
    const start = performance.now();
    await fc.assert(property, { numRuns: RUNS });
    expect((performance.now() - start) / RUNS).toBeLessThan(100);
  });
});
