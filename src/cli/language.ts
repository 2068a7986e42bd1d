import { type Language, zLanguage } from '../text/localized.js';

/** The language of a call: `--lang`, then the locale, then English. */
export function languageOf(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const equals = words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
  const index = words.indexOf('--lang');
  const asked = zLanguage.safeParse(equals ?? (index === -1 ? undefined : words[index + 1]));
  if (asked.success) return asked.data;
  const locale = environment['LC_ALL'] || environment['LC_MESSAGES'] || environment['LANG'] || '';
  if (/^fr/i.test(locale)) return 'fr';
  return 'en';
}
