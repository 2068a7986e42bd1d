import { createHash } from 'node:crypto';

const LONGEST = 120;

/**
 * A file name for any text: different texts have different names, also on file systems that ignore case or
 * normalise Unicode, and no name climbs out of its directory. Lower-case letters, digits, `-`, `_` and inner dots
 * stand for themselves, any other UTF-16 unit is `~xx` or `~uxxxx`, the empty text is `~`. A name that would be too
 * long is `~h` and the SHA-256 of the text: whoever needs the text back keeps it inside the file.
 */
export function fileNameFor(text: string): string {
  if (text === '') return '~';
  let name = '';
  for (let position = 0; position < text.length; position += 1) {
    const unit = text.charCodeAt(position);
    const character = text.charAt(position);
    const innerDot = character === '.' && position > 0 && position < text.length - 1;
    if (innerDot || /[a-z0-9_-]/.test(character)) name += character;
    else if (unit < 0x100) name += `~${unit.toString(16).padStart(2, '0')}`;
    else name += `~u${unit.toString(16).padStart(4, '0')}`;
  }
  if (name.length <= LONGEST) return name;
  return `~h${createHash('sha256').update(text, 'utf16le').digest('hex')}`;
}

/** The text whose name this is. @throws {RangeError} for the name of a text so long that only its digest stands there. */
export function textOfFileName(name: string): string {
  if (name === '~') return '';
  if (name.startsWith('~h')) throw new RangeError(`the text of ${name} is not in its name`);
  return name.replace(/~u([0-9a-f]{4})|~([0-9a-f]{2})/g, (_, long?: string, short?: string) =>
    String.fromCharCode(Number.parseInt(long ?? short ?? '', 16)),
  );
}
