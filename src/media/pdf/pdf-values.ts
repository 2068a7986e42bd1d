import { refuse } from './pdf-refusal.js';

/** A value of a PDF object, as far as finding an attachment needs it: what strings say is never asked. */
export type PdfValue =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  /** Number of an object; its generation is always 0. */
  | { readonly kind: 'reference'; readonly object: number }
  | { readonly kind: 'array'; readonly items: readonly PdfValue[] }
  | { readonly kind: 'dictionary'; readonly entries: PdfDictionary }
  | { readonly kind: 'string' | 'constant' };

export type PdfDictionary = ReadonlyMap<string, PdfValue>;

/** How many values may still be read of a file: each costs memory, and an attestation has some thousands. */
export interface ValueBudget {
  left: number;
}

/** Nesting of the deepest honest attestation is 5. */
const MAX_DEPTH = 16;
const NAME = /^(?:[!"$&'*-.0-;=?-Z\\^-z|~\x80-\xff]|#[0-9A-Fa-f]{2})*$/;
const NUMBER = /^[+-]?(?:\d{1,12}(?:\.\d{0,12})?|\.\d{1,12})$/;
const INTEGER = /^\d{1,7}$/;
const CONSTANTS: ReadonlySet<string> = new Set(['true', 'false', 'null']);

/** White space and delimiters. @see ISO 32000-1, 7.2.2 */
const WHITE = new Set([0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);
const DELIMITERS = new Set(Array.from('()<>[]{}/%', (character) => character.charCodeAt(0)));

/** Reads the syntax of PDF from one place to another, strictly and without recursion deeper than its limit. */
export class PdfScanner {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #budget: ValueBudget;
  at: number;

  constructor(bytes: Uint8Array, place: { readonly start: number; readonly end: number }, budget: ValueBudget) {
    this.#bytes = bytes;
    this.#end = place.end;
    this.#budget = budget;
    this.at = place.start;
  }

  /** The next byte, -1 at the end. */
  peek(ahead = 0): number {
    const at = this.at + ahead;
    return at < this.#end ? (this.#bytes[at] ?? -1) : -1;
  }

  skipWhite(): void {
    while (WHITE.has(this.peek())) this.at += 1;
  }

  /** A word without delimiters, such as `obj` or `12`; empty where there is none. */
  word(): string {
    this.skipWhite();
    const start = this.at;
    while (this.peek() !== -1 && !WHITE.has(this.peek()) && !DELIMITERS.has(this.peek())) this.at += 1;
    return latin1(this.#bytes.subarray(start, this.at));
  }

  expect(word: string): void {
    const at = this.at;
    if (this.word() !== word) refuse('pdf-object', at);
  }

  /** @throws {PdfRefusal} */
  value(depth = 0): PdfValue {
    this.#budget.left -= 1;
    if (depth > MAX_DEPTH || this.#budget.left < 0) refuse('pdf-too-complex', this.at);
    this.skipWhite();
    switch (this.peek()) {
      case 0x2f:
        return { kind: 'name', name: this.#name() };
      case 0x28:
        return this.#literalString();
      case 0x5b:
        return this.#array(depth);
      case 0x3c:
        return this.peek(1) === 0x3c ? this.#dictionary(depth) : this.#hexString();
      default:
        return this.#plain();
    }
  }

  #name(): string {
    const start = this.at;
    this.at += 1;
    const next = this.peek();
    // An empty name may be followed by white space at once; a word would skip it.
    const written = WHITE.has(next) ? '' : this.word();
    if (!NAME.test(written)) refuse('pdf-value', start);
    return written.replace(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  #literalString(): PdfValue {
    const start = this.at;
    let open = 0;
    do {
      const byte = this.peek();
      if (byte === -1) refuse('pdf-value', start);
      if (byte === 0x5c) this.at += 1;
      else if (byte === 0x28) open += 1;
      else if (byte === 0x29) open -= 1;
      this.at += 1;
    } while (open > 0);
    return { kind: 'string' };
  }

  #hexString(): PdfValue {
    const start = this.at;
    this.at += 1;
    while (this.peek() !== 0x3e) {
      if (!/[0-9A-Fa-f\s]/.test(String.fromCharCode(this.peek() & 0xffff))) refuse('pdf-value', start);
      this.at += 1;
    }
    this.at += 1;
    return { kind: 'string' };
  }

  #array(depth: number): PdfValue {
    this.at += 1;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.peek() === 0x5d) break;
      items.push(this.value(depth + 1));
    }
    this.at += 1;
    return { kind: 'array', items };
  }

  #dictionary(depth: number): PdfValue {
    this.at += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipWhite();
      if (this.peek() === 0x3e && this.peek(1) === 0x3e) break;
      const at = this.at;
      if (this.peek() !== 0x2f) refuse('pdf-value', at);
      const key = this.#name();
      // Readers differ in which of two they take: a file that has both is not read at all.
      if (entries.has(key)) refuse('pdf-duplicate', at);
      entries.set(key, this.value(depth + 1));
    }
    this.at += 2;
    return { kind: 'dictionary', entries };
  }

  /** A number, a reference (`12 0 R`) or one of three constants. */
  #plain(): PdfValue {
    const start = this.at;
    const word = this.word();
    if (CONSTANTS.has(word)) return { kind: 'constant' };
    if (INTEGER.test(word)) {
      const after = this.at;
      if (this.word() === '0' && this.word() === 'R') return { kind: 'reference', object: Number(word) };
      this.at = after;
    }
    if (!NUMBER.test(word)) refuse('pdf-value', start);
    return { kind: 'number', value: Number(word) };
  }
}

export function latin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}
