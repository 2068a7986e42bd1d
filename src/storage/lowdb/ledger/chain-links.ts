import { announcedLength, BrokenLineError, decodeLine, type RecordLine } from './record-line.js';
import type { ChainPlace } from './scan-chain.js';
import { chainPosition, type Strand } from './strand.js';

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

/** Where a chain is gone on with: behind a record that is known to be as written. */
export interface ChainStart {
  readonly place: ChainPlace;
  readonly records: number;
  readonly head: string;
  readonly payloadEnds: ReadonlyMap<number, number>;
}

/** Follows the chain from record to record. */
export class ChainLinks {
  readonly #strand: Strand;
  readonly #payloadEnds: Map<number, number>;
  #payloadSegment: number;
  #group: PlacedRecord[] = [];
  #whole: PlacedRecord[] = [];
  #sequence: number;
  #head: string;
  /** As of the last whole group. */
  #kept: { sequence: number; head: string };

  constructor(strand: Strand, start?: ChainStart) {
    this.#strand = strand;
    this.#sequence = start?.records ?? 0;
    this.#head = start?.head ?? strand.genesis;
    this.#payloadEnds = new Map(start?.payloadEnds);
    this.#payloadSegment = Math.max(1, ...this.#payloadEnds.keys());
    this.#kept = { sequence: this.#sequence, head: this.#head };
  }

  /** Sequence of the record that has to come next. */
  get expected(): number {
    return this.#sequence + 1;
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
