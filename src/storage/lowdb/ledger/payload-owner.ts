import type { LedgerEvent } from '../../../ports/ledger.js';
import type { LedgerFacts } from './facts.js';

/** The issuer and ref whose erasure takes this record's payload with it, or `undefined` when no person's does. */
export function ownerOf(
  event: LedgerEvent,
  facts: Pick<LedgerFacts, 'credential'>,
): { readonly issuer: string; readonly ref: string } | undefined {
  if ('ref' in event) return { issuer: event.issuer, ref: event.ref };
  const ref = 'credential' in event ? facts.credential(event.credential)?.ref : undefined;
  return 'issuer' in event && ref !== undefined ? { issuer: event.issuer, ref } : undefined;
}
