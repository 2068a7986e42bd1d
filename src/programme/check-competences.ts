import { PROGRAMME_MISTAKES } from '../text/mistake-messages-programme.js';
import type { Declared } from './check-declared.js';
import { checkAscending } from './check-names.js';
import type { Place } from './check-place.js';
import type { CheckReport } from './check-report.js';
import { checkAssessors, type RuleCheck } from './check-rules.js';

function checkAttainment(attainment: Place, declared: Declared, report: CheckReport): void {
  const form = attainment.at('form');
  if (attainment.at('mode').text === 'indicators') {
    checkAssessors(form, attainment.at('confirmingRoles').list(), declared, report);
  }
  if (attainment.at('mode').text === 'ratings') {
    checkAssessors(form, attainment.at('roles').list(), declared, report);
    const part = attainment.at('part');
    const parts = declared.formDetails.get(form.text ?? '')?.parts;
    if (part.text !== undefined && parts !== undefined && !parts.has(part.text)) {
      report.mistake(part, PROGRAMME_MISTAKES.unknown('part', part.text, parts.known));
    }
  }
}

function checkOrder(levels: readonly Place[], report: CheckReport): void {
  for (const [index, level] of levels.entries()) {
    const { number } = level.at('level');
    if (number !== undefined && number !== index + 1) {
      report.mistake(level.at('level'), PROGRAMME_MISTAKES.levelOrder(number, index + 1));
    }
  }
}

/** The member each mode cannot do without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  criteria: ['rule'],
  ratings: ['minAverage'],
  indicators: ['indicators', 'minIndicators'],
};

function checkLevels(levels: readonly Place[], mode: string | undefined, scale: Place, report: CheckReport): void {
  checkOrder(levels, report);
  if (mode === undefined) return;
  for (const level of levels) {
    for (const member of NEEDED[mode] ?? []) {
      if (!level.at(member).exists) report.mistake(level.at(member), PROGRAMME_MISTAKES.levelLacks(member, mode));
    }
  }
  if (mode === 'ratings') {
    const averages = levels.map((level) => level.at('minAverage'));
    checkAscending(averages, report);
    const [min, max] = [scale.at('min').number, scale.at('max').number];
    for (const average of averages) {
      if (average.number === undefined || min === undefined || max === undefined) continue;
      if (average.number < min || average.number > max) {
        report.mistake(average, PROGRAMME_MISTAKES.outsideScale(average.number, min, max));
      }
    }
  }
  if (mode === 'indicators') {
    for (const level of levels) {
      const [needed, available] = [level.at('minIndicators').number, level.at('indicators').list().length];
      if (needed !== undefined && level.at('indicators').exists && needed > available) {
        report.mistake(level.at('minIndicators'), PROGRAMME_MISTAKES.needsMore(needed, available));
      }
    }
  }
}

/** Levels are found before levels can be asked about. */
function checkCircular(rule: Place, report: CheckReport): void {
  const op = rule.at('op').text;
  const asksLevels = op === 'competenceLevel' || op === 'targetsReached';
  if (asksLevels || rule.at('fact').text?.startsWith('computed.') === true) {
    report.warning(rule, PROGRAMME_MISTAKES.circularLevel());
  }
  const of = rule.at('of');
  for (const part of [...of.list(), of]) if (part.at('op').exists) checkCircular(part, report);
}

/** Competences: how each is attained, levels 1, 2, 3 … in order, each with what its mode needs. */
export function checkCompetences(root: Place, declared: Declared, rules: RuleCheck, report: CheckReport): void {
  const common = root.at('assessment').at('attainment');
  const scale = root.at('assessment').at('scale');
  if (common.exists) checkAttainment(common, declared, report);
  for (const competence of root.at('competences').list()) {
    const own = competence.at('attainment');
    if (own.exists) checkAttainment(own, declared, report);
    if (!own.exists && !common.exists) {
      report.mistake(own, PROGRAMME_MISTAKES.attainmentMissing(competence.at('id').text ?? ''));
    }
    const levels = competence.at('levels').list();
    checkLevels(levels, (own.exists ? own : common).at('mode').text, scale, report);
    for (const level of levels) {
      rules.rule(level.at('rule'));
      checkCircular(level.at('rule'), report);
    }
  }
}
