import { describeRule } from '../credential/rule-phrase.js';
import { indexProgramme } from '../programme/rule-case.js';
import type { Programme } from '../programme/schema.js';
import type { Language } from '../text/localized.js';

/** A document of its own name that a programme gives: a certificate of community involvement, for one. */
export interface AttestationKind {
  readonly title: string;
  /** What it asks for besides what the achievement asks, as phrases. */
  readonly conditions: readonly string[];
}

export interface KindRequest {
  readonly programme: Programme;
  readonly variantId: string | undefined;
  readonly language: Language;
  /** What the signed badge says the award counts as: names of recognition options. */
  readonly recognisedAs: readonly string[];
}

/**
 * Which document a badge gives: the first of the recognition options it names whose `document` is `certificate`, under
 * the name the definition gives that option. Undefined for a badge that names none.
 */
export function attestationKind({
  programme,
  variantId,
  language,
  recognisedAs,
}: KindRequest): AttestationKind | undefined {
  const option = programme.recognitionOptions.find(
    ({ document, label }) => document === 'certificate' && recognisedAs.includes(label[language]),
  );
  if (option === undefined) return undefined;
  const wording = { programme: indexProgramme(programme), variantId, language };
  return {
    title: option.label[language],
    conditions: (option.criteria ?? []).map(({ rule }) => describeRule(rule, wording)),
  };
}
