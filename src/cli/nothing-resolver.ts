import type { Resolver } from '../ports/resolver.js';

/** Answers nothing: without a store and without a documents folder no outside document can be had. */
export function nothingResolver(): Resolver {
  const unreachable = { outcome: 'unreachable', detail: 'there is no store here and nothing is fetched' } as const;
  return {
    controllerDocument: async () => unreachable,
    statusList: async () => unreachable,
    evidence: async () => unreachable,
    ownState: async () => undefined,
  };
}
