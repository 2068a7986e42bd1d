import type { BatchResult } from '../issuing/batch-rows.js';
import type { ProgrammeEvaluation } from '../jury/evaluate.js';
import { explain } from '../jury/explain.js';
import type { ImportExplanation } from '../jury/verdict.js';
import type { Language } from '../text/localized.js';
import { builtInLabel } from '../text/reasons.js';
import type { CommandContext } from './command.js';

const OUTCOMES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fr: { issued: 'reconnu', refused: 'refusé', pending: 'en attente', failed: 'échec' },
  en: { issued: 'issued', refused: 'refused', pending: 'pending', failed: 'failed' },
};

const FAILURE = {
  fr: 'jugé, mais ni signé ni enregistré ; relancez la même commande',
  en: 'judged, but neither signed nor stored; run the same command again',
} as const;

/** Says each row of a batch to a person: outcome, link, and each reason and warning as a sentence. */
export function sayRows(context: CommandContext, result: BatchResult): void {
  const { language } = context;
  const words = OUTCOMES[language];
  for (const row of result.rows) {
    const link = row.url === undefined ? '' : `  ${row.url}`;
    context.say(`${row.engagementId}  ${words[row.outcome]}${link}`);
    if (row.outcome === 'failed') context.say(`    ${FAILURE[language]} [${row.reasons.join(', ')}]`);
    for (const { code, message } of row.messages) {
      context.say(`    ${row.warnings.includes(code) ? '! ' : ''}${message[language]} [${code}]`);
    }
  }
  for (const row of result.pathwayAwards ?? []) {
    const answer = row.url ?? `${FAILURE[language]} [${row.reasons.join(', ')}]`;
    context.say(`${row.pathway}  ${row.studentId}  ${words[row.outcome]}  ${answer}`);
  }
  for (const { row, code } of result.importIssues) {
    context.say(`${rowWord(language)} ${row}: ${builtInLabel(code)[language]} [${code}]`);
  }
  if (result.erasedRows !== undefined) {
    context.say(language === 'fr' ? `${result.erasedRows} effacé(s) depuis` : `${result.erasedRows} erased since`);
  }
  const counts = Object.entries(result.counts).map(([outcome, count]) => `${count} ${words[outcome]}`);
  context.say(`${result.programme}: ${counts.join(', ')}`);
}

/** Says each verdict to a person, every code as a sentence with the value found and the value needed. */
export function sayEvaluation(
  context: CommandContext,
  judged: ProgrammeEvaluation,
  importExplanations: readonly ImportExplanation[],
): void {
  const { language } = context;
  const words = OUTCOMES[language];
  for (const { engagementId, outcome, warnings } of judged.evaluation.results) {
    context.write(`${engagementId}  ${words[outcome]}\n`);
    for (const explanation of judged.explanations.get(engagementId) ?? []) {
      const mark = warnings.includes(explanation.code) ? '! ' : '';
      context.write(`    ${mark}${explain(explanation)[language]} [${explanation.code}]\n`);
    }
  }
  for (const issue of importExplanations) {
    context.write(`${rowWord(language)} ${issue.row}: ${explain(issue)[language]} [${issue.code}]\n`);
  }
  const { issued, refused, pending } = judged.evaluation.counts;
  const counts = `${issued} ${words['issued']}, ${refused} ${words['refused']}, ${pending} ${words['pending']}`;
  context.write(`${judged.evaluation.programme}: ${counts}\n`);
}

function rowWord(language: Language): string {
  return language === 'fr' ? 'ligne' : 'row';
}
