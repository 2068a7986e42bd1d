import type { Localized } from '../text/localized.js';

/** A value met in a dossier. `null` says that nothing was there. */
export type FoundValue = string | number | boolean | null | readonly (string | number | boolean)[];

/** What a rule asks of a fact. `not` turns it round. */
export type Need = (
  | { readonly is: 'at-least' | 'at-most'; readonly value: number | null }
  | { readonly is: 'between'; readonly min: number | null; readonly max: number | null }
  | { readonly is: 'equal'; readonly value: string | number | boolean | null }
  | { readonly is: 'one-of' | 'all-of' | 'any-of'; readonly values: readonly (string | number | boolean)[] }
  | { readonly is: 'present' }
  | { readonly is: 'absent' }
  /** A day that is whole in `timeZone`. */
  | { readonly is: 'within-day'; readonly value: string | null; readonly timeZone: string }
  /** An instant or a day stated elsewhere in the dossier. */
  | { readonly is: 'no-later-than'; readonly value: string | null; readonly timeZone: string }
  /** From day `from`, `months` calendar months: up to and including day `until`. */
  | {
      readonly is: 'lasting';
      readonly from: string | null;
      readonly months: number | null;
      readonly until: string | null;
    }
  /** A person and activity that no award carries yet. */
  | { readonly is: 'not-yet-recognised' }
  /** The id of an engagement of the cohort. */
  | { readonly is: 'known-engagement' }
) & { readonly not?: true };

/** What a number counts, where it is not a unit of the definition. */
export type CountedThing =
  | 'accepted-piece'
  | 'piece'
  | 'person'
  | 'form'
  | 'item'
  | 'level'
  | 'competence'
  | 'condition'
  | 'option'
  | 'row';

/** One value found and the value needed: why a rule did not answer as wanted. Plain JSON. */
export interface Finding {
  /** A fact path of section 2, or `evidence.<kind>`, `actors.<role>`, `assessments.<form>` for what is counted. */
  readonly fact: string;
  readonly found: FoundValue;
  readonly needed: Need;
  /** Unit of the definition (`h`, `pages`, `session` …) or what is counted. */
  readonly unit?: string;
  /** What the fact is called, where the definition names it. */
  readonly subject?: Localized;
  /** True when meeting another finding of the same list would do as well. */
  readonly alternative?: true;
}

/** The same finding, wanted the other way round. */
export function negated(finding: Finding): Finding {
  return { ...finding, needed: { ...finding.needed, not: true } };
}

/** A value as a finding states it: anything that is no plain value counts as absent. */
export function foundValue(value: unknown): FoundValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (!Array.isArray(value)) return null;
  const list: readonly unknown[] = value;
  return list.filter((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean');
}
