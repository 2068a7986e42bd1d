import type { OwnStateRecord } from '../ports/house-record.js';
import type { OwnState } from '../ports/resolver.js';
import { parseInstant } from '../text/instant.js';

/** The ledger's word as verification asks for it. */
export function ownStateFrom(record: OwnStateRecord): OwnState {
  const { issuer, state, newestValidFrom, superseded, lists, recorded } = record;
  return {
    issuer,
    state,
    newestValidFrom: newestValidFrom ?? undefined,
    supersedes: (validFrom) => superseded.includes(validFrom),
    recorded: recorded.flatMap(({ digest, at }) => {
      const instant = parseInstant(at);
      return instant === undefined ? [] : [{ digest, at: instant }];
    }),
    keepsList: (url) => lists.includes(url),
  };
}
