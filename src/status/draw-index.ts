import { DomainError } from '../ports/error.js';
import type { Random } from '../ports/random.js';
import { getBit, STATUS_LIST_LENGTH } from './bitstring.js';

export { STATUS_LIST_LENGTH };

/**
 * Share of a list that is used before the next one is opened. The last free places of a full list would be easy to
 * guess, and drawing them slow.
 */
const FULL_ENOUGH = 0.9;
/** Draws made before the free places are counted: at nine tenths full, one index in 850 is drawn that way. */
const BLIND_DRAWS = 64;
const WORD_BYTES = 4;
const WORD_RANGE = 2 ** 32;

/** A list to draw from. */
interface DrawnList {
  /** One bit per index, left-most first: drawn before. */
  readonly used: Uint8Array;
  /** Not to be drawn either. */
  readonly except?: ReadonlySet<number>;
  /** Entries of the list, at most 2³². */
  readonly length: number;
  readonly random: Random;
}

/**
 * Draws free indexes, no two of them the same, each as likely as any other.
 * @returns indexes, counted from the left-most bit.
 * @throws {StatusListFullError} when there are not as many.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#herd-privacy
 */
export function drawFreeIndexes(count: number, list: DrawnList): number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) {
    drawn.add(drawWhere((index) => !drawn.has(index) && isFree(list, index), list));
  }
  return [...drawn];
}

function isFree({ used, except }: DrawnList, index: number): boolean {
  return !getBit(used, index) && except?.has(index) !== true;
}

function drawWhere(
  mayBe: (index: number) => boolean,
  { length, random }: Pick<DrawnList, 'length' | 'random'>,
): number {
  for (let draw = 0; draw < BLIND_DRAWS; draw++) {
    const index = drawBelow(length, random);
    if (mayBe(index)) return index;
  }
  const free: number[] = [];
  for (let index = 0; index < length; index++) if (mayBe(index)) free.push(index);
  const drawn = free.length === 0 ? undefined : free[drawBelow(free.length, random)];
  if (drawn === undefined) throw new StatusListFullError(length);
  return drawn;
}

/** Is it time for the next list? @param used how many indexes were ever drawn. */
export function shouldOpenNextList(used: number, length: number): boolean {
  return used >= length * FULL_ENOUGH;
}

/** Uniform in [0, limit): words that would favour small values are thrown away. */
function drawBelow(limit: number, random: Random): number {
  const fair = WORD_RANGE - (WORD_RANGE % limit);
  for (;;) {
    const bytes = random.bytes(WORD_BYTES);
    const word = new DataView(bytes.buffer, bytes.byteOffset, WORD_BYTES).getUint32(0);
    if (word < fair) return word % limit;
  }
}

/** Every index of the list was drawn. */
export class StatusListFullError extends DomainError {
  override readonly code = 'status-list-full';
  readonly length: number;

  constructor(length: number) {
    super(`all ${length} entries of the status list are taken`);
    this.length = length;
  }
}
