import type { LedgerEntry, LedgerEvent } from '../../../ports/ledger.js';
import { isLedgerEvent } from './chain-record.js';
import type { PreparedEntry } from './encode-group.js';

/** Entries as they are now: what the caller does to them afterwards is not chained. @throws {TypeError} for no event of the ledger. */
export function prepareEntries(entries: readonly LedgerEntry[]): PreparedEntry[] {
  return entries.map(({ event, actor, payload }) => {
    if (!isLedgerEvent(event)) throw new TypeError('this is no event the ledger knows');
    return {
      // Flat but for lists of texts: JSON is the quickest copy.
      event: JSON.parse(JSON.stringify(event)) as LedgerEvent,
      actor,
      payload: payload === undefined ? undefined : JSON.stringify(payload),
    };
  });
}
