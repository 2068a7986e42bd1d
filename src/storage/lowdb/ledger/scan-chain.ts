import { StoreDamagedError } from '../../../ports/store.js';
import { announcedLength, BrokenLineError, decodeLine, type RecordLine } from './record-line.js';
import type { Segments } from './segments.js';
import { chainPosition, type Strand } from './strand.js';

const CHUNK = 1_048_576;
const NEWLINE = 0x0a;
/** A line's head is shorter than this; see record-line.ts. */
const LONGEST_HEAD = 192;

export interface PlacedRecord extends RecordLine {
  readonly position: number;
}

/** How a chain that was read from its first byte ends. */
export interface ChainEnd {
  readonly records: number;
  /** Digest of the last record, or the genesis. */
  readonly head: string;
  /** Bytes of the last segment that whole groups take. */
  readonly size: number;
  /** Bytes behind them that an unfinished write left: 0 when there are none. */
  readonly tornBytes: number;
  /** The last record is whole, only its newline did not get to the medium. */
  readonly lacksNewline: boolean;
  /** Where the payloads of these records end, by payload segment. */
  readonly payloadEnds: ReadonlyMap<number, number>;
}

/**
 * Reads the whole chain and checks every link of it: check sums and digests, sequences, the digest each record names,
 * groups without a gap, payload frames one behind the other. A last group that was not written to its end is left
 * out; everything else that is not as written is damage.
 * @param options.visit gets the records of whole groups, many at a time, in order.
 * @param options.until read no further than this; by default all there is.
 * @throws {StoreDamagedError} naming file and byte.
 */
export async function scanChain(
  strand: Strand,
  options: {
    readonly visit: (records: readonly PlacedRecord[]) => void | Promise<void>;
    readonly until?: ChainPlace;
  },
): Promise<ChainEnd> {
  const { chain } = strand;
  const links = new Links(strand);
  const until = options.until ?? { segment: chain.count, size: await chain.fileSize(chain.count) };
  for (let segment = 1; segment < until.segment; segment += 1) {
    const size = await chain.fileSize(segment);
    const offset = await readLines(links, options.visit, { chain, segment, size });
    if (offset < size || !links.betweenGroups) {
      throw new StoreDamagedError(chain.path(segment), `byte ${offset}`, 'the segment ends inside a record or a group');
    }
  }
  const { segment, size } = until;
  const offset = await readLines(links, options.visit, { chain, segment, size });
  const rest = await chain.read(segment, offset, size - offset);
  const end = naming(chain.path(segment), offset, () => links.end({ segment, offset, rest }));
  await options.visit(links.whole());
  return end;
}

/** A place in the chain: bytes of a segment. */
export interface ChainPlace {
  readonly segment: number;
  readonly size: number;
}

function naming<T>(path: string, offset: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof BrokenLineError)) throw error;
    throw new StoreDamagedError(path, `byte ${offset}`, error.message, { cause: error });
  }
}

/** Reads the complete lines of one segment. @returns the offset behind the last newline. */
async function readLines(
  links: Links,
  visit: (records: readonly PlacedRecord[]) => void | Promise<void>,
  { chain, segment, size }: { readonly chain: Segments; readonly segment: number; readonly size: number },
): Promise<number> {
  let offset = chain.headerLength(segment);
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
        naming(chain.path(segment), at, () => links.add(decodeLine(line), segment, at));
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

/** Follows the chain from record to record. */
class Links {
  readonly #strand: Strand;
  readonly #payloadEnds = new Map<number, number>();
  #payloadSegment = 1;
  #group: PlacedRecord[] = [];
  #whole: PlacedRecord[] = [];
  #sequence = 0;
  #head: string;
  /** As of the last whole group. */
  #kept: { sequence: number; head: string };

  constructor(strand: Strand) {
    this.#strand = strand;
    this.#head = strand.genesis;
    this.#kept = { sequence: 0, head: this.#head };
  }

  get betweenGroups(): boolean {
    return this.#group.length === 0;
  }

  /** The records of groups that became whole since this was asked last. */
  whole(): readonly PlacedRecord[] {
    const records = this.#whole;
    this.#whole = [];
    return records;
  }

  add(line: RecordLine, segment: number, offset: number): void {
    const { record, digest, group } = line;
    if (record.sequence !== this.#sequence + 1) {
      throw new BrokenLineError(`record ${this.#sequence + 1} was expected, not ${record.sequence}`);
    }
    if (record.previous !== this.#head)
      throw new BrokenLineError(`record ${record.sequence} does not follow the one before`);
    const first = this.#group[0]?.group ?? { first: record.sequence, last: group.last };
    if (group.first !== first.first || group.last !== first.last || group.last < record.sequence) {
      throw new BrokenLineError(`record ${record.sequence} is not of the group it stands in`);
    }
    if ((line.payload === undefined) !== (record.payload === undefined)) {
      throw new BrokenLineError(`record ${record.sequence} and its place disagree about a payload`);
    }
    this.#sequence = record.sequence;
    this.#head = digest;
    this.#group.push({ record, digest, group, payload: line.payload, position: chainPosition(segment, offset) });
    if (record.sequence === group.last) this.#closeGroup();
  }

  #closeGroup(): void {
    for (const { payload } of this.#group) if (payload !== undefined) this.#follow(payload);
    for (const record of this.#group) this.#whole.push(record);
    this.#group = [];
    this.#kept = { sequence: this.#sequence, head: this.#head };
  }

  /** Frames stand one behind the other; where a segment is full, the next one begins behind its header. */
  #follow({ segment, offset, length }: NonNullable<RecordLine['payload']>): void {
    const { payloads } = this.#strand;
    if (segment === this.#payloadSegment + 1) this.#payloadSegment = segment;
    const expected = this.#payloadEnds.get(segment) ?? payloads.headerLength(segment);
    if (segment !== this.#payloadSegment || offset !== expected) {
      throw new BrokenLineError('a payload does not lie behind the one before');
    }
    this.#payloadEnds.set(segment, offset + length);
  }

  end(at: { readonly segment: number; readonly offset: number; readonly rest: Uint8Array }): ChainEnd {
    const { segment, offset, rest } = at;
    let lacksNewline = false;
    const tail = withoutNuls(rest);
    if (tail.length > 0 && !isTorn(tail)) {
      // All of a line but its newline: whole if it is the last of its group, as good as torn if not.
      this.add(decodeLine(tail), segment, offset);
      lacksNewline = this.betweenGroups;
    }
    const unfinished = this.#group[0];
    const wholeEnd = lacksNewline ? offset + tail.length : offset;
    const size = unfinished === undefined ? wholeEnd : unfinished.position - chainPosition(segment, 0);
    return {
      records: this.#kept.sequence,
      head: this.#kept.head,
      size,
      tornBytes: offset + rest.length - size,
      lacksNewline,
      payloadEnds: this.#payloadEnds,
    };
  }
}

function withoutNuls(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return bytes.subarray(0, end);
}

/** Is this the beginning of a line that was not written to its end? @throws {BrokenLineError} when it is no such thing. */
function isTorn(tail: Uint8Array): boolean {
  const announced = announcedLength(tail);
  if (announced === undefined) {
    if (tail.length < LONGEST_HEAD && !tail.includes(0x7b)) return true;
    throw new BrokenLineError('it does not begin like a record');
  }
  if (tail.length < announced - 1) return true;
  if (tail.length === announced - 1) return false;
  throw new BrokenLineError('a line does not end where it should');
}
