import { argumentValue } from '../argument.js';
import { factValue } from '../fact.js';
import { foundValue } from '../finding.js';
import { withoutMarks } from '../letter-form.js';
import type { RuleCase } from '../rule-case.js';
import type { LeafOperator, RuleOf } from './operator.js';

/**
 * The file name asked: `{FAMILY}` is the family name in capitals, `{Given}` the given name as registered, `{year}`
 * the year; then a dot and the extension. Filled in one pass, so that a name is never read as a placeholder.
 */
export function expectedFileName(rule: RuleOf<'filename'>, ruleCase: RuleCase): string {
  const { student } = ruleCase.engagement;
  const words: Readonly<Record<string, string>> = {
    '{FAMILY}': student.familyName.toUpperCase(),
    '{Given}': student.givenName,
    '{year}': String(argumentValue(rule.year, ruleCase) ?? ''),
  };
  const stem = rule.template.replace(/\{(?:FAMILY|Given|year)\}/g, (placeholder) => words[placeholder] ?? placeholder);
  return rule.extension === undefined ? stem : `${stem}.${rule.extension}`;
}

/** The name as compared: accents, apostrophe form and spaces evened out; the extension in lower case, the rest as it is. */
function comparable(name: string, hasExtension: boolean): string {
  const even = withoutMarks(name);
  const dot = even.lastIndexOf('.');
  return hasExtension && dot >= 0 ? even.slice(0, dot) + even.slice(dot).toLowerCase() : even;
}

/** The file is called as asked, compared as programme rules 1.4 say. */
export const filename: LeafOperator<'filename'> = {
  holds(rule, ruleCase) {
    const name = factValue(rule.fact, ruleCase);
    if (typeof name !== 'string' || argumentValue(rule.year, ruleCase) === undefined) return false;
    const hasExtension = rule.extension !== undefined;
    return comparable(name, hasExtension) === comparable(expectedFileName(rule, ruleCase), hasExtension);
  },
  findings: (rule, ruleCase) => [
    {
      fact: rule.fact,
      found: foundValue(factValue(rule.fact, ruleCase)),
      needed: { is: 'equal', value: expectedFileName(rule, ruleCase) },
    },
  ],
};
