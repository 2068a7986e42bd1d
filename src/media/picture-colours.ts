import { colourOr, mix, readable } from './colour.js';

export const PAPER = '#fffefa';
export const INK = '#1c2431';
const NAVY = '#1d3a63';
const GOLD = '#c9a655';

/** Colours an institution chose, as `#rrggbb`. */
export interface ChosenColours {
  readonly primary?: string | undefined;
  readonly accent?: string | undefined;
}

/** The colours of a picture: a seal's body, what shines on it, what is faint on it; headings and side remarks on paper. */
export interface PictureColours {
  readonly primary: string;
  readonly accent: string;
  readonly faint: string;
  readonly heading: string;
  readonly soft: string;
}

/** The colours of a picture, each readable where it is used, whatever an institution chose. */
export function pictureColours({ primary, accent }: ChosenColours): PictureColours {
  const body = colourOr(primary, NAVY);
  return {
    primary: body,
    accent: readable(colourOr(accent, GOLD), body, 2.4),
    faint: mix(body, readable('#ffffff', body, 1.2), 0.2),
    heading: readable(body, PAPER, 5),
    soft: mix(INK, PAPER, 0.28),
  };
}
