import { creditsOf, totalCredits } from '../programme/credits.js';
import { failedCriteria } from '../programme/criterion-failure.js';
import { factValue } from '../programme/fact.js';
import type { Finding } from '../programme/finding.js';
import type { RuleCase } from '../programme/rule-case.js';
import type { RecognitionOption } from '../programme/schema.js';
import { builtInLabel } from '../text/reasons.js';
import { explainBuiltIn, explainFailure } from './explanation.js';
import type { Explanation } from './verdict.js';

/** What steps 4 and 5 of the decision procedure settle. */
export interface SettledOptions {
  /** In the order asked. */
  readonly granted: readonly RecognitionOption[];
  /** Total of the granted options; `undefined` when none carries credits. */
  readonly credits: number | undefined;
  readonly reasons: readonly Explanation[];
  readonly warnings: readonly Explanation[];
}

const NONE: SettledOptions = { granted: [], credits: undefined, reasons: [], warnings: [] };

/**
 * Checks the options asked and grants those of which nothing but warnings failed, programme rules 3, steps 4 and 5.
 * To be called only when no criterion of the programme gave a reason.
 * @param juryCredits as the jury wrote them; `undefined` when it wrote none.
 */
export function settleOptions(ruleCase: RuleCase, juryCredits: number | undefined): SettledOptions {
  const asked = selection(ruleCase);
  if (asked === undefined) return { ...NONE, reasons: [explainSelection(ruleCase)] };
  const examined = asked.map((option) => ({ option, failures: optionFailures(option, ruleCase) }));
  const isGranted = ({ failures }: (typeof examined)[number]) => failures.every(({ severity }) => severity === 'warn');
  const granted = examined.filter(isGranted).map(({ option }) => option);
  const codes = examined.flatMap(({ failures }) => failures);
  if (granted.length === 0) {
    return {
      ...NONE,
      reasons: codes.filter(({ severity }) => severity !== 'warn'),
      warnings: codes.filter(({ severity }) => severity === 'warn'),
    };
  }
  const credits = totalCredits(
    granted.map(({ credits: rule }) =>
      creditsOf(rule, ruleCase.engagement.variant, (fact) => factValue(fact, ruleCase)),
    ),
  );
  return {
    granted,
    credits,
    reasons: creditsMismatch(juryCredits, credits),
    warnings: [...codes, ...markIgnored(granted, ruleCase.jury?.mark)],
  };
}

/** The options asked, or `undefined` when their number is wrong, one is unknown or asked twice. */
function selection({ programme, engagement }: RuleCase): readonly RecognitionOption[] | undefined {
  const { min, max } = programme.definition.optionSelection;
  const ids = engagement.recognitionOptions;
  const known = ids.map((id) => programme.options.get(id)).filter((option) => option !== undefined);
  const isValid =
    ids.length >= min && ids.length <= max && known.length === ids.length && new Set(ids).size === ids.length;
  return isValid ? known : undefined;
}

function explainSelection({ programme, engagement }: RuleCase): Explanation {
  const { min, max } = programme.definition.optionSelection;
  const asked = engagement.recognitionOptions;
  return explainBuiltIn('option-selection-invalid', 'hold', [
    { fact: 'recognitionOptions', found: asked.length, needed: { is: 'between', min, max }, unit: 'option' },
    { fact: 'recognitionOptions', found: asked, needed: { is: 'any-of', values: [...programme.options.keys()] } },
  ]);
}

function optionFailures(option: RecognitionOption, ruleCase: RuleCase): readonly Explanation[] {
  const failures = failedCriteria(option.criteria ?? [], ruleCase).map((failure) => explainFailure(failure, option));
  if (option.mark !== 'required' || ruleCase.jury?.mark !== undefined) return failures;
  const findings: readonly Finding[] = [{ fact: 'jury.mark', found: null, needed: { is: 'present' } }];
  const missing = explainFailure(
    { code: 'mark-missing', severity: 'hold', label: builtInLabel('mark-missing'), findings },
    option,
  );
  return [...failures, missing];
}

/** A mark when every granted option is mark-less is dropped, and that is said. */
function markIgnored(granted: readonly RecognitionOption[], mark: number | undefined): readonly Explanation[] {
  if (mark === undefined || granted.some((option) => option.mark !== 'none')) return [];
  return [explainBuiltIn('mark-ignored', 'warn', [{ fact: 'jury.mark', found: mark, needed: { is: 'absent' } }])];
}

/** No credits count as 0; a jury that wrote none agrees with everything. */
function creditsMismatch(jury: number | undefined, granted: number | undefined): readonly Explanation[] {
  if (jury === undefined || jury === (granted ?? 0)) return [];
  return [
    explainBuiltIn('credits-mismatch', 'hold', [
      { fact: 'jury.credits', found: jury, needed: { is: 'equal', value: granted ?? 0 }, unit: 'ECTS' },
    ]),
  ];
}
