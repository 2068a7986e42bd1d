import { visible } from '../text/visible.js';
import { type FittedText, fitText } from './line-breaks.js';
import { type Block, drawLines, LEADING, MIDDLE, type Setting, scaled, textBlock } from './picture-blocks.js';
import { INK } from './picture-colours.js';
import type { RingPart } from './seal-ring.js';
import { unit } from './svg-markup.js';

/** A competence on a badge's picture. */
export interface PictureCompetence extends RingPart {
  readonly name: string;
  /** Name of the level reached; null on the picture of an achievement, which nobody has reached yet. */
  readonly level: string | null;
}

/** The competences of a picture. */
export interface CompetenceList {
  readonly competences: readonly PictureCompetence[];
  /** Stands for those there is no room for: `+ 3`. */
  readonly more: (count: number) => string;
}

const ROW_WIDTH = 540;
const DENSE_ROW_WIDTH = 500;
const PIP = 22;
const MAX_PIPS = 8;
const MAX_ROWS = 5;

/** Name and level of each competence, and its steps as dots; what there is no room for is counted. */
export function competenceRows(picture: CompetenceList, setting: Setting): Block[] {
  const { competences } = picture;
  const shown = competences.length > MAX_ROWS ? competences.slice(0, MAX_ROWS - 1) : competences;
  const dense = shown.length > 3;
  const sizes = scaled(dense ? [27, 25, 23] : [29, 27, 25], setting.scale);
  // One size for all names: the largest in which the longest fits.
  const fitted = shown.map((competence) => nameOf(competence, { ...setting, dense, sizes }).size);
  const common = Math.min(sizes[0], ...fitted);
  const rows = shown.map((competence, index) =>
    competenceRow(competence, { ...setting, dense, sizes: [common], last: index === competences.length - 1 }),
  );
  if (shown.length === competences.length) return rows;
  const more = textBlock(setting, {
    text: picture.more(competences.length - shown.length),
    colour: setting.colours.soft,
    width: ROW_WIDTH,
    weight: 'regular',
    sizes: [23],
    maxLines: 1,
    gap: 24,
  });
  return [...rows, more];
}

interface RowSetting extends Setting {
  readonly dense: boolean;
  readonly sizes: readonly [number, ...number[]];
}

/** Width of a row, and what of it is left beside the dots. */
function rowWidths({ steps }: PictureCompetence, dense: boolean): { readonly row: number; readonly text: number } {
  const row = dense ? DENSE_ROW_WIDTH : ROW_WIDTH;
  return { row, text: row - (steps === 0 ? 0 : (steps > MAX_PIPS ? 4 : steps) * PIP + 14) };
}

function nameOf(competence: PictureCompetence, { typesetter, dense, sizes }: RowSetting): FittedText {
  const width = rowWidths(competence, dense).text;
  return fitText(visible(competence.name), { width, weight: 'semibold', sizes, maxLines: dense ? 1 : 2 }, typesetter);
}

function competenceRow(competence: PictureCompetence, setting: RowSetting & { readonly last: boolean }): Block {
  const { colours, typesetter, scale, dense, last } = setting;
  const { name, level, reached, steps } = competence;
  const { row: rowWidth, text: width } = rowWidths(competence, dense);
  const fraction = steps > MAX_PIPS ? `${reached}/${steps}` : '';
  const dots = fraction === '' ? steps : 0;
  const rightToLeft = typesetter.direction(name) === 'rtl';
  const [left, right] = [MIDDLE - rowWidth / 2, MIDDLE + rowWidth / 2];
  const place = rightToLeft ? { x: right, anchor: 'right' as const } : { x: left, anchor: 'left' as const };
  const heading = nameOf(competence, setting);
  const below =
    level === null
      ? { lines: [], size: 0 }
      : fitText(
          visible(level),
          { width, weight: 'regular', sizes: scaled(dense ? [23, 21] : [25, 23], scale), maxLines: 1 },
          typesetter,
        );
  const headingHeight = heading.lines.length * heading.size * LEADING;
  const height = headingHeight + below.lines.length * below.size * LEADING;
  return {
    width: rowWidth,
    height,
    gap: (last ? 26 : dense ? 11 : 18) * scale,
    draw: (top) =>
      [
        drawLines(typesetter, heading, { ...place, top, colour: INK, weight: 'semibold' }),
        drawLines(typesetter, below, { ...place, top: top + headingHeight, colour: colours.soft, weight: 'regular' }),
        drawLines(
          typesetter,
          { lines: fraction === '' ? [] : [fraction], size: 27 * scale },
          {
            x: rightToLeft ? left : right,
            anchor: rightToLeft ? 'left' : 'right',
            top: top + height / 2 - 17 * scale,
            colour: colours.heading,
            weight: 'semibold',
          },
        ),
        ...Array.from({ length: dots }, (_, dot) => {
          const offset = (dot + 0.5) * PIP;
          const x = unit(rightToLeft ? left + dots * PIP - offset : right - dots * PIP + offset);
          const y = unit(top + height / 2);
          return dot < reached
            ? `<circle cx="${x}" cy="${y}" r="8" fill="${colours.heading}"/>`
            : `<circle cx="${x}" cy="${y}" r="7" fill="none" stroke="${colours.soft}" stroke-width="2"/>`;
        }),
      ].join(''),
  };
}
