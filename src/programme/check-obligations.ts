import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { fallingPairs } from './check-names.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';

/** Obligations, pathways, checkpoints and statistics: what is counted over a cohort and over years. */
export function checkObligations(root: Place, declared: Declared, report: CheckReport): void {
  for (const obligation of root.at('obligations').list()) {
    const targets = obligation.at('yearlyTargets');
    const amounts = targets.list().map((target) => target.number ?? 0);
    const [years, required] = [obligation.at('years').number, obligation.at('requiredCredits').number];
    if (years !== undefined && Array.isArray(targets.value) && amounts.length !== years) {
      report.mistake(targets, PROGRAMME_MISTAKES.targetsLength(amounts.length, years));
    }
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    if (required !== undefined && Array.isArray(targets.value) && sum < required) {
      report.warning(targets, PROGRAMME_MISTAKES.obligationUnreachable(required, sum));
    }
  }
  for (const pathway of root.at('pathways').list()) {
    for (const { text, place } of pathway.at('requiresVariants').texts()) {
      if (declared.variants.has(text)) continue;
      report.mistake(place, PROGRAMME_MISTAKES.unknown('variant', text, declared.variants.known));
    }
  }
  for (const [place, before] of fallingPairs(root.at('checkpoints').list())) {
    report.warning(place, PROGRAMME_MISTAKES.notAscending(before, place.text ?? ''));
  }
  for (const statistic of root.at('statistics').list()) {
    const overRoster = statistic.at('denominator').text === 'roster';
    if (overRoster && root.at('obligations').list().length === 0) {
      report.warning(statistic.at('denominator'), PROGRAMME_MISTAKES.rosterWithoutObligation());
    }
  }
}

/** Roles named by measures (who certifies) and by forms (who fills in; `self` is the student) exist. */
export function checkRoleNames(root: Place, declared: Declared, report: CheckReport): void {
  for (const measure of root.at('measures').list()) {
    for (const { text, place } of measure.at('certifiedBy').texts()) {
      if (!declared.roles.has(text))
        report.mistake(place, PROGRAMME_MISTAKES.unknown('role', text, declared.roles.known));
    }
  }
  for (const form of root.at('assessment').at('forms').list()) {
    for (const { text, place } of form.at('roles').texts()) {
      if (text !== 'self' && !declared.roles.has(text)) {
        report.mistake(place, PROGRAMME_MISTAKES.unknown('role', text, [...declared.roles.known, 'self']));
      }
    }
  }
}
