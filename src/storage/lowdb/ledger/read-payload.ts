import type { Json } from '../../../ports/json.js';
import { StoreDamagedError } from '../../../ports/store.js';
import type { LedgerIndex } from './ledger-index.js';
import { frameHolds, payloadOf } from './payload-frame.js';
import { ownerOf } from './payload-owner.js';
import type { Strand } from './strand.js';

/**
 * The payload of the record at a position; `undefined` when it has none or it was erased.
 * @throws {StoreDamagedError} when record or payload are not as written.
 */
export async function readPayload(strand: Strand, index: LedgerIndex, position: number): Promise<Json | undefined> {
  const { record, payload, group } = await strand.readRecord(position);
  if (payload === undefined || record.payload === undefined) return undefined;
  const owner = ownerOf(record.event, index);
  const erased = (): boolean => owner !== undefined && index.isErased(owner.issuer, owner.ref, record.sequence);
  if (erased()) return undefined;
  const frame = await strand.readFrame(payload);
  if (frameHolds(frame, { digest: record.payload, group: group.first })) return payloadOf(frame);
  // It may have been erased while it was being read.
  if (erased()) return undefined;
  throw new StoreDamagedError(
    strand.payloads.path(payload.segment),
    `byte ${payload.offset}, record ${record.sequence}`,
    'the payload is missing or not what the chain says',
  );
}
