import { colourOr, readable } from '../media/colour.js';
import { layOut, type Paragraph } from '../media/pdf/paragraph.js';
import { createTextMeasure } from '../media/pdf/text-measure.js';
import type { Typefaces, Voice } from '../media/pdf/typefaces.js';

/** What an institution sets for its pages. */
export interface Looks {
  readonly colours?: { readonly primary: string; readonly accent?: string | undefined } | undefined;
  /** PNG. */
  readonly logo?: Uint8Array | undefined;
}

export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly line: string;
  /** The institution's colour, and the same as far darkened as text on white needs. */
  readonly primary: string;
  readonly heading: string;
  readonly accent: string;
  readonly step: string;
}

const WHITE = '#ffffff';

/** The colours of a page: the institution's where they are set, readable on white whatever they are. */
export function paletteOf({ colours }: Looks): Palette {
  const primary = colourOr(colours?.primary, '#1d3a63');
  return {
    ink: '#1c2431',
    soft: '#535b68',
    line: '#d9d2c2',
    primary,
    heading: readable(primary, WHITE),
    accent: colourOr(colours?.accent, '#a8873f'),
    step: '#d3dae5',
  };
}

/** What a piece of text is set in. */
export interface Setting {
  readonly voice: Voice;
  /** Points, before the page is made smaller as a whole. */
  readonly size: number;
  readonly colour: string;
  readonly width: number;
  readonly maxLines?: number;
  readonly leading?: number;
}

/** Breaks the texts of one page into lines. */
export type SetText = (text: string, setting: Setting) => Paragraph;

const LEADING = 1.38;

/** @returns for a scale, the function that sets text at it; widths measured once serve every scale. */
export function createSetText(typefaces: Typefaces): (scale: number) => SetText {
  const measure = createTextMeasure();
  return (scale) =>
    (text, { voice, size, colour, width, maxLines, leading = LEADING }) =>
      layOut(typefaces.settable(text), {
        style: { fonts: typefaces.chains[voice], size: size * scale, leading, colour },
        width,
        measure,
        ...(maxLines === undefined ? {} : { maxLines }),
      });
}
