import type { JsonObject } from '../ports/json.js';
import type { SupplementLine, SupplementSnippets } from './compose-snippets.js';

function items(lines: readonly SupplementLine[]): JsonObject[] {
  return lines.map(({ item, label, text }) => ({ item, label, text }));
}

/**
 * Snippets as a JSON value: `{language, holder: [item], awards: [{credentialId, pageUrl?, programme, name, academicYear,
 * date, credits?, mark?, items: [item], missing}]}` with `item` being `{item, label, text}`. Absent is absent.
 */
export function snippetsJson({ language, holder, entries }: SupplementSnippets): JsonObject {
  return {
    language,
    holder: items(holder),
    awards: entries.map(({ lines, programme, missing, ...entry }) => ({
      ...entry,
      programme: { ...programme },
      items: items(lines),
      missing: [...missing],
    })),
  };
}

/** The same as text, indented by two spaces, ending with a newline. */
export function writeSnippetsJson(snippets: SupplementSnippets): string {
  return `${JSON.stringify(snippetsJson(snippets), null, 2)}\n`;
}
