import { visible } from '../text/visible.js';
import { type BadgePicture, drawSeal } from './badge-picture.js';
import { fitText } from './line-breaks.js';
import { BADGE_SIDE, drawLines, LEADING } from './picture-blocks.js';
import { INK, pictureColours } from './picture-colours.js';
import { unit } from './svg-markup.js';
import type { Typesetter, Weight } from './typeset.js';

/** Size of the card, in pixels: what LinkedIn asks of a picture shown in full width. */
export const CARD = { width: 1200, height: 627 } as const;

/** What a badge's page says of it that a preview must not leave out. */
export interface CardState {
  readonly text: string;
  readonly tone: 'bad' | 'hold' | 'open';
}

export interface PreviewCard {
  /** The badge; left out where nothing of it may be shown as fact. */
  readonly badge?: BadgePicture;
  /** Above the title: what this is. Not said where nothing is shown as fact. */
  readonly kind: string;
  /** Below it, a line each. */
  readonly details: readonly string[];
  /** At the foot: where to check it. */
  readonly foot: string;
  /** Of a badge that does not simply hold. */
  readonly state?: CardState;
}

const GROUND = '#f5f2ea';
const SEAL_SIDE = 543;
const LEFT = 640;
const WIDTH = CARD.width - LEFT - 56;
const BANDS: Readonly<Record<CardState['tone'], string>> = { bad: '#a32020', hold: '#8f5b00', open: '#4b5a74' };

interface Line {
  readonly text: string;
  readonly colour: string;
  readonly weight: Weight;
  readonly sizes: readonly [number, ...number[]];
  readonly maxLines: number;
  readonly gap: number;
}

/**
 * The card that announces a link to a badge: its picture, its name, who awards it. The card lives on in others' caches,
 * so it never says that a badge is valid, only where to look; but what is wrong with a badge it says at once.
 * @returns an SVG document of 1200 × 627 units, of outlines only.
 */
export function drawPreviewCard(card: PreviewCard, typesetter: Typesetter): string {
  const { badge, state } = card;
  const colours = pictureColours(badge?.colours ?? {});
  const band = state === undefined ? colours.primary : BANDS[state.tone];
  const seal =
    badge === undefined
      ? ''
      : `<g transform="translate(48 ${unit((CARD.height - SEAL_SIDE) / 2)}) scale(${SEAL_SIDE / BADGE_SIDE})"${state === undefined ? '' : ' opacity="0.32"'}>${drawSeal(badge, typesetter)}</g>`;
  const left = badge === undefined ? 96 : LEFT;
  const width = badge === undefined ? CARD.width - 2 * left : WIDTH;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CARD.width} ${CARD.height}" width="${CARD.width}" height="${CARD.height}">`,
    `<rect width="${CARD.width}" height="${CARD.height}" fill="${GROUND}"/>`,
    `<rect width="${CARD.width}" height="14" fill="${band}"/>`,
    seal,
    drawColumn(linesOf(card, { heading: colours.heading, soft: colours.soft, band }), { left, width }, typesetter),
    '</svg>',
  ].join('');
}

function linesOf(
  { badge, kind, details, foot, state }: PreviewCard,
  colours: { readonly heading: string; readonly soft: string; readonly band: string },
): Line[] {
  const line = (text: string, look: Partial<Line> = {}): Line => ({
    text,
    colour: colours.soft,
    weight: 'regular',
    sizes: [27, 24],
    maxLines: 1,
    gap: 10,
    ...look,
  });
  const title: Partial<Line> = { colour: INK, weight: 'semibold', sizes: [58, 52, 46, 41, 36], maxLines: 4, gap: 24 };
  return [
    ...(badge === undefined ? [] : [line(kind, { colour: colours.heading, weight: 'semibold', sizes: [25], gap: 18 })]),
    ...(state === undefined
      ? []
      : [line(state.text, { colour: colours.band, weight: 'semibold', sizes: [44, 40, 36], maxLines: 2, gap: 18 })]),
    ...(badge === undefined
      ? []
      : [
          line(badge.title, state === undefined ? title : { ...title, sizes: [38, 34, 30], maxLines: 3 }),
          line(badge.institution, { colour: INK, sizes: [30, 27, 24], maxLines: 2 }),
        ]),
    ...details.map((detail) => line(detail)),
    line(foot, { colour: colours.heading, weight: 'semibold', sizes: [25, 22, 20], gap: 0 }),
  ].filter(({ text }) => text.trim() !== '');
}

function drawColumn(
  lines: readonly Line[],
  { left, width }: { readonly left: number; readonly width: number },
  typesetter: Typesetter,
): string {
  const blocks = lines.map(({ text, colour, gap, ...fit }, index) => {
    const fitted = fitText(visible(text), { ...fit, width }, typesetter);
    const rightToLeft = typesetter.direction(text) === 'rtl';
    return {
      fitted,
      colour,
      weight: fit.weight,
      anchor: rightToLeft ? ('right' as const) : ('left' as const),
      x: rightToLeft ? left + width : left,
      height: fitted.lines.length * fitted.size * LEADING,
      // What stands last keeps a distance.
      gap: index === lines.length - 2 ? gap + 26 : gap,
    };
  });
  const height = blocks.reduce((sum, block) => sum + block.height + block.gap, 0);
  let top = (CARD.height - height) / 2;
  return blocks
    .map(({ fitted, height: own, gap, ...place }) => {
      const drawn = drawLines(typesetter, fitted, { ...place, top });
      top += own + gap;
      return drawn;
    })
    .join('');
}
