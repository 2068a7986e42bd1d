import type { JsonObject } from '../ports/json.js';
import { LIMITS } from './limits.js';
import { objectOf, objectsOf, textOf } from './members.js';

/** The results of a badge, each with what the achievement says of it. */
export interface DescribedResults {
  readonly descriptions: readonly JsonObject[];
  /** In the order of the document, which carries no meaning. */
  readonly results: readonly DescribedResult[];
  /** Would a reader who shows every result with its description read no more than anybody needs? */
  readonly fit: boolean;
}

export interface DescribedResult {
  readonly result: JsonObject;
  /** The first with the id the result names; undefined where there is none. */
  readonly description: JsonObject | undefined;
  /** The levels of the description. */
  readonly levels: readonly JsonObject[];
}

/**
 * Ties results to their descriptions. Thousands of results may name one description of thousands of levels: whoever
 * repeats it for each of them is made to write gigabytes, hence `fit`.
 * @param credential without empty members.
 */
export function describedResults(credential: JsonObject): DescribedResults {
  const subject = objectOf(credential['credentialSubject']);
  const descriptions = objectsOf(objectOf(subject['achievement'])['resultDescription']);
  const known = new Map<string, JsonObject>();
  for (const description of descriptions) {
    const { id } = description;
    if (typeof id === 'string' && !known.has(id)) known.set(id, description);
  }
  const shown = new Map<JsonObject, { readonly levels: readonly JsonObject[]; readonly length: number }>();
  const measured = (description: JsonObject) => {
    const once = shown.get(description) ?? {
      levels: objectsOf(description['rubricCriterionLevel']),
      length: JSON.stringify(description).length,
    };
    shown.set(description, once);
    return once;
  };
  let shownLength = 0;
  const results = objectsOf(subject['result']).map((result) => {
    const description = known.get(textOf(result['resultDescription']) ?? '');
    if (description === undefined) return { result, description, levels: [] };
    const { levels, length } = measured(description);
    shownLength += length;
    return { result, description, levels };
  });
  return { descriptions, results, fit: shownLength <= LIMITS.maxShownResultsLength };
}
