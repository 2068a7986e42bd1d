import {
  attributeValue,
  characterData,
  FORBIDDEN_CHARACTER,
  QUALIFIED_NAME,
  WHITE_SPACE,
  XML_DECLARATION,
} from './xml-grammar.js';
import { NamespaceScopes, type XmlName } from './xml-namespaces.js';
import { refuse } from './xml-refusal.js';

/** Tags inside one another; pictures drawn by people and programs stay far below. */
const MAX_DEPTH = 256;
const MAX_ATTRIBUTES = 1_000;

export interface XmlElement {
  readonly name: XmlName;
  /** Without namespace declarations. */
  readonly attributes: readonly { readonly name: XmlName; readonly value: string }[];
  /** Namespaces declared on this very tag: prefix (empty for the default) to URI. */
  readonly declared: ReadonlyMap<string, string>;
  /** The root is 1. */
  readonly depth: number;
  /** Where the start tag begins, and the place after its `>`. */
  readonly start: number;
  readonly end: number;
  /** `<a/>`: its end follows at once. */
  readonly empty: boolean;
}

/** What is said of a document while it is read. It may `refuse` to go on. */
export interface XmlVisitor {
  startElement(element: XmlElement): void;
  /** @param end the place after the end tag. */
  endElement(depth: number, end: number): void;
  /** Text inside the root, references resolved; line ends as written. */
  characters(text: string, kind: 'text' | 'cdata', at: number): void;
  /** A comment or a processing instruction inside the root. */
  aside(at: number): void;
}

/**
 * Reads XML 1.0 with namespaces, from untrusted hands: every rule of well-formedness that decides what belongs to what,
 * no DOCTYPE and no entity but the five every document has. One pass, no tree, a stack of bounded depth.
 * @param text decoded, without byte-order mark.
 * @throws {XmlRefusal} at the first thing that is wrong.
 * @see https://www.w3.org/TR/xml/ and https://www.w3.org/TR/xml-names/
 */
export function readXml(text: string, visitor: XmlVisitor): void {
  new Reader(text, visitor).run();
}

class Reader {
  readonly #text: string;
  readonly #visitor: XmlVisitor;
  readonly #scopes = new NamespaceScopes();
  /** Names of the open tags as written, for their end tags. */
  readonly #open: string[] = [];
  #rootSeen = false;
  #at = 0;

  constructor(text: string, visitor: XmlVisitor) {
    this.#text = text;
    this.#visitor = visitor;
  }

  run(): void {
    const forbidden = FORBIDDEN_CHARACTER.exec(this.#text);
    if (forbidden !== null) refuse('xml-character', forbidden.index);
    this.#declaration();
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] !== '<') this.#characters();
      else if (this.#text.startsWith('</', this.#at)) this.#endTag();
      else if (this.#text.startsWith('<?', this.#at)) this.#processingInstruction();
      else if (this.#text.startsWith('<!', this.#at)) this.#declarationLike();
      else this.#startTag();
    }
    if (this.#open.length > 0 || !this.#rootSeen) refuse('xml-tag', this.#at);
  }

  #declaration(): void {
    if (!/^<\?xml[\t\n\r ]/.test(this.#text)) return;
    const declaration = XML_DECLARATION.exec(this.#text);
    if (declaration === null) refuse('xml-declaration', 0);
    this.#at = declaration[0].length;
  }

  #characters(): void {
    const start = this.#at;
    const next = this.#text.indexOf('<', start);
    this.#at = next < 0 ? this.#text.length : next;
    const written = this.#text.slice(start, this.#at);
    if (this.#open.length === 0) {
      if (!WHITE_SPACE.test(written)) refuse('xml-markup', start);
      return;
    }
    this.#visitor.characters(characterData(written, start), 'text', start);
  }

  /** `<!--`, `<![CDATA[` or `<!DOCTYPE`. */
  #declarationLike(): void {
    const start = this.#at;
    if (this.#text.startsWith('<!--', start)) {
      const end = this.#text.indexOf('--', start + 4);
      if (end < 0 || this.#text[end + 2] !== '>') refuse('xml-markup', start);
      this.#at = end + 3;
      if (this.#open.length > 0) this.#visitor.aside(start);
    } else if (this.#text.startsWith('<![CDATA[', start) && this.#open.length > 0) {
      const end = this.#text.indexOf(']]>', start + 9);
      if (end < 0) refuse('xml-markup', start);
      this.#at = end + 3;
      this.#visitor.characters(this.#text.slice(start + 9, end), 'cdata', start);
    } else {
      const isDtd = /^<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(this.#text.slice(start, start + 12));
      refuse(isDtd ? 'markup-refused' : 'xml-markup', start);
    }
  }

  #processingInstruction(): void {
    const start = this.#at;
    this.#at += 2;
    const target = this.#name();
    const end = this.#text.indexOf('?>', this.#at);
    const follows = this.#text[this.#at] ?? '';
    if (end < 0 || target.includes(':') || target.toLowerCase() === 'xml') refuse('xml-markup', start);
    if (end !== this.#at && !WHITE_SPACE.test(follows)) refuse('xml-markup', start);
    this.#at = end + 2;
    if (this.#open.length > 0) this.#visitor.aside(start);
  }

  #startTag(): void {
    const start = this.#at;
    if (this.#open.length === 0 && this.#rootSeen) refuse('xml-tag', start);
    if (this.#open.length >= MAX_DEPTH) refuse('xml-too-deep', start);
    this.#at += 1;
    const qualified = this.#name();
    const written = this.#attributes();
    const empty = this.#text[this.#at] === '/';
    if (empty) this.#at += 1;
    if (this.#text[this.#at] !== '>') refuse('xml-tag', start);
    this.#at += 1;
    this.#rootSeen = true;
    const declared = this.#scopes.open(written, start);
    const name = this.#scopes.elementName(qualified, start);
    const attributes = this.#scopes.attributeNames(written, start);
    this.#open.push(qualified);
    const depth = this.#open.length;
    this.#visitor.startElement({ name, attributes, declared, depth, start, end: this.#at, empty });
    if (empty) this.#close();
  }

  /** Each attribute once, by the name it is written under. */
  #attributes(): Map<string, string> {
    const attributes = new Map<string, string>();
    for (;;) {
      const before = this.#at;
      this.#skipSpace();
      const next = this.#text[this.#at];
      if (next === '>' || next === '/' || next === undefined) return attributes;
      const start = this.#at;
      if (start === before) refuse('xml-attribute', start);
      const name = this.#name();
      this.#skipSpace();
      if (this.#text[this.#at] !== '=') refuse('xml-attribute', start);
      this.#at += 1;
      this.#skipSpace();
      const quote = this.#text[this.#at];
      if ((quote !== '"' && quote !== "'") || attributes.has(name)) refuse('xml-attribute', start);
      const end = this.#text.indexOf(quote, this.#at + 1);
      if (end < 0) refuse('xml-attribute', start);
      attributes.set(name, attributeValue(this.#text.slice(this.#at + 1, end), this.#at + 1));
      if (attributes.size > MAX_ATTRIBUTES) refuse('xml-too-many-attributes', start);
      this.#at = end + 1;
    }
  }

  #endTag(): void {
    const start = this.#at;
    this.#at += 2;
    if (this.#name() !== this.#open.at(-1)) refuse('xml-tag', start);
    this.#skipSpace();
    if (this.#text[this.#at] !== '>') refuse('xml-tag', start);
    this.#at += 1;
    this.#close();
  }

  #close(): void {
    this.#visitor.endElement(this.#open.length, this.#at);
    this.#open.pop();
    this.#scopes.close();
  }

  #name(): string {
    QUALIFIED_NAME.lastIndex = this.#at;
    const name = QUALIFIED_NAME.exec(this.#text)?.[0];
    if (name === undefined) refuse('xml-name', this.#at);
    this.#at += name.length;
    return name;
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at += 1;
    }
  }
}
