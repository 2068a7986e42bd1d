import type { Programme } from '../programme/schema.js';

/**
 * True if the definition's `sharing.neverPublic` holds one of the words. It names fields (`mark`), evidence kinds or
 * parts of forms; whatever it names appears in no badge, in no form.
 */
export function isNeverPublic(programme: Programme, ...words: readonly string[]): boolean {
  return words.some((word) => programme.sharing.neverPublic.includes(word));
}

/** True if a field that is not shown by itself is listed in `sharing.publicFields`, and never public nowhere. */
export function isListedPublic(programme: Programme, field: string): boolean {
  return programme.sharing.publicFields.includes(field) && !isNeverPublic(programme, field);
}
