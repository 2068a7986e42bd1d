import { type DecodedText, decodeUtf8 } from '../text/utf8.js';
import { type Damage, damaged } from './extraction.js';
import { WHITE_SPACE } from './xml-grammar.js';
import { readXml, type XmlElement, type XmlVisitor } from './xml-reader.js';
import { refuse, XmlRefusal } from './xml-refusal.js';

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
/** @see https://www.imsglobal.org/spec/ob/v3p0/#svgs */
export const BADGE_NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';
/** Of Open Badges 1 and 2, whose element is `assertion`. */
const OLDER_NAMESPACE = 'http://openbadges.org';

/** An element that carries a badge, of this standard or of the earlier one. */
export interface SvgBadge {
  readonly version: 3 | 2;
  /** The attribute `verify`; undefined where there is none. */
  readonly verify: string | undefined;
  /** The text in the element, without the white space around a CDATA section. */
  readonly body: string;
  /** Where its start tag begins, and the place after its end tag. */
  readonly start: number;
  readonly end: number;
}

export interface SvgReading {
  readonly ok: true;
  /** Without byte-order mark; places count its UTF-16 code units. */
  readonly text: string;
  readonly root: XmlElement;
  /** In the order of the document, wherever they stand. */
  readonly badges: readonly SvgBadge[];
}

/** Reads an SVG and finds the badges in it. A DOCTYPE or an entity is refused, whatever it says (threat case V60). */
export function readSvg(
  picture: Uint8Array | string,
): SvgReading | Damage | { readonly ok: false; readonly problem: 'markup-refused' } {
  const decoded: DecodedText =
    typeof picture === 'string' ? { ok: true, text: withoutMark(picture) } : decodeUtf8(picture);
  if (!decoded.ok) return damaged('svg-not-utf-8', decoded.offset);
  const finder = new BadgeFinder();
  try {
    readXml(decoded.text, finder);
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    const { reason, at } = error;
    return reason === 'markup-refused' ? { ok: false, problem: reason } : damaged(reason, at);
  }
  const { root, badges } = finder;
  return root === undefined ? damaged('not-svg', 0) : { ok: true, text: decoded.text, root, badges };
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

class BadgeFinder implements XmlVisitor {
  root: XmlElement | undefined;
  readonly badges: SvgBadge[] = [];
  #current: { readonly element: XmlElement; readonly version: 3 | 2; text: string[]; cdata: string[] } | undefined;

  startElement(element: XmlElement): void {
    const { name, depth, start } = element;
    if (depth === 1) {
      if (name.local !== 'svg' || name.namespace !== SVG_NAMESPACE) refuse('not-svg', start);
      this.root = element;
    }
    if (this.#current !== undefined) refuse('svg-credential-content', start);
    const version = versionOf(element);
    if (version !== undefined) this.#current = { element, version, text: [], cdata: [] };
  }

  endElement(depth: number, end: number): void {
    if (this.#current?.element.depth !== depth) return;
    const { element, version, text, cdata } = this.#current;
    const verify = element.attributes.find(({ name }) => name.namespace === '' && name.local === 'verify')?.value;
    const onlyCdata = text.every((piece) => WHITE_SPACE.test(piece));
    if (!onlyCdata && cdata.length > 0) refuse('svg-credential-content', element.start);
    const body = onlyCdata ? cdata.join('') : text.join('').trim();
    this.badges.push({ version, verify, body, start: element.start, end });
    this.#current = undefined;
  }

  characters(text: string, kind: 'text' | 'cdata'): void {
    this.#current?.[kind].push(text);
  }

  aside(at: number): void {
    if (this.#current !== undefined) refuse('svg-credential-content', at);
  }
}

function versionOf({ name: { namespace, local } }: XmlElement): 3 | 2 | undefined {
  if (namespace === BADGE_NAMESPACE && local === 'credential') return 3;
  return namespace === OLDER_NAMESPACE && local === 'assertion' ? 2 : undefined;
}
