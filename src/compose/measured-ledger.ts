import { ClockBehindError, type Ledger, LedgerConflictError, type LedgerEvent } from '../ports/ledger.js';
import type { Metrics } from '../ports/metrics.js';

/** How long a failed append counts against the ledger, when none is tried after it. */
const TROUBLE_MILLISECONDS = 10_000;
const FIRST_VERSION = 1;

/** A ledger whose appends are counted, and what they tell of it. */
export interface MeasuredLedger {
  readonly ledger: Ledger;
  /** False for a while after an append that the storage did not take, unless a later one went through. */
  takesRecords(): boolean;
}

/** Counts and times every append, whoever makes it. An `append` assigned to it later stands before the counting one. */
export function measureLedger(measured: Ledger, metrics: Metrics): MeasuredLedger {
  let troubleUntil = Number.NEGATIVE_INFINITY;

  const append: Ledger['append'] = async (entries) => {
    const begin = performance.now();
    const report = (outcome: 'stored' | 'refused' | 'failed', records: number) =>
      metrics.ledgerAppend({ outcome, records, milliseconds: performance.now() - begin });
    try {
      const records = await measured.append(entries);
      troubleUntil = Number.NEGATIVE_INFINITY;
      report('stored', records.length);
      for (const { event } of records) countEvent(metrics, event);
      return records;
    } catch (error) {
      // An entry that contradicts the ledger was looked at by a ledger that works.
      const isRefusal = error instanceof LedgerConflictError || error instanceof ClockBehindError;
      if (!isRefusal) troubleUntil = performance.now() + TROUBLE_MILLISECONDS;
      report(isRefusal ? 'refused' : 'failed', 0);
      throw error;
    }
  };

  const own = { append };
  return {
    ledger: new Proxy(measured, {
      get(ledger, name) {
        if (name === 'append') return own.append;
        const member: unknown = Reflect.get(ledger, name, ledger);
        return typeof member === 'function' ? member.bind(ledger) : member;
      },
      set: (ledger, name, value) => Reflect.set(name === 'append' ? own : ledger, name, value),
    }),
    takesRecords: () => performance.now() >= troubleUntil,
  };
}

function countEvent(metrics: Metrics, event: LedgerEvent): void {
  switch (event.kind) {
    case 'issued':
      metrics.badge(event.version === FIRST_VERSION ? 'issued' : 'reissued');
      return;
    case 'revoked':
    case 'suspended':
    case 'reinstated':
    case 'superseded':
      metrics.statusChange(event.kind);
      return;
    default:
  }
}
