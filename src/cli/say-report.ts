import type { CheckState, VerificationReport } from '../verification/report.js';
import type { CommandContext } from './command.js';

const MARKS: Readonly<Record<CheckState, string>> = { pass: '✓', fail: '✗', unknown: '?', skipped: '·' };

const VERDICTS = {
  valid: { fr: 'VALIDE', en: 'VALID' },
  invalid: { fr: 'NON VALIDE', en: 'NOT VALID' },
  indeterminate: { fr: 'N’A PAS PU ÊTRE VÉRIFIÉ', en: 'COULD NOT BE CHECKED' },
} as const;

/** Says a verification report to a person: the verdict first, then whose badge it is, then each check. */
export function sayReport(context: CommandContext, report: VerificationReport): void {
  const { language } = context;
  context.say(VERDICTS[report.outcome][language]);
  const badge = report.credential;
  if (badge !== null) {
    context.say(`  ${badge.achievement.name}`);
    context.say(`  ${badge.issuer.name ?? ''} (${badge.issuer.id})`);
    if (badge.holder.name !== null) context.say(`  ${badge.holder.name}`);
    for (const level of badge.levels) context.say(`  ${level.competence} : ${level.level}`);
  }
  for (const check of report.checks) {
    const message = check.message[language];
    context.say(
      `${MARKS[check.state]} ${check.id.padEnd(12)} ${message}${check.pointer === null ? '' : ` (${check.pointer || '/'})`}`,
    );
  }
  for (const warning of report.warnings) context.say(`! ${warning.message[language]}`);
}
