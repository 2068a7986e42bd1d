import { parseInstant } from '../../text/instant.js';
import { countRated } from '../complete-form.js';
import { meanToHundredths } from '../decimal.js';
import type { DossierAssessment } from '../dossier.js';
import { assessmentsOf, type RuleCase } from '../rule-case.js';
import type { Attainment, Competence } from '../schema.js';
import { type Attained, NOT_ATTAINED } from './attained.js';

type ByRatings = Extract<Attainment, { mode: 'ratings' }>;

/**
 * Mode `ratings`: the highest level reached by the mean of the roles' means, rounded half up to 2 decimals from its
 * exact value. All roles must have rated all items of the part; of several forms of one role the latest that has
 * them all counts.
 */
export function attainedByRatings(competence: Competence, mode: ByRatings, ruleCase: RuleCase): Attained {
  const items = ruleCase.programme.forms.get(mode.form)?.parts?.find(({ id }) => id === mode.part)?.items ?? [];
  if (items.length === 0) return NOT_ATTAINED;
  const forms = [...new Set(mode.roles)].map((role) => latestComplete(role, mode.form, items, ruleCase));
  if (!forms.every((form) => form !== undefined)) return NOT_ATTAINED;
  // Every role rated the same items, so the mean of the means is the mean of all ratings.
  const ratings = forms.flatMap((form) => items.map(({ id }) => form.ratings?.[id] ?? 0));
  const average = meanToHundredths(ratings);
  const reached = competence.levels.filter(({ minAverage }) => minAverage !== undefined && average >= minAverage);
  const level = reached.length === 0 ? undefined : Math.max(...reached.map((step) => step.level));
  return { level, average, confirmedBy: level === undefined ? [] : mode.roles };
}

function latestComplete(
  role: string,
  form: string,
  items: readonly { readonly id: string }[],
  ruleCase: RuleCase,
): DossierAssessment | undefined {
  return assessmentsOf(ruleCase)
    .filter((filed) => filed.form === form && filed.role === role)
    .filter(({ ratings }) => countRated(ratings, items, ruleCase.programme) === items.length)
    .reduce<DossierAssessment | undefined>(
      (latest, filed) => (latest === undefined || isLater(filed, latest, items) ? filed : latest),
      undefined,
    );
}

/** Later, and at one instant the greater by address and ratings: the order of forms in the file never matters. */
function isLater(
  filed: DossierAssessment,
  than: DossierAssessment,
  items: readonly { readonly id: string }[],
): boolean {
  const [at, thanAt] = [parseInstant(filed.at) ?? 0, parseInstant(than.at) ?? 0];
  if (at !== thanAt) return at > thanAt;
  const content = ({ assessor, ratings }: DossierAssessment) =>
    JSON.stringify([assessor, items.map(({ id }) => ratings?.[id])]);
  return content(filed) > content(than);
}
