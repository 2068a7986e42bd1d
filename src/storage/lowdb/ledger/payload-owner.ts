import type { LedgerEvent } from '../../../ports/ledger.js';
import type { LedgerFacts } from './facts.js';

/** The ref whose erasure takes this record's payload with it, or `undefined` when no person's does. */
export function refOf(event: LedgerEvent, facts: LedgerFacts): string | undefined {
  if ('ref' in event) return event.ref;
  return 'credential' in event ? facts.credential(event.credential)?.ref : undefined;
}
