import type { StrandHead } from '../ports/ledger.js';
import type { LedgerDamage } from '../text/ledger-damage.js';

/** A head known from elsewhere that the chain does not bear out. */
export interface Deviation {
  readonly strand: string;
  /** Of the strand, counted from 1: the record that is not there as it was known. */
  readonly record: number;
  readonly damage: LedgerDamage;
}

/**
 * Holds heads that were noted down elsewhere against a chain that is read again from its beginning. Several stand for
 * one strand where several checkpoints were kept: the last that holds says how far the chain is what it was.
 */
export class KnownHeads {
  readonly #known = new Map<string, Map<number, string>>();
  readonly #borneOut = new Map<string, number>();
  readonly #conflicting: Deviation | undefined;

  constructor(heads: readonly StrandHead[]) {
    for (const { strand, records, head } of heads) {
      const ofStrand = this.#known.get(strand) ?? new Map<number, string>();
      this.#known.set(strand, ofStrand);
      const other = ofStrand.get(records);
      if (other !== undefined && other !== head) {
        this.#conflicting ??= { strand, record: records, damage: { code: 'checkpoints-disagree' } };
      }
      ofStrand.set(records, head);
    }
  }

  /** The record of this number, 0 for the beginning of the strand. @returns what is wrong with it. */
  see({ strand, records, head }: StrandHead): Deviation | undefined {
    const known = this.#known.get(strand)?.get(records);
    if (known === undefined) return undefined;
    if (known === head) {
      this.#borneOut.set(strand, records);
      return undefined;
    }
    const from = (this.#borneOut.get(strand) ?? 0) + 1;
    return { strand, record: records, damage: { code: 'rewritten', from, to: records } };
  }

  /** What is known of records the chain does not have. @param strands where each strand ends. */
  missing(strands: readonly StrandHead[]): Deviation | undefined {
    if (this.#conflicting !== undefined) return this.#conflicting;
    for (const [strand, known] of this.#known) {
      const records = strands.find((candidate) => candidate.strand === strand)?.records;
      const most = Math.max(...known.keys());
      if (records !== undefined && most <= records) continue;
      const damage: LedgerDamage =
        records === undefined
          ? { code: 'strand-missing', known: most }
          : { code: 'records-missing', from: records + 1, to: most };
      return { strand, record: (records ?? 0) + 1, damage };
    }
    return undefined;
  }
}
