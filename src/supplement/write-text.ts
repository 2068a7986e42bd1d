import { badgeDay } from '../text/badge-dates.js';
import { SUPPLEMENT_TEXT } from '../text/supplement-text.js';
import type { SupplementLine, SupplementSnippets } from './compose-snippets.js';

/** Snippets as plain text for the copy button: one line an item, an empty line between awards. Ends with a newline. */
export function writeSnippetsText({ language, holder, entries }: SupplementSnippets): string {
  const text = SUPPLEMENT_TEXT[language];
  const written = (lines: readonly SupplementLine[]) =>
    lines.map(({ item, label, text: content }) => `${item} ${label}${text.colon}${content}`);
  const blocks = [
    written(holder),
    ...entries.map(({ name, date, lines }) => [
      `${name} — ${text.awardedOn(badgeDay(date, language))}`,
      ...written(lines),
    ]),
    ...(entries.length === 0 ? [[text.nothing]] : []),
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}
