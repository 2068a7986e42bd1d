import type { BatchShares } from '../ports/batch-shares.js';

/** Rows issued in one turn, which share the writes of the batch's log. */
const PORTION = 2_500;

/** All rows to whoever asks, portion after portion in the order of the file: for a store that one process holds. */
export const unsharedBatches: BatchShares = {
  async join(_session, rows) {
    let next = 0;
    return {
      async next() {
        const start = next;
        next = Math.min(rows, start + PORTION);
        return Array.from({ length: next - start }, (_, offset) => start + offset);
      },
      async leave() {},
    };
  },
};
