import { LANGUAGES, type Language } from '../text/localized.js';

interface Preference {
  readonly name: string;
  readonly weight: number;
}

/** Reads a list of weighted names: `text/html, application/json;q=0.8`. Parameters other than `q` are passed over. */
function preferences(header: string): Preference[] {
  return header.split(',').flatMap((item) => {
    const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    if (name === '') return [];
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    const weight = quality === undefined ? 1 : Number(quality.slice(2));
    return [{ name, weight: weight >= 0 && weight <= 1 ? weight : 0 }];
  });
}

/** How closely a range names a type: 3 exactly, 2 its family (`text/*`), 1 anything, 0 not at all. */
function closeness(range: string, type: string): 0 | 1 | 2 | 3 {
  if (range === type) return 3;
  if (range === '*/*') return 1;
  return range.endsWith('/*') && type.startsWith(range.slice(0, -1)) ? 2 : 0;
}

/**
 * Picks the media type to answer with: the heaviest the reader takes, then the one named most closely, then the first
 * offered. Without a header the first offered.
 * @param offered media types in lower case, best first.
 * @returns undefined when the reader takes none of them.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept
 */
export function preferredType<T extends string>(header: string | undefined, offered: readonly T[]): T | undefined {
  if (header === undefined || header.trim() === '') return offered[0];
  const ranges = preferences(header);
  const ranked = offered.map((type) => {
    const closest = Math.max(0, ...ranges.map(({ name }) => closeness(name, type)));
    const weight = ranges.find(({ name }) => closest > 0 && closeness(name, type) === closest)?.weight ?? 0;
    return { type, weight, closest };
  });
  return ranked
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || b.closest - a.closest)
    .at(0)?.type;
}

/**
 * The language of ours a reader likes best; undefined when the header names none of them.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
 */
export function preferredLanguage(header: string | undefined): Language | undefined {
  const wanted = preferences(header ?? '')
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  for (const { name } of wanted) {
    const found = LANGUAGES.find((language) => name === language || name.startsWith(`${language}-`));
    if (found !== undefined) return found;
  }
  return undefined;
}
