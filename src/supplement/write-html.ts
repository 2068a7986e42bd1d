import { badgeDay } from '../text/badge-dates.js';
import { SUPPLEMENT_TEXT } from '../text/supplement-text.js';
import type { SupplementLine, SupplementSnippets } from './compose-snippets.js';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES.get(character) ?? character);
}

function list(lines: readonly SupplementLine[]): string {
  const items = lines.map(
    ({ item, label, text }) => `<dt>${item} ${escaped(label)}</dt>\n<dd><bdi>${escaped(text)}</bdi></dd>`,
  );
  return `<dl>\n${items.join('\n')}\n</dl>`;
}

/**
 * Snippets as an HTML fragment without styles, to paste into any page: a `dl` for the holder, then a `p` and a `dl`
 * for each award. Everything is escaped; texts are isolated, so that a right-to-left name disturbs nothing.
 */
export function writeSnippetsHtml({ language, holder, entries }: SupplementSnippets): string {
  const text = SUPPLEMENT_TEXT[language];
  const awards = entries.map(({ name, date, lines }) => {
    const heading = `${name} — ${text.awardedOn(badgeDay(date, language))}`;
    return `<p><bdi>${escaped(heading)}</bdi></p>\n${list(lines)}`;
  });
  const body = [list(holder), ...(awards.length === 0 ? [`<p>${escaped(text.nothing)}</p>`] : awards)];
  return `<div lang="${language}">\n${body.join('\n')}\n</div>\n`;
}
