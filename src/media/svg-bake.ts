import { BakingError, bakeableForm } from './baking.js';
import { BADGE_NAMESPACE, readSvg, type SvgReading } from './svg-reader.js';

const PREFIX = 'openbadges';

/**
 * Writes a signed badge into an SVG, as the first child of the root. A badge of Open Badges 3.0 that was there is
 * replaced; everything else stays character for character.
 *
 * JSON stands in a CDATA section, in which `]]>` cannot: it is written `]]\u003e`, the same JSON value. XML also knows
 * two characters fewer than JSON, U+FFFE and U+FFFF; they are escaped likewise. Any other text comes out as it went in.
 * @param picture the file's bytes, or its text.
 * @param credential the badge's JSON text, or its compact JWS.
 * @returns the new picture, UTF-8.
 * @throws {BakingError}
 * @see https://www.imsglobal.org/spec/ob/v3p0/#svgs
 */
export function bakeSvg(picture: Uint8Array | string, credential: string): Uint8Array {
  const form = bakeableForm(credential);
  const svg = readSvg(picture);
  if (!svg.ok) throw new BakingError('picture', 'the SVG is damaged, or holds a DOCTYPE or an entity');
  const { declaration, local } = namespaceFor(svg);
  const element =
    form === 'jws'
      ? `<${PREFIX}:credential${local} verify="${credential}"></${PREFIX}:credential>`
      : `<${PREFIX}:credential${local}><![CDATA[${inCdata(credential)}]]></${PREFIX}:credential>`;
  return new TextEncoder().encode(startOf(svg, declaration) + element + restOf(svg));
}

/** Both `]]>` and the two characters can stand in JSON strings only, where an escape means the same. */
function inCdata(json: string): string {
  return json.replaceAll(']]>', ']]\\u003e').replaceAll('\uFFFE', '\\ufffe').replaceAll('\uFFFF', '\\uffff');
}

/** The root declares the namespace, unless it needs that prefix for another: then the badge's own element does. */
function namespaceFor({ root }: SvgReading): { readonly declaration: string; readonly local: string } {
  const attribute = ` xmlns:${PREFIX}="${BADGE_NAMESPACE}"`;
  const declared = root.declared.get(PREFIX);
  if (declared === undefined) return { declaration: attribute, local: '' };
  return { declaration: '', local: declared === BADGE_NAMESPACE ? '' : attribute };
}

/** Everything up to the root's start tag, which is not an empty one any more. */
function startOf({ text, root }: SvgReading, declaration: string): string {
  const tagEnd = root.end - (root.empty ? 2 : 1);
  return `${text.slice(0, tagEnd)}${declaration}>`;
}

/** What followed the root's start tag, without the badges it held; an empty root gets its end tag. */
function restOf({ text, root, badges }: SvgReading): string {
  let rest = '';
  let from = root.end;
  for (const { start, end } of badges.filter(({ version }) => version === 3)) {
    rest += text.slice(from, start);
    from = end;
  }
  rest += text.slice(from);
  if (!root.empty) return rest;
  const [name = ''] = /^[^\t\n\r />]+/.exec(text.slice(root.start + 1)) ?? [];
  return `</${name}>${rest}`;
}
