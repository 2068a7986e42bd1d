const APOSTROPHES = /[\u2018\u2019\u02bc]/g;
const COMBINING_MARKS = /\p{M}+/gu;
const SPACES = /\s+/gu;

/**
 * The form in which names are compared: decomposed (NFD), combining marks dropped, straight and curly apostrophes
 * equal, runs of spaces as one, outer spaces dropped. Letter case is kept; letters that do not decompose (œ, ł, ø)
 * stay as they are. Programme rules 1.4, *Exact points*.
 */
export function withoutMarks(text: string): string {
  return text.normalize('NFD').replace(COMBINING_MARKS, '').replace(APOSTROPHES, "'").replace(SPACES, ' ').trim();
}

/** {@link withoutMarks} with letter case ignored as well: how a jury row's names are matched. Programme rules 3, step 1. */
export function caseless(text: string): string {
  return withoutMarks(text).toUpperCase().toLowerCase();
}
