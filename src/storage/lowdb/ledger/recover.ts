import { LedgerConflictError } from '../../../ports/ledger.js';
import type { Logger } from '../../../ports/logger.js';
import { StoreDamagedError } from '../../../ports/store.js';
import type { Instant } from '../../../text/instant.js';
import { admit } from './admit.js';
import { ChainBytes } from './chain-bytes.js';
import type { ChainEnd, ChainStart, PlacedRecord } from './chain-links.js';
import { type IndexFileContent, type IndexFilePlace, readIndexFile } from './index-file.js';
import { LedgerIndex } from './ledger-index.js';
import { decodeHead, FRAME_HEAD, isZero } from './payload-frame.js';
import { scanChain } from './scan-chain.js';
import { placeOf, type Strand } from './strand.js';

/** The ledger as its files tell it. */
export interface RecoveredLedger {
  readonly index: LedgerIndex;
  readonly records: number;
  /** How many of them the index file knew. */
  readonly kept: number;
  readonly head: string;
  /** When the last record was written. */
  readonly lastAt: Instant | undefined;
}

/**
 * Reads the chain once and builds the index, from the beginning or from where the index file knew it; cuts off what one
 * unfinished group left at the end of chain and payloads.
 * @throws {StoreDamagedError} for anything else that is not as written; nothing was changed then.
 */
export async function recover(
  strand: Strand,
  place: IndexFilePlace,
  logger: Logger | undefined,
): Promise<RecoveredLedger> {
  const kept = await readIndexFile(place, strand, logger);
  const index = kept?.index ?? new LedgerIndex();
  const start = kept === undefined ? undefined : chainStart(kept.content);
  let lastAt: Instant | undefined = kept?.content.lastAt;
  const end = await scanChain(strand, {
    ...(start === undefined ? {} : { start }),
    visit(records) {
      for (const record of records) applyRecord(strand, index, record);
      lastAt = records.at(-1)?.record.at ?? lastAt;
    },
  });
  const payloadEnd = await checkPayloadEnds(strand, end);
  await cutChain(strand, end, logger);
  await cutPayloads(strand, payloadEnd, logger);
  const bytes = kept?.bytes ?? new ChainBytes();
  await bytes.read(strand, start?.place, { segment: strand.chain.count, size: strand.chain.size });
  strand.follow(bytes);
  return { index, records: end.records, kept: start?.records ?? 0, head: end.head, lastAt };
}

function chainStart({ segments, records, head, payloadEnds }: IndexFileContent): ChainStart {
  return { place: { segment: segments.length, size: segments.at(-1) ?? 0 }, records, head, payloadEnds };
}

/** Takes a record that is durable into an index. @throws {StoreDamagedError} when it contradicts those before. */
export function applyRecord(strand: Strand, index: LedgerIndex, { record, position }: PlacedRecord): void {
  try {
    index.take(admit(index, record.event, record.at), {
      sequence: record.sequence,
      position,
      previous: record.previous,
    });
  } catch (error) {
    if (!(error instanceof LedgerConflictError)) throw error;
    const { segment, offset } = placeOf(position);
    throw new StoreDamagedError(
      strand.chain.path(segment),
      `byte ${offset}, record ${record.sequence}`,
      error.message,
      {
        cause: error,
      },
    );
  }
}

/** Every payload of the chain is there in length, and behind them lies at most what one unfinished group wrote. */
async function checkPayloadEnds(strand: Strand, end: ChainEnd): Promise<number> {
  const { payloads } = strand;
  for (let segment = 1; segment <= payloads.count; segment += 1) {
    const expected = end.payloadEnds.get(segment) ?? payloads.headerLength(segment);
    const size = await payloads.fileSize(segment);
    if (size < expected) {
      throw new StoreDamagedError(
        payloads.path(segment),
        `byte ${size}`,
        `payloads are missing up to byte ${expected}`,
      );
    }
    if (segment === payloads.count) {
      await checkOrphans(strand, { offset: expected, size, group: end.records + 1 });
      return expected;
    }
    if (size > expected) {
      throw new StoreDamagedError(payloads.path(segment), `byte ${expected}`, 'payloads the chain does not know');
    }
  }
  throw new StoreDamagedError('payloads', 'segment 1', 'there is no segment');
}

/** Frames behind the chain's end may only be those of the group that would have come next. */
async function checkOrphans(
  strand: Strand,
  tail: { readonly offset: number; readonly size: number; readonly group: number },
): Promise<void> {
  const { payloads } = strand;
  let { offset } = tail;
  while (tail.size - offset >= FRAME_HEAD) {
    const bytes = await payloads.read(payloads.count, offset, FRAME_HEAD);
    const head = decodeHead(bytes);
    if (head === undefined) {
      // A file that was made longer and not written to: nothing but zeros from here on.
      if (isZero(await payloads.read(payloads.count, offset, tail.size - offset))) return;
      throw new StoreDamagedError(payloads.path(payloads.count), `byte ${offset}`, 'no payload begins here');
    }
    if (head.group !== tail.group) {
      throw new StoreDamagedError(
        payloads.path(payloads.count),
        `byte ${offset}`,
        `a payload of record ${head.group} or later, but the chain ends at record ${tail.group - 1}`,
      );
    }
    offset += head.length;
  }
}

async function cutChain({ chain }: Strand, end: ChainEnd, logger: Logger | undefined): Promise<void> {
  const fileSize = await chain.fileSize(chain.count);
  if (fileSize > end.size) await chain.cut(end.size);
  if (end.lacksNewline) {
    await chain.write(new Uint8Array([0x0a]));
    chain.accept(1);
  }
  if (end.tornBytes > 0 || end.lacksNewline) {
    logger?.warn('storage.chain-tail-repaired', { file: chain.path(chain.count), bytes: end.tornBytes });
  }
}

async function cutPayloads({ payloads }: Strand, end: number, logger: Logger | undefined): Promise<void> {
  const bytes = (await payloads.fileSize(payloads.count)) - end;
  if (bytes === 0) return;
  await payloads.cut(end);
  logger?.warn('storage.payload-tail-cut', { file: payloads.path(payloads.count), bytes });
}
