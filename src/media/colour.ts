/** Colours as `#rrggbb`; anything else is not one, and is never written into a picture. */
const COLOUR = /^#[0-9a-f]{6}$/i;

/** The colour, or another one where the text is none: what stands in a record must not become markup. */
export function colourOr(text: string | undefined, otherwise: string): string {
  return text !== undefined && COLOUR.test(text) ? text.toLowerCase() : otherwise;
}

/** A colour between two. @param share of the second, from 0 to 1. */
export function mix(one: string, other: string, share: number): string {
  const channel = (index: number) => channelOf(one, index) * (1 - share) + channelOf(other, index) * share;
  return `#${[0, 1, 2].map((index) => Math.round(channel(index)).toString(16).padStart(2, '0')).join('')}`;
}

/** How well two colours can be told apart, from 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/**
 * A colour as near to the wanted one as text on a background may be: it is moved towards black or white, whichever the
 * background is further from, until the contrast is reached.
 */
export function readable(wanted: string, background: string, least = 4.5): string {
  const end = contrast('#000000', background) >= contrast('#ffffff', background) ? '#000000' : '#ffffff';
  for (let share = 0; share < 1; share += 0.05) {
    const tried = mix(wanted, end, share);
    if (contrast(tried, background) >= least) return tried;
  }
  return end;
}

function channelOf(colour: string, index: number): number {
  return Number.parseInt(colour.slice(1 + 2 * index, 3 + 2 * index), 16);
}

/** @see https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((index) => {
    const share = channelOf(colour, index) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
