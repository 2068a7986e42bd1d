import { visible } from '../text/visible.js';
import { type CompetenceList, competenceRows, type PictureCompetence } from './competence-rows.js';
import { BADGE_SIDE, type Block, drawBlocks, MIDDLE, placed, type Setting, textBlock } from './picture-blocks.js';
import { type ChosenColours, INK, PAPER, type PictureColours, pictureColours } from './picture-colours.js';
import { levelRing, sealEdge } from './seal-ring.js';
import { svgText, unit } from './svg-markup.js';
import type { Typesetter } from './typeset.js';

/** What a badge's picture shows. Texts may be anything: they become outlines. */
export interface BadgePicture extends CompetenceList {
  readonly title: string;
  readonly institution: string;
  /** One line at the foot: credits, academic year. */
  readonly footing: string | null;
  readonly colours: ChosenColours;
}

/** Of each text in the title that is read out. */
const LABEL_CODE_UNITS = 300;
/** Radius texts stay within. */
const ROOM = 372;

/**
 * The picture of a badge: a seal in the institution's colours whose ring shows the levels reached, with the name of the
 * recognition, who awards it and the competences in words. All text is outlines, so it looks the same everywhere and
 * nothing in it can act; the texts themselves stand in `<title>`. The same data gives the same bytes.
 * @returns an SVG document of 1000 × 1000 units.
 */
export function drawBadge(picture: BadgePicture, typesetter: Typesetter): string {
  const body = drawSeal(picture, typesetter);
  const label = [picture.title, picture.institution, ...picture.competences.map(competenceLabel)]
    .map((text) => visible(text.slice(0, LABEL_CODE_UNITS)))
    .join(' · ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${BADGE_SIDE} ${BADGE_SIDE}" width="${BADGE_SIDE}" height="${BADGE_SIDE}" role="img">`,
    `<title>${svgText(label)}</title>`,
    body,
    '</svg>',
  ].join('');
}

/** The drawing itself, for a picture it is part of. */
export function drawSeal(picture: BadgePicture, typesetter: Typesetter): string {
  const colours = pictureColours(picture.colours);
  const centre = { x: MIDDLE, y: MIDDLE };
  return [
    `<path d="${sealEdge({ ...centre, radius: 498 })}" fill="${colours.primary}"/>`,
    `<circle cx="${MIDDLE}" cy="${MIDDLE}" r="458" fill="none" stroke="${colours.accent}" stroke-width="2.5"/>`,
    levelRing({
      ...centre,
      radius: 427,
      thickness: 30,
      parts: picture.competences,
      reachedColour: colours.accent,
      openColour: colours.faint,
    }),
    `<circle cx="${MIDDLE}" cy="${MIDDLE}" r="396" fill="${PAPER}"/>`,
    `<circle cx="${MIDDLE}" cy="${MIDDLE}" r="386" fill="none" stroke="${colours.accent}" stroke-width="1.5"/>`,
    drawBlocks(fittingBlocks(picture, colours, typesetter)),
  ].join('');
}

function competenceLabel({ name, level, reached, steps }: PictureCompetence): string {
  return level === null ? name : `${name}: ${level} (${reached}/${steps})`;
}

const SCALES = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7] as const;

/** The blocks in the largest scale in which every corner lies in the disc. */
function fittingBlocks(picture: BadgePicture, colours: PictureColours, typesetter: Typesetter): readonly Block[] {
  let blocks: readonly Block[] = [];
  for (const scale of SCALES) {
    blocks = blocksOf(picture, { colours, typesetter, scale });
    if (placed(blocks).every(isInside)) return blocks;
  }
  return blocks;
}

function isInside({ block, top }: { readonly block: Block; readonly top: number }): boolean {
  const reach = Math.max(Math.abs(top - MIDDLE), Math.abs(top + block.height - MIDDLE));
  return Math.hypot(block.width / 2, reach) <= ROOM;
}

function blocksOf(picture: BadgePicture, setting: Setting): Block[] {
  const { colours } = setting;
  const rows = competenceRows(picture, setting);
  const count = rows.length;
  return [
    ...(count > 3 ? [] : [markBlock(setting)]),
    textBlock(setting, {
      text: picture.institution,
      colour: colours.heading,
      width: 460,
      weight: 'semibold',
      sizes: [30, 27, 24],
      maxLines: 2,
      gap: count === 0 ? 40 : 26,
    }),
    textBlock(setting, {
      text: picture.title,
      colour: INK,
      width: count === 0 ? 640 : 620,
      weight: 'semibold',
      sizes: count === 0 ? [72, 64, 56, 50, 44] : count > 3 ? [56, 50, 45, 40] : [64, 56, 50, 45],
      maxLines: count === 0 ? 4 : count > 3 ? 2 : 3,
      gap: count === 0 ? 40 : 24,
    }),
    ruleBlock(setting, count > 3 ? 22 : 30),
    ...rows,
    ...(picture.footing === null
      ? []
      : [
          textBlock(setting, {
            text: picture.footing,
            colour: colours.heading,
            width: 330,
            weight: 'semibold',
            sizes: [28, 25, 22],
            maxLines: 1,
            gap: 0,
          }),
        ]),
  ];
}

/** Three rising bars: the levels of a competence, the mark of the house. */
function markBlock({ colours, scale }: Setting): Block {
  const heights = [18, 32, 46].map((height) => height * scale);
  const [step, width] = [24 * scale, 12 * scale];
  const foot = 46 * scale;
  return {
    width: 2 * step + width,
    height: foot,
    gap: 20 * scale,
    draw: (top) =>
      heights
        .map((height, index) => {
          const x = MIDDLE - step - width / 2 + index * step;
          const colour = index === heights.length - 1 ? colours.accent : colours.heading;
          return `<rect x="${unit(x)}" y="${unit(top + foot - height)}" width="${unit(width)}" height="${unit(height)}" rx="${unit(width / 2)}" fill="${colour}"/>`;
        })
        .join(''),
  };
}

function ruleBlock({ colours, scale }: Setting, gap: number): Block {
  return {
    width: 96,
    height: 4,
    gap: gap * scale,
    draw: (top) => `<rect x="${MIDDLE - 48}" y="${unit(top)}" width="96" height="4" rx="2" fill="${colours.accent}"/>`,
  };
}
