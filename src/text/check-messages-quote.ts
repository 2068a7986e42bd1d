const MAX_QUOTED = 120;
/** Controls, invisible marks and direction overrides: shown by number, so that a quotation cannot mislead (V12). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Text found in a badge, fit to stand in a sentence: at most 120 characters, nothing invisible in it. */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 2 * MAX_QUOTED)];
  const cut = characters.slice(0, MAX_QUOTED).join('');
  const visible = cut.replace(INVISIBLE, (mark) => `\\u{${(mark.codePointAt(0) ?? 0).toString(16)}}`);
  return characters.length > MAX_QUOTED ? `${visible}…` : visible;
}
