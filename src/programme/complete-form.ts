import { ownValue } from './own-value.js';
import type { IndexedProgramme } from './rule-case.js';

/** How many of the items carry a rating: a number, within the scale of the programme when it states one. */
export function countRated(
  ratings: Readonly<Record<string, unknown>> | undefined,
  items: readonly { readonly id: string }[],
  { definition }: IndexedProgramme,
): number {
  const { scale } = definition.assessment;
  return items.filter(({ id }) => {
    const rating = ownValue(ratings, id);
    if (typeof rating !== 'number' || !Number.isFinite(rating)) return false;
    return scale === undefined || (rating >= scale.min && rating <= scale.max);
  }).length;
}
