/** Bytes are not the CBOR that was asked for. */
export class CborError extends Error {
  override readonly name = 'CborError';
}

/** Major types. @see https://www.rfc-editor.org/rfc/rfc8949#section-3.1 */
const UNSIGNED = 0;
const BYTES = 2;
const ARRAY = 4;
const MAP = 5;

/**
 * Reads CBOR one item at a time, each as the caller expects it: nothing is built but what was asked for. Takes only
 * what deterministic encoders write: lengths stated, heads in their shortest form, no tags.
 * @see https://www.rfc-editor.org/rfc/rfc8949#section-4.2.1
 */
export class CborReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** An unsigned integer. @throws {CborError} for anything else, or above `max`. */
  unsigned(max: number): number {
    return this.#head(UNSIGNED, max);
  }

  /** A byte string of this very length. @throws {CborError} */
  bytes(length: number): Uint8Array {
    if (this.#head(BYTES, length) !== length) throw new CborError(`a byte string of ${length} is expected`);
    return this.#take(length);
  }

  /** An array, every item read by `item`. @throws {CborError} */
  array<T>(maxItems: number, item: () => T): T[] {
    return Array.from({ length: this.arrayLength(maxItems) }, item);
  }

  /** The head of an array: how many items follow. @throws {CborError} */
  arrayLength(maxItems: number): number {
    return this.#head(ARRAY, maxItems);
  }

  /** A map, every entry read by `entry`, key first. @throws {CborError} */
  map<T>(maxEntries: number, entry: () => T): T[] {
    return Array.from({ length: this.#head(MAP, maxEntries) }, entry);
  }

  /** @throws {CborError} when bytes are left. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new CborError('bytes follow the last item');
  }

  #head(major: number, max: number): number {
    const [initial = 0] = this.#take(1);
    if (initial >> 5 !== major) throw new CborError(`major type ${initial >> 5} where ${major} is expected`);
    const argument = this.#argument(initial & 31);
    if (argument > max) throw new CborError(`${argument} where ${max} is the most`);
    return argument;
  }

  #argument(short: number): number {
    if (short < 24) return short;
    // 27, of 8 bytes, counts more than anything read here.
    if (short > 26) throw new CborError('an indefinite or an immense length');
    const length = 2 ** (short - 24);
    const value = this.#take(length).reduce((sum, byte) => sum * 256 + byte, 0);
    if (value < (length === 1 ? 24 : 256 ** (length / 2))) throw new CborError('a length not in its shortest form');
    return value;
  }

  #take(length: number): Uint8Array {
    const taken = this.#bytes.subarray(this.#at, this.#at + length);
    if (taken.length < length) throw new CborError('the bytes end early');
    this.#at += length;
    return taken;
  }
}
