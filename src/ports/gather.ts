import type { Outcome } from './outcome.js';

/**
 * Makes of work for many a way to ask for one: calls that come while as many groups are under way as may be form the next
 * one, which leaves as soon as one of those has been answered. A call with nobody beside it waits for nothing.
 * @param work answers for each call of a group, in order; what it throws, all of them get.
 */
export type Gather = <T, R>(work: (calls: readonly T[]) => Promise<readonly Outcome<R>[]>) => (call: T) => Promise<R>;
