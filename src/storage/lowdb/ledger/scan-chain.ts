import { StoreDamagedError } from '../../../ports/store.js';
import { type ChainEnd, ChainLinks, type ChainStart, type PlacedRecord } from './chain-links.js';
import { BrokenLineError, decodeLine } from './record-line.js';
import type { Segments } from './segments.js';
import type { Strand } from './strand.js';

const CHUNK = 1_048_576;
const NEWLINE = 0x0a;
/**
 * Reads the whole chain and checks every link of it: check sums and digests, sequences, the digest each record names,
 * groups without a gap, payload frames one behind the other. A last group that was not written to its end is left
 * out; everything else that is not as written is damage.
 * @param options.visit gets the records of whole groups, many at a time, in order.
 * @param options.start where to begin; by default at the first record.
 * @param options.until read no further than this; by default all there is.
 * @throws {StoreDamagedError} naming file and byte.
 */
export async function scanChain(
  strand: Strand,
  options: {
    readonly visit: (records: readonly PlacedRecord[]) => void | Promise<void>;
    readonly start?: ChainStart;
    readonly until?: ChainPlace;
  },
): Promise<ChainEnd> {
  const { chain } = strand;
  const { start } = options;
  const links = new ChainLinks(strand, start);
  const from = (segment: number) => (start?.place.segment === segment ? start.place.size : chain.headerLength(segment));
  const until = options.until ?? { segment: chain.count, size: await chain.fileSize(chain.count) };
  for (let segment = start?.place.segment ?? 1; segment < until.segment; segment += 1) {
    const size = await chain.fileSize(segment);
    const offset = await readLines(links, options.visit, { chain, segment, from: from(segment), size });
    if (offset < size || !links.betweenGroups) {
      throw new StoreDamagedError(chain.path(segment), `byte ${offset}`, 'the segment ends inside a record or a group');
    }
  }
  const { segment, size } = until;
  const offset = await readLines(links, options.visit, { chain, segment, from: from(segment), size });
  const rest = await chain.read(segment, offset, size - offset);
  const end = naming(chain.path(segment), { offset, record: links.expected }, () =>
    links.end({ segment, offset, rest }),
  );
  await options.visit(links.whole());
  return end;
}

/** A place in the chain: bytes of a segment. */
export interface ChainPlace {
  readonly segment: number;
  readonly size: number;
}

/** @param at the byte of a line, and the record that has to stand there. */
function naming<T>(path: string, at: { readonly offset: number; readonly record: number }, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BrokenLineError)) throw error;
    throw new StoreDamagedError(path, `byte ${at.offset}, record ${at.record}`, error.message, { cause: error });
  }
}

/** Reads the complete lines of one segment, from a byte on. @returns the offset behind the last newline. */
async function readLines(
  links: ChainLinks,
  visit: (records: readonly PlacedRecord[]) => void | Promise<void>,
  lines: { readonly chain: Segments; readonly segment: number; readonly from: number; readonly size: number },
): Promise<number> {
  const { chain, segment, size } = lines;
  let offset = lines.from;
  let rest: Uint8Array = new Uint8Array(0);
  while (offset + rest.length < size) {
    const from = offset + rest.length;
    const chunk = await chain.read(segment, from, Math.min(CHUNK, size - from));
    if (chunk.length === 0) break;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    try {
      for (let end = bytes.indexOf(NEWLINE, rest.length); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        const line = bytes.subarray(start, end);
        const at = offset + start;
        naming(chain.path(segment), { offset: at, record: links.expected }, () =>
          links.add(decodeLine(line), segment, at),
        );
        start = end + 1;
      }
    } finally {
      // Also before a damaged line is told of: whoever checks wants to know how far the chain holds.
      await visit(links.whole());
    }
    rest = bytes.subarray(start);
    offset += start;
  }
  return offset;
}
