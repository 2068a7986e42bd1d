import type { StrandHead } from '../../../ports/ledger.js';
import type { StrandStart } from './ledger-index.js';

/**
 * The strands of a chain: one, and after each restore another one, which goes on in the same files.
 * @param name of the first strand. @param starts of those after it. @param end the chain's last record, its sequence
 * counted through all strands.
 */
export function strandHeads(
  name: string,
  starts: readonly StrandStart[],
  end: { readonly sequence: number; readonly head: string },
): StrandHead[] {
  const heads: StrandHead[] = [];
  let current = { strand: name, from: 0 };
  for (const { strand, after } of starts) {
    heads.push({ strand: current.strand, records: after.sequence - current.from, head: after.head });
    current = { strand, from: after.sequence };
  }
  heads.push({ strand: current.strand, records: end.sequence - current.from, head: end.head });
  return heads;
}
