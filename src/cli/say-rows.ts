import type { BatchResult } from '../issuing/batch-rows.js';
import type { ProgrammeEvaluation } from '../jury/evaluate.js';
import { explain } from '../jury/explain.js';
import type { ImportExplanation } from '../jury/verdict.js';
import type { Language } from '../text/localized.js';
import type { CommandContext } from './command.js';
import { describeCode } from './describe-error.js';

const OUTCOMES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  fr: { issued: 'reconnu', refused: 'refusé', pending: 'en attente', failed: 'échec' },
  en: { issued: 'issued', refused: 'refused', pending: 'pending', failed: 'failed' },
};

const FAILURE = {
  fr: 'jugé, mais ni signé ni enregistré ; relancez la même commande',
  en: 'judged, but neither signed nor stored; run the same command again',
} as const;

/**
 * Says each row of a batch to a person: outcome, link, and each reason and warning as a sentence.
 * @param importExplanations the rows of the decision file that were not accepted, as {@link sayEvaluation} tells them.
 */
export function sayRows(
  context: CommandContext,
  result: BatchResult,
  importExplanations: readonly ImportExplanation[],
): void {
  const { language } = context;
  const words = OUTCOMES[language];
  for (const row of result.rows) {
    const link = row.url === undefined ? '' : `  ${row.url}`;
    context.say(`${row.engagementId}  ${words[row.outcome]}${link}`);
    if (row.outcome === 'failed') context.say(`    ${failureText(row.reasons, language)}`);
    for (const { code, message } of row.messages) {
      context.say(`    ${row.warnings.includes(code) ? '! ' : ''}${message[language]} [${code}]`);
    }
  }
  for (const row of result.pathwayAwards ?? []) {
    const answer = row.url ?? failureText(row.reasons, language);
    context.say(`${row.pathway}  ${row.studentId}  ${words[row.outcome]}  ${answer}`);
  }
  for (const issue of importExplanations) context.say(importText(issue, language));
  if (result.erasedRows !== undefined) {
    context.say(language === 'fr' ? `${result.erasedRows} effacé(s) depuis` : `${result.erasedRows} erased since`);
  }
  const { failed, ...judged } = result.counts;
  const counts = countsText(failed === 0 ? judged : { ...judged, failed }, language);
  context.say(`${result.programme}${colon(language)}${counts}`);
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
  for (const issue of importExplanations) context.write(`${importText(issue, language)}\n`);
  const { programme, counts } = judged.evaluation;
  context.write(`${programme}${colon(language)}${countsText(counts, language)}\n`);
}

/** How many of each outcome, written out: `4 reconnus, 1 en attente`. */
function countsText(counts: Readonly<Record<string, number>>, language: Language): string {
  return Object.entries(counts)
    .map(([outcome, count]) => {
      const word = OUTCOMES[language][outcome] ?? outcome;
      const isPlural = language === 'fr' && count >= 2 && outcome !== 'pending';
      return `${count} ${word}${isPlural ? 's' : ''}`;
    })
    .join(', ');
}

/** Why a row that was judged has no badge, and what to do. */
function failureText(reasons: readonly string[], language: Language): string {
  const why = reasons.map((code) => describeCode(code)?.[language]).filter((text) => text !== undefined);
  return `${[FAILURE[language], ...why].join(colon(language))} [${reasons.join(', ')}]`;
}

/** `row 11 (EC-E01): … [name-mismatch]` */
function importText(issue: ImportExplanation, language: Language): string {
  const { row, engagementId, code } = issue;
  const about = engagementId === '' ? '' : ` (${engagementId})`;
  return `${language === 'fr' ? 'ligne' : 'row'} ${row}${about}${colon(language)}${explain(issue)[language]} [${code}]`;
}

function colon(language: Language): string {
  return language === 'fr' ? ' : ' : ': ';
}
