import { readable } from './colour.js';

/** The darker of the two grounds that pages put text on; what can be read on it can be read on both. */
export const PAGE_GROUND = '#f3efe6';

/** Colours an institution chose. */
interface ChosenColours {
  readonly primary: string;
  readonly accent?: string | undefined;
}

/**
 * The style sheet that gives pages an institution's colours: text keeps a contrast of 4.5 to 1 on every ground, and white
 * text on the colour does too. @param colours `#rrggbb`.
 */
export function lookStyleSheet({ primary, accent }: ChosenColours): string {
  const brand = readable(primary, PAGE_GROUND);
  return `:root{--brand:${brand};--accent:${accent ?? brand}}\n`;
}
