import { createHash } from 'node:crypto';
import type { LedgerRecord } from '../../../ports/ledger.js';
import type { Random } from '../../../ports/random.js';
import type { Instant } from '../../../text/instant.js';
import type { ChainRecord } from '../../lowdb/ledger/chain-record.js';
import type { PreparedEntry } from '../../lowdb/ledger/encode-group.js';
import { SALT_BYTES } from '../../lowdb/ledger/payload-frame.js';
import { digestOf } from '../../lowdb/ledger/record-line.js';

/** A record as it is stored: its JSON is what the chain hashes, and the next record names its digest. */
export interface ChainedRecord {
  readonly record: LedgerRecord;
  readonly text: string;
  /** `erased` in a copy whose source had erased it. */
  readonly payload: { readonly salt: Uint8Array; readonly text: string } | 'erased' | undefined;
}

/** Chains entries to the end of a strand. @param options.after its last record. @param options.at instant of every record. */
export function chainGroup(options: {
  readonly entries: readonly PreparedEntry[];
  readonly after: { readonly sequence: number; readonly head: string };
  readonly at: Instant;
  readonly random: Random;
}): ChainedRecord[] {
  const { entries, after, at, random } = options;
  let { sequence, head } = after;
  return entries.map(({ event, actor, payload: content }) => {
    const payload = content === undefined ? undefined : { salt: random.bytes(SALT_BYTES), text: content };
    sequence += 1;
    const text = JSON.stringify({
      sequence,
      previous: head,
      at,
      actor,
      event,
      ...(payload === undefined ? {} : { payload: payloadDigest(payload) }),
    } satisfies ChainRecord);
    head = digestOf(text);
    return { record: { sequence, at, actor, event, digest: head, hasPayload: payload !== undefined }, text, payload };
  });
}

/** SHA-256(salt ‖ payload), hex: what the chain holds of a payload. */
export function payloadDigest({ salt, text }: { readonly salt: Uint8Array; readonly text: string }): string {
  return createHash('sha256').update(salt).update(text).digest('hex');
}
