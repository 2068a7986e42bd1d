import { isJsonObject, type Json } from '../ports/json.js';
import type { Localized } from './localized.js';

/** What was found and what was wanted, for a person who is not a programmer. */
export interface MistakeSentences {
  readonly message: Localized;
  readonly expected: Localized;
}

/** A mistake without its place. */
export interface Said<Code extends string = string> extends MistakeSentences {
  /** Stable, for machines; sentences may change. */
  readonly code: Code;
}

/** One mistake (or one doubtful point) of a file somebody wrote. */
export interface Mistake<Code extends string = string> extends Said<Code> {
  /** JSON Pointer to the place; for a missing member, to where it should stand. */
  readonly pointer: string;
  /** Counted from 1; only where the text itself could not be read. */
  readonly line?: number;
  readonly column?: number;
}

/** The mistakes a catalogue of sentences knows, by code. */
export type CodesOf<Catalogue extends Record<string, (...facts: never[]) => Said>> = ReturnType<
  Catalogue[keyof Catalogue]
>['code'];

/** Puts a code and its two sentences together; the code keeps its literal type. */
export function said<Code extends string>(code: Code, message: Localized, expected: Localized): Said<Code> {
  return { code, message, expected };
}

const SHOWN_CHARACTERS = 60;
const LISTED_NAMES = 40;

/** A text between the quotation marks of each language, cut to a readable length. */
export function quoted(text: string): Localized {
  const characters = [...text];
  const cut = characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join('')}…` : text;
  return { fr: `« ${cut} »`, en: `"${cut}"` };
}

/** A value as a sentence can name it: scalars as written, containers by their kind and size. */
export function shown(value: Json | undefined): Localized {
  if (value === undefined) return { fr: 'rien', en: 'nothing' };
  if (typeof value === 'string') return quoted(value);
  if (isJsonObject(value)) return { fr: 'un objet', en: 'an object' };
  if (value === null || typeof value !== 'object') return { fr: String(value), en: String(value) };
  const count = value.length;
  return {
    fr: count === 0 ? 'une liste vide' : `une liste de ${count} élément${count > 1 ? 's' : ''}`,
    en: count === 0 ? 'an empty list' : `a list of ${count} item${count > 1 ? 's' : ''}`,
  };
}

/** Names as a list: `a, b ou c` / `a, b or c`; long lists end in an ellipsis. */
export function listed(names: readonly string[]): Localized {
  if (names.length > LISTED_NAMES) {
    const first = names.slice(0, LISTED_NAMES).join(', ');
    return { fr: `${first}, …`, en: `${first}, …` };
  }
  const [last = '', ...others] = [...names].reverse();
  const before = others.reverse().join(', ');
  return before === '' ? { fr: last, en: last } : { fr: `${before} ou ${last}`, en: `${before} or ${last}` };
}

function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const substitution = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(substitution, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}

/** The known name somebody probably meant: at most one letter in three differs. */
export function nearestName(found: string, known: readonly string[]): string | undefined {
  const asked = found.slice(0, SHOWN_CHARACTERS).toLowerCase();
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const name of known) {
    const distance = editDistance(asked, name.slice(0, SHOWN_CHARACTERS).toLowerCase());
    if (distance * 3 <= Math.max(asked.length, name.length) && (best === undefined || distance < best.distance)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

/** `one of …`, with the probable one first; says so when nothing of the kind is declared. */
export function oneOf(known: readonly string[], found?: string): Localized {
  if (known.length === 0) return { fr: 'rien de tel : aucun nom n’est déclaré', en: 'none: no such name is declared' };
  const meant = found === undefined ? undefined : nearestName(found, known);
  const names = listed(known);
  if (known.length === 1) return names;
  if (meant === undefined) return { fr: `l’un de : ${names.fr}`, en: `one of: ${names.en}` };
  return {
    fr: `${meant}, sans doute (noms connus : ${names.fr})`,
    en: `probably ${meant} (known names: ${names.en})`,
  };
}
