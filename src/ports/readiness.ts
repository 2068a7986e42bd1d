/** What readiness looks at. `service`: it is not stopping. `store`: reads and writes are taken. `keys`: every issuer can
 * sign. `halt`: signing was not stopped by an operator. */
export const READINESS_CHECKS = ['service', 'store', 'keys', 'halt'] as const;
export type ReadinessCheck = (typeof READINESS_CHECKS)[number];

/** How each check stands. Nothing of why: that is in the log. */
export type Readiness = readonly { readonly name: ReadinessCheck; readonly state: 'pass' | 'fail' }[];
