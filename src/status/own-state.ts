import type { OwnStateRecord } from '../ports/house-record.js';
import type { OwnState } from '../ports/resolver.js';

/** The ledger's word as verification asks for it. */
export function ownStateFrom({ issuer, state, newestValidFrom, superseded, lists }: OwnStateRecord): OwnState {
  return {
    issuer,
    state,
    newestValidFrom: newestValidFrom ?? undefined,
    supersedes: (validFrom) => superseded.includes(validFrom),
    keepsList: (url) => lists.includes(url),
  };
}
