import type { FontFace, ReadFont } from '../../ports/fonts.js';
import { visible } from '../../text/visible.js';
import { type FontChain, isDrawn, type OpenFont, openFont } from '../text-runs.js';

/** Voices of a document; each has a face of its own for Latin, Greek and Cyrillic, and shares those of other scripts. */
export type Voice = 'serif' | 'serif-italic' | 'serif-semibold' | 'sans' | 'sans-semibold';

/** The fonts of one document. */
export interface Typefaces {
  readonly chains: Readonly<Record<Voice, FontChain>>;
  /** The text as it can be set: what turns text round, and what no font has, written out as a mark such as `[U+1F600]`. */
  settable(text: string): string;
}

/** Opens fonts for documents, each once and only when a text needs it. */
export type OpenTypefaces = (texts: readonly string[]) => Promise<Typefaces>;

const ARABIC = /\p{Script=Arabic}/u;
const HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303F\uFF00-\uFFEF]/u;
const HANGUL = /\p{Script=Hangul}/u;

/** @param read asked once for each face, as long as it succeeds. */
export function createTypefaces(read: ReadFont): OpenTypefaces {
  const opened = new Map<FontFace, Promise<OpenFont>>();
  const open = (face: FontFace): Promise<OpenFont> => {
    const known = opened.get(face);
    if (known !== undefined) return known;
    const font = read(face).then(openFont);
    font.catch(() => opened.delete(face));
    opened.set(face, font);
    return font;
  };
  return async (texts) => {
    const has = (script: RegExp) => texts.some((text) => script.test(text));
    const others = (arabic: FontFace): FontFace[] => [
      ...(has(ARABIC) ? [arabic] : []),
      ...(has(HAN) ? ['han' as const] : []),
      ...(has(HANGUL) ? ['hangul' as const] : []),
    ];
    const chain = async (voice: Voice): Promise<FontChain> => {
      const faces = others(voice.endsWith('-semibold') ? 'arabic-bold' : 'arabic');
      return [await open(voice), await open('sans'), ...(await Promise.all(faces.map(open)))];
    };
    const [serif, italic, serifBold, sans, sansBold] = await Promise.all([
      chain('serif'),
      chain('serif-italic'),
      chain('serif-semibold'),
      chain('sans'),
      chain('sans-semibold'),
    ]);
    return {
      chains: {
        serif,
        'serif-italic': italic,
        'serif-semibold': serifBold,
        sans,
        'sans-semibold': sansBold,
      },
      settable: (text) =>
        Array.from(visible(text).replaceAll('\t', ' '), (character) =>
          character === '\n' || isDrawn(character, sans) ? character : codePointMark(character),
        ).join(''),
    };
  };
}

function codePointMark(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `[U+${code}]`;
}
