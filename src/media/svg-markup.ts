const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What XML 1.0 cannot hold in any form. @see https://www.w3.org/TR/xml/#charsets */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Text as the content or an attribute of an SVG element. */
export function svgText(text: string): string {
  return text.replace(NOT_XML, '\uFFFD').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A number of a drawing, to a tenth of a unit. */
export function unit(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A point on a circle; 0 is up, a whole turn is 1, clockwise. */
export function onCircle(
  turn: number,
  { x, y, radius }: { readonly x: number; readonly y: number; readonly radius: number },
): readonly [x: number, y: number] {
  const angle = 2 * Math.PI * turn - Math.PI / 2;
  return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
}
