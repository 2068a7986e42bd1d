import type { Letter } from '../ports/mailer.js';
import { formatInstant } from '../text/instant.js';
import { type LetterTexts, letterTexts } from '../text/mail.js';
import { formatDay } from '../text/pages-format.js';
import { visible } from '../text/visible.js';

const LONGEST_NAME = 200;
const COLON = { fr: '\u00a0:', en: ':' } as const;

/** A name somebody else wrote as one line that does nothing: no line break, no control character, no mark that turns text. */
export function oneLine(text: string): string {
  const line = visible(text.replace(/\s+/gu, ' ').trim());
  return line.length <= LONGEST_NAME ? line : `${line.slice(0, LONGEST_NAME - 1)}…`;
}

/** The sentences of a letter, its names made safe to print. */
export function wordsOf(letter: Letter): LetterTexts {
  return letterTexts(letter.kind, letter.language, {
    givenName: oneLine(letter.givenName),
    badgeName: oneLine(letter.badgeName),
    institution: oneLine(letter.institution.name),
    contact: letter.institution.email,
    until: formatDay(formatInstant(letter.linkUntil), letter.language),
  });
}

/** The letter as plain text, for readers of text and for those who trust no HTML. */
export function letterText(letter: Letter): string {
  const words = wordsOf(letter);
  return [
    words.greeting,
    words.opening,
    words.invitation,
    `${words.button}${COLON[letter.language]}\n${letter.link}`,
    words.once,
    words.notYou,
    `${words.signature}\n${words.automatic}`,
  ]
    .join('\n\n')
    .concat('\n');
}
