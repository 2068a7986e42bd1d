/**
 * Bitstrings of status lists: index 0 is the left-most (most significant) bit of the first byte.
 * @see https://www.w3.org/TR/vc-bitstring-status-list/#bitstring-encoding
 */

/** Entries of a list: the least that hides one holder among many (16 KiB). */
export const STATUS_LIST_LENGTH = 131_072;

/** A bitstring of `length` zeros. @param length entries, a multiple of 8. */
export function createBitstring(length: number = STATUS_LIST_LENGTH): Uint8Array {
  return new Uint8Array(length / 8);
}

/** Is the bit set? @throws {RangeError} for an index outside. */
export function getBit(bits: Uint8Array, index: number): boolean {
  return ((byteAt(bits, index) >> (7 - (index % 8))) & 1) === 1;
}

/** A copy with this bit set. @throws {RangeError} for an index outside. */
export function withBit(bits: Uint8Array, index: number): Uint8Array {
  const copy = bits.slice();
  copy[Math.floor(index / 8)] = byteAt(bits, index) | (0x80 >> (index % 8));
  return copy;
}

/**
 * The value of entry `index` where every entry takes `size` bits, most significant first.
 * @param size bits of one entry, 1 to 32.
 * @throws {RangeError} when the entry lies outside.
 */
export function readEntry(bits: Uint8Array, index: number, size: number): number {
  let value = 0;
  for (let offset = 0; offset < size; offset++) value = value * 2 + (getBit(bits, index * size + offset) ? 1 : 0);
  return value;
}

function byteAt(bits: Uint8Array, index: number): number {
  const byte = Number.isSafeInteger(index) && index >= 0 ? bits[Math.floor(index / 8)] : undefined;
  if (byte === undefined) throw new RangeError(`no entry ${index} in a list of ${bits.length * 8}`);
  return byte;
}
