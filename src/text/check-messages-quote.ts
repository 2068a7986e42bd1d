const MAX_QUOTED = 120;
/** Of what is written, where marks are shown by number and take several characters each. */
const MAX_WRITTEN = 300;
/** Controls, invisible marks and direction overrides: shown by number, so that a quotation cannot mislead (V12). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/**
 * Text found in a badge, fit to stand in a sentence: at most 120 of its characters, nothing invisible among them, at most
 * 300 characters as written.
 */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 2 * MAX_QUOTED + 2)];
  let written = '';
  for (const character of characters.slice(0, MAX_QUOTED)) {
    const visible = character.replace(INVISIBLE, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
    if (written.length + visible.length > MAX_WRITTEN) return `${written}…`;
    written += visible;
  }
  return characters.length > MAX_QUOTED ? `${written}…` : written;
}
