import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { checkFactHolds } from './check-facts.js';
import { checkAscending } from './check-names.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';
import type { RuleCheck } from './check-rules.js';

function checkVariantKeys(table: Place, declared: Declared, report: CheckReport): void {
  for (const [variant, place] of table.members()) {
    if (declared.variants.has(variant)) continue;
    report.mistake(place, PROGRAMME_MISTAKES.unknown('variant', variant, declared.variants.known));
  }
}

function checkCredits(credits: Place, declared: Declared, report: CheckReport): void {
  if (credits.at('mode').text === 'byVariant') checkVariantKeys(credits.at('table'), declared, report);
  if (credits.at('mode').text === 'byHours') {
    checkFactHolds(credits.at('fact'), 'number', declared, report);
    const rows = credits.at('table').list();
    checkAscending(
      rows.map((row) => row.at('minHours')),
      report,
    );
    checkAscending(
      rows.map((row) => row.at('credits')),
      report,
    );
  }
}

/** The most an option can give in a variant (`undefined`: the programme has none). */
function mostCredits(credits: Place, variant: string | undefined): number {
  switch (credits.at('mode').text) {
    case 'fixed':
      return credits.at('value').number ?? 0;
    case 'byVariant':
      return variant === undefined ? 0 : (credits.at('table').at(variant).number ?? 0);
    case 'byHours':
      return Math.max(
        0,
        ...credits
          .at('table')
          .list()
          .map((row) => row.at('credits').number ?? 0),
      );
    default:
      return 0;
  }
}

/** The announced credits against the dearest choice of options, per variant where there are some. */
function checkCreditsAvailable(root: Place, declared: Declared, report: CheckReport): void {
  const achievement = root.at('achievement');
  const most = root.at('optionSelection').at('max').number ?? 1;
  const variants = declared.variants.known.length === 0 ? [undefined] : declared.variants.known;
  const told = new Set<Place>();
  const general = achievement.at('creditsAvailable');
  for (const variant of variants) {
    const own = variant === undefined ? undefined : achievement.at('creditsAvailableByVariant').at(variant);
    const place = own?.exists === true ? own : general;
    if (!place.exists || told.has(place)) continue;
    const each = root
      .at('recognitionOptions')
      .list()
      .map((option) => mostCredits(option.at('credits'), variant));
    const possible = each
      .sort((left, right) => right - left)
      .slice(0, most)
      .reduce((sum, credits) => sum + credits, 0);
    const stated = place.number;
    if (stated !== undefined && stated < possible) {
      report.warning(place, PROGRAMME_MISTAKES.creditsAvailable(stated, possible));
      told.add(place);
    } else if ((stated ?? 0) !== possible && (stated !== undefined || place.value === null)) {
      if (place === general && variant !== undefined && stated !== undefined) continue;
      report.warning(place, PROGRAMME_MISTAKES.creditsAvailableDoubtful(stated, possible));
      told.add(place);
    }
  }
}

/** Recognition options: what they ask, what they give, how many may be chosen, and what the achievement announces. */
export function checkOptions(root: Place, declared: Declared, rules: RuleCheck, report: CheckReport): void {
  const options = root.at('recognitionOptions').list();
  for (const option of options) {
    checkCredits(option.at('credits'), declared, report);
    for (const criterion of option.at('criteria').list()) rules.criterion(criterion);
  }
  const selection = root.at('optionSelection');
  const [min, max] = [selection.at('min').number, selection.at('max').number];
  if (min !== undefined && max !== undefined && min > max) {
    report.mistake(selection.at('min'), PROGRAMME_MISTAKES.selectionImpossible(min, max));
  }
  for (const [count, place] of [
    [min, selection.at('min')],
    [max, selection.at('max')],
  ] as const) {
    if (count !== undefined && options.length > 0 && count > options.length) {
      report.mistake(place, PROGRAMME_MISTAKES.needsMore(count, options.length));
    }
  }
  const achievement = root.at('achievement');
  for (const member of ['achievementTypeByVariant', 'creditsAvailableByVariant', 'microCredentialByVariant']) {
    checkVariantKeys(achievement.at(member), declared, report);
  }
  checkCreditsAvailable(root, declared, report);
}
