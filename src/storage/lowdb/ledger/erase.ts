import type { LedgerIndex } from './ledger-index.js';
import { ownerOf } from './payload-owner.js';
import type { PayloadLocator } from './record-line.js';
import { type ChainPlace, scanChain } from './scan-chain.js';
import type { Strand } from './strand.js';

/**
 * Overwrites the payloads of refs that `erased` records name and that were not overwritten yet, then notes how far
 * that went. The index keeps no list of all payloads: erasing is rare, and reads the chain once for it.
 * @param until the chain up to here; every `erased` record in it is taken care of.
 * @throws {StoreUnavailableError} to be called again: what was overwritten may be overwritten twice.
 */
export async function finishErasures(strand: Strand, index: LedgerIndex, until: ChainPlace): Promise<void> {
  const { erasedThrough } = strand;
  const through = index.lastErasure;
  if (through <= erasedThrough) return;
  const payloads: PayloadLocator[] = [];
  await scanChain(strand, {
    until,
    visit(records) {
      for (const { record, payload } of records) {
        const owner = ownerOf(record.event, index);
        if (payload === undefined || owner === undefined) continue;
        const erasedAt = index.erasedAt(owner.issuer, owner.ref);
        if (erasedAt > record.sequence && erasedAt > erasedThrough) payloads.push(payload);
      }
    },
  });
  await strand.overwrite(payloads);
  await strand.setErasedThrough(through);
}
