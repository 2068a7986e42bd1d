import { type OpenFont, runDirection, shapeRun, type TextRun } from '../text-runs.js';

/** Tells how wide text is, in ems: multiply by the size of the type. */
export type TextMeasure = (runs: readonly TextRun[]) => number;

/** @returns a measure that remembers what it measured; one is made for each document. */
export function createTextMeasure(): TextMeasure {
  const known = new Map<OpenFont, Map<string, number>>();
  return (runs) =>
    runs.reduce((sum, run) => {
      const widths = known.get(run.font) ?? new Map<string, number>();
      known.set(run.font, widths);
      const key = `${runDirection(run)} ${run.text}`;
      const width = widths.get(key) ?? emsOf(run);
      widths.set(key, width);
      return sum + width;
    }, 0);
}

/** The width of a run. */
export function emsOf(run: TextRun): number {
  return shapeRun(run).reduce((sum, { xAdvance }) => sum + xAdvance, 0) / run.font.unitsPerEm;
}
