import { type Ledger, LedgerConflictError, type LedgerEntry } from '../ports/ledger.js';
import { StoreUnavailableError } from '../ports/store.js';
import { attempt, failed, type Outcome, succeeded } from './outcome.js';

/**
 * Appends entries that stand each for itself in one group commit. Where one of them is refused, or makes the store fail,
 * each is appended alone (they still share their commit where the store forms groups): the others are kept.
 */
export async function appendApart(ledger: Ledger, entries: readonly LedgerEntry[]): Promise<Outcome<true>[]> {
  try {
    await ledger.append(entries);
    return entries.map(() => succeeded(true));
  } catch (error) {
    const mayBeOfOne = error instanceof LedgerConflictError || error instanceof StoreUnavailableError;
    if (entries.length === 1 || !mayBeOfOne) return entries.map(() => failed(error));
    return Promise.all(
      entries.map((entry) =>
        attempt(async () => {
          await ledger.append([entry]);
          return true as const;
        }),
      ),
    );
  }
}
