import type { LedgerEntry } from '../../../ports/ledger.js';
import { isLedgerEvent } from './chain-record.js';
import type { PreparedEntry } from './encode-group.js';

/** Entries as they are now: what the caller does to them afterwards is not chained. @throws {TypeError} for no event of the ledger. */
export function prepareEntries(entries: readonly LedgerEntry[]): PreparedEntry[] {
  return entries.map(({ event, actor, payload }) => {
    if (!isLedgerEvent(event)) throw new TypeError('this is no event the ledger knows');
    return {
      event: structuredClone(event),
      actor,
      payload: payload === undefined ? undefined : JSON.stringify(payload),
    };
  });
}
