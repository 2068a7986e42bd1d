import type { LedgerRecord } from '../../../ports/ledger.js';
import type { Random } from '../../../ports/random.js';
import type { Instant } from '../../../text/instant.js';
import type { ChainRecord } from './chain-record.js';
import { encodeFrame, SALT_BYTES } from './payload-frame.js';
import { digestOf, encodeLine, type PayloadLocator } from './record-line.js';
import { chainPosition, type Strand } from './strand.js';

/** An entry that was checked for its shape when it was handed in. */
export interface PreparedEntry {
  readonly event: ChainRecord['event'];
  readonly actor: string;
  /** JSON text. */
  readonly payload: string | undefined;
}

/** A group's bytes, ready to be written, and its records with the positions they will have. */
export interface EncodedGroup {
  readonly frames: Uint8Array;
  readonly lines: Uint8Array;
  readonly records: readonly { readonly record: LedgerRecord; readonly position: number }[];
}

/** @param options.after sequence and digest of the record before. @param options.at instant of every record. */
export function encodeGroup(options: {
  readonly entries: readonly PreparedEntry[];
  readonly after: { readonly sequence: number; readonly head: string };
  readonly at: Instant;
  readonly strand: Strand;
  readonly random: Random;
}): EncodedGroup {
  const { entries, after, at, strand, random } = options;
  const group = { first: after.sequence + 1, last: after.sequence + entries.length };
  const frames: Uint8Array[] = [];
  const lines: Uint8Array[] = [];
  const records: { record: LedgerRecord; position: number }[] = [];
  let previous = after.head;
  let payloadOffset = strand.payloads.size;
  let chainOffset = strand.chain.size;
  for (const [number, { event, actor, payload }] of entries.entries()) {
    let framed: { readonly digest: string; readonly locator: PayloadLocator } | undefined;
    if (payload !== undefined) {
      const { frame, digest } = encodeFrame({ payload, salt: random.bytes(SALT_BYTES), group: group.first });
      const locator = { segment: strand.payloads.count, offset: payloadOffset, length: frame.length };
      framed = { digest, locator };
      frames.push(frame);
      payloadOffset += frame.length;
    }
    const sequence = group.first + number;
    const text = JSON.stringify({
      sequence,
      previous,
      at,
      actor,
      event,
      ...(framed === undefined ? {} : { payload: framed.digest }),
    } satisfies ChainRecord);
    const digest = digestOf(text);
    const line = Buffer.from(encodeLine({ text, digest, group, payload: framed?.locator }));
    records.push({
      record: { sequence, at, actor, event, digest, hasPayload: framed !== undefined },
      position: chainPosition(strand.chain.count, chainOffset),
    });
    lines.push(line);
    chainOffset += line.length;
    previous = digest;
  }
  return { frames: Buffer.concat(frames), lines: Buffer.concat(lines), records };
}
