import type { Outcome } from '../../../ports/outcome.js';
import type { Instant } from '../../../text/instant.js';
import { admit } from '../../lowdb/ledger/admit.js';
import { Draft } from '../../lowdb/ledger/draft.js';
import type { PreparedEntry } from '../../lowdb/ledger/encode-group.js';
import type { LedgerChange, LedgerFacts } from '../../lowdb/ledger/facts.js';

/** What of a group is written, and what each call is to be told. */
export interface Judgement {
  readonly accepted: readonly { readonly entry: PreparedEntry; readonly change: LedgerChange }[];
  /** By call: which of the accepted entries are its own, or why it was refused. */
  readonly calls: readonly Outcome<{ readonly from: number; readonly to: number }>[];
}

/** Holds each call against the facts and the calls before it in the group. A call that breaks a rule is refused alone. */
export function judgeCalls(calls: readonly (readonly PreparedEntry[])[], facts: LedgerFacts, at: Instant): Judgement {
  const draft = new Draft(facts);
  const accepted: { entry: PreparedEntry; change: LedgerChange }[] = [];
  const outcomes = calls.map((call): Outcome<{ from: number; to: number }> => {
    const mark = draft.mark();
    const from = accepted.length;
    try {
      for (const entry of call) {
        const change = admit(draft, entry.event, at);
        draft.take(change);
        accepted.push({ entry, change });
      }
      return { ok: true, value: { from, to: accepted.length } };
    } catch (error) {
      draft.rollBack(mark);
      accepted.length = from;
      return { ok: false, error };
    }
  });
  return { accepted, calls: outcomes };
}
