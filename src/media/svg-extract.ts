import type { Extraction } from './extraction.js';
import { readSvg } from './svg-reader.js';

/**
 * Looks for the signed badge in an SVG: the `credential` element of the Open Badges 3.0 namespace, with a compact JWS in
 * its attribute `verify` or JSON inside it, never both. The namespace counts, not the prefix; a badge in a comment is
 * none; a compressed file (svgz) is refused without inflating.
 * @param picture the file's bytes, or its text.
 * @see https://www.imsglobal.org/spec/ob/v3p0/#svgs
 */
export function extractFromSvg(picture: Uint8Array | string): Extraction {
  if (picture[0] === 0x1f && picture[1] === 0x8b) return { ok: false, problem: 'compressed' };
  const svg = readSvg(picture);
  if (!svg.ok) return svg;
  const ours = svg.badges.filter(({ version }) => version === 3);
  const considered = ours.length > 0 ? ours : svg.badges;
  const [badge] = considered;
  if (considered.length > 1) return { ok: false, problem: 'several' };
  if (badge === undefined) return { ok: false, problem: 'none' };
  const { version, verify, body } = badge;
  if (version === 2) return { ok: false, problem: 'open-badges-2', text: body === '' ? (verify ?? '') : body };
  if (verify !== undefined && body !== '') return { ok: false, problem: 'several' };
  const text = verify ?? body;
  return text === '' ? { ok: false, problem: 'none' } : { ok: true, text };
}
