type Numbers = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/**
 * A list of numbers of fixed width that grows by doubling. The tables of the index are made of these: a hundred
 * thousand objects would cost several times their memory.
 */
export class Column<A extends Numbers> {
  readonly #make: (length: number) => A;
  #values: A;
  #length = 0;

  constructor(make: (length: number) => A) {
    this.#make = make;
    this.#values = make(16);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const grown = this.#make(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The value of a row that exists. */
  at(row: number): number {
    const value = this.#values[row];
    if (value === undefined || row >= this.#length) throw new RangeError(`row ${row} of ${this.#length}`);
    return value;
  }

  set(row: number, value: number): void {
    if (row >= this.#length) throw new RangeError(`row ${row} of ${this.#length}`);
    this.#values[row] = value;
  }

  /** A copy of all values, for {@link restore}. */
  saved(): A {
    const copy = this.#make(this.#length);
    copy.set(this.#values.subarray(0, this.#length));
    return copy;
  }

  restore(values: A): void {
    this.#values = values.length < 16 ? this.#make(16) : values;
    if (values.length < 16) this.#values.set(values);
    this.#length = values.length;
  }
}

/** Eight bytes: instants and positions. */
export const float64Column = () => new Column((length) => new Float64Array(length));
/** Four bytes: rows, indexes, versions. */
export const uint32Column = () => new Column((length) => new Uint32Array(length));
/** Two bytes: issuers and lists by number. */
export const uint16Column = () => new Column((length) => new Uint16Array(length));
/** One byte: states. */
export const uint8Column = () => new Column((length) => new Uint8Array(length));

/** Numbers texts that come again and again: issuers, lists. */
export class Names {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }

  known(name: string): number | undefined {
    return this.#numbers.get(name);
  }

  /** The names, for {@link restore}. */
  saved(): string[] {
    return [...this.#names];
  }

  restore(names: readonly string[]): void {
    for (const name of names) this.numberOf(name);
  }

  nameOf(number: number): string {
    const name = this.#names[number];
    if (name === undefined) throw new RangeError(`no name ${number}`);
    return name;
  }
}
