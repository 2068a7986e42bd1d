import type { Json } from '../ports/json.js';
import { jsonPointer, type PointerStep } from './json-pointer.js';
import type { Localized } from './localized.js';
import { JSON_REFUSALS, type JsonExpectation, syntaxMessage } from './mistake-messages-json.js';

export { type DecodedText, decodeUtf8, type OtherEncoding } from './utf8.js';

export type StrictJsonReason =
  | 'syntax'
  | 'duplicate-member'
  | 'too-deep'
  | 'too-many-nodes'
  | 'lone-surrogate'
  | 'forbidden-member'
  | 'number-out-of-range';

export interface StrictJsonLimits {
  /** Containers inside one another; an array alone is 1 deep. */
  readonly maxDepth?: number;
  /** Values of any kind, containers and what they hold. */
  readonly maxNodes?: number;
}

export interface StrictJsonMistake {
  readonly ok: false;
  readonly reason: StrictJsonReason;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1, in UTF-16 code units as editors do. */
  readonly column: number;
  /** JSON Pointer to the value being read. */
  readonly pointer: string;
  readonly detail: Localized;
}

export type StrictJsonResult = { readonly ok: true; readonly value: Json } | StrictJsonMistake;

type OpenObject = { readonly members: Record<string, Json>; name: string };
type OpenArray = { readonly elements: Json[] };
type Open = OpenObject | OpenArray;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const FOUR_HEX_DIGITS = /[0-9a-fA-F]{4}/y;
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const LITERALS: readonly (readonly [string, Json])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/** Carries a refusal out of the scanner; never leaves this file. */
class Refusal extends Error {
  readonly reason: StrictJsonReason;
  readonly offset: number;
  readonly detail: Localized;

  constructor(reason: StrictJsonReason, offset: number, detail: Localized) {
    super(reason);
    this.reason = reason;
    this.offset = offset;
    this.detail = detail;
  }
}

/** From this length on, UTF-16 units, a text's strings are copied out of it and those alike are one. */
const LONG_TEXT = 65_536;

/** One pass over the text with a stack of its own, so that no nesting overflows the engine's. */
class Scanner {
  readonly #text: string;
  readonly #maxDepth: number;
  readonly #maxNodes: number;
  readonly #open: Open[] = [];
  /** Of a long text: its strings by what they say. */
  readonly #strings: Map<string, string> | undefined;
  #at: number;
  #nodes = 0;

  constructor(text: string, limits: StrictJsonLimits) {
    this.#text = text;
    this.#maxDepth = limits.maxDepth ?? 64;
    this.#maxNodes = limits.maxNodes ?? 20_000;
    this.#at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
    this.#strings = text.length >= LONG_TEXT ? new Map() : undefined;
  }

  run(): Json {
    for (;;) {
      let value = this.#startValue();
      // A container that was opened and is not empty: its first value comes next.
      if (value === undefined) continue;
      for (;;) {
        const parent = this.#open.at(-1);
        if (parent === undefined) {
          this.#skipSpace();
          if (this.#at < this.#text.length) this.#fail('end-of-text');
          return value;
        }
        if ('members' in parent) parent.members[parent.name] = value;
        else parent.elements.push(value);
        if (this.#anotherFollows(parent)) break;
        this.#open.pop();
        value = 'members' in parent ? parent.members : parent.elements;
      }
    }
  }

  /** Where the scanner stands, as steps. */
  path(): PointerStep[] {
    return this.#open.map((open) => ('members' in open ? open.name : open.elements.length));
  }

  /** Reads a scalar or an empty container whole; opens any other container and returns `undefined`. */
  #startValue(): Json | undefined {
    this.#skipSpace();
    this.#nodes += 1;
    if (this.#nodes > this.#maxNodes) this.#refuse('too-many-nodes', JSON_REFUSALS.tooManyNodes(this.#maxNodes));
    const first = this.#text[this.#at];
    if (first === '"') return this.#string();
    if (first === '{') return this.#openObject();
    if (first === '[') return this.#openArray();
    if (first === '-' || (first !== undefined && first >= '0' && first <= '9')) return this.#number();
    for (const [word, value] of LITERALS) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#fail('value');
  }

  #openObject(): Json | undefined {
    this.#checkDepth();
    this.#at += 1;
    this.#skipSpace();
    const members: Record<string, Json> = {};
    if (this.#take('}')) return members;
    const open = { members, name: '' };
    const outer = this.#open.at(-1);
    this.#open.push(open);
    this.#name(open, outer);
    return undefined;
  }

  #openArray(): Json | undefined {
    this.#checkDepth();
    this.#at += 1;
    this.#skipSpace();
    if (this.#take(']')) return [];
    this.#open.push({ elements: [] });
    return undefined;
  }

  /** After a value inside a container: true when a comma (and, in an object, a name) announces another. */
  #anotherFollows(parent: Open): boolean {
    this.#skipSpace();
    const isObject = 'members' in parent;
    if (this.#take(isObject ? '}' : ']')) return false;
    if (!this.#take(',')) this.#fail(isObject ? 'comma-or-brace' : 'comma-or-bracket');
    if (isObject) this.#name(parent, this.#open.at(-2));
    return true;
  }

  /** Reads `"name" :` into the open object. Names are compared as decoded: `"a"` and `"\u0061"` are one name. */
  #name(open: OpenObject, outer: Open | undefined): void {
    this.#skipSpace();
    if (this.#text[this.#at] !== '"') this.#fail('member-name');
    const start = this.#at;
    const name = this.#string();
    open.name = name;
    const pollutes = name === 'prototype' && outer !== undefined && 'members' in outer && outer.name === 'constructor';
    if (name === '__proto__' || pollutes) {
      this.#refuse('forbidden-member', JSON_REFUSALS.forbiddenMember(pollutes ? 'constructor.prototype' : name), start);
    }
    if (Object.hasOwn(open.members, name)) {
      this.#refuse('duplicate-member', JSON_REFUSALS.duplicateMember(name), start);
    }
    this.#skipSpace();
    if (!this.#take(':')) this.#fail('colon');
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at + 1;
    let at = start;
    let pieces = '';
    let pieceStart = start;
    let surrogates = false;
    for (;;) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (code === BACKSLASH) {
        this.#at = at + 1;
        pieces += text.slice(pieceStart, at) + this.#escape();
        at = this.#at;
        pieceStart = at;
        surrogates = true;
      } else if (code >= 0x20) {
        if (code >= 0xd800 && code <= 0xdfff) surrogates = true;
        at += 1;
      } else {
        this.#at = at;
        this.#fail(Number.isNaN(code) ? 'closing-quote' : 'escaped-control-character');
      }
    }
    this.#at = at + 1;
    const value = pieceStart === start ? text.slice(start, at) : pieces + text.slice(pieceStart, at);
    if (surrogates && LONE_SURROGATE.test(value)) {
      this.#refuse('lone-surrogate', JSON_REFUSALS.loneSurrogate, start - 1);
    }
    return this.#strings === undefined ? value : this.#kept(value, this.#strings);
  }

  /** A part of a text keeps the whole text in memory, for as long as anything that was read from it. */
  #kept(value: string, strings: Map<string, string>): string {
    const known = strings.get(value);
    if (known !== undefined) return known;
    const copy: string = JSON.parse(JSON.stringify(value));
    strings.set(copy, copy);
    return copy;
  }

  /** The character after a backslash, `\u` sequences one code unit at a time. */
  #escape(): string {
    const letter = this.#text[this.#at] ?? '';
    if (letter === 'u') {
      FOUR_HEX_DIGITS.lastIndex = this.#at + 1;
      const digits = FOUR_HEX_DIGITS.exec(this.#text)?.[0] ?? this.#fail('escape');
      this.#at += 5;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = ESCAPES.get(letter) ?? this.#fail('escape');
    this.#at += 1;
    return character;
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const written = NUMBER.exec(this.#text)?.[0] ?? this.#fail('value');
    const value = Number(written);
    if (!Number.isFinite(value))
      this.#refuse('number-out-of-range', JSON_REFUSALS.numberOutOfRange(written.slice(0, 40)));
    this.#at += written.length;
    return value;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #checkDepth(): void {
    if (this.#open.length >= this.#maxDepth) this.#refuse('too-deep', JSON_REFUSALS.tooDeep(this.#maxDepth));
  }

  #fail(expectation: JsonExpectation): never {
    const code = this.#text.codePointAt(this.#at);
    const found = code === undefined ? undefined : String.fromCodePoint(code);
    return this.#refuse('syntax', syntaxMessage(expectation, found));
  }

  #refuse(reason: StrictJsonReason, detail: Localized, offset = this.#at): never {
    throw new Refusal(reason, offset, detail);
  }
}

function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(text.charCodeAt(0) === 0xfeff ? 1 : 0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/**
 * Reads JSON as RFC 8259 writes it, and refuses what `JSON.parse` lets pass: a member named twice (it would silently
 * keep the last), names that reach prototypes, halves of characters, numbers beyond the double range, nesting and
 * sizes beyond the limits. A leading byte-order mark is skipped. Never throws; stops at the first refusal.
 * @param text decoded text, see {@link decodeUtf8} for bytes
 * @param limits `maxDepth` 64 and `maxNodes` 20,000 unless told
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function parseStrictJson(text: string, limits: StrictJsonLimits = {}): StrictJsonResult {
  const scanner = new Scanner(text, limits);
  try {
    return { ok: true, value: scanner.run() };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason, offset, detail } = error;
    return { ok: false, reason, ...placeOf(text, offset), pointer: jsonPointer(scanner.path()), detail };
  }
}
