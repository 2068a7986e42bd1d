/**
 * Lets one piece of work at a time run under each key, in the order asked for, within this process. It saves work and
 * closes gaps between two shapes of storage; what must hold among several processes rests on the ledger's uniqueness.
 * Not re-entrant: work that waits for a turn under its own key waits for ever.
 */
export interface Turns {
  /** Runs `work` after everything asked for earlier under this key has ended, well or badly. */
  run<R>(key: string, work: () => Promise<R>): Promise<R>;
}
