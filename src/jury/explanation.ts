import type { CriterionFailure } from '../programme/criterion-failure.js';
import type { Finding } from '../programme/finding.js';
import type { RecognitionOption } from '../programme/schema.js';
import { type BuiltInCode, builtInLabel } from '../text/reasons.js';
import type { Explanation } from './verdict.js';

/** The explanation of a criterion that was not met; of an option's criterion when an option is given. */
export function explainFailure(failure: CriterionFailure, option?: RecognitionOption): Explanation {
  const { code, severity, label, findings } = failure;
  if (option === undefined) return { code, severity, label, findings };
  return {
    code: `${option.id}:${code}`,
    severity,
    label: { fr: `${label.fr} (${option.label.fr})`, en: `${label.en} (${option.label.en})` },
    findings,
  };
}

/** The explanation of a code that stands in no definition: the decision procedure itself gives it. */
export function explainBuiltIn(
  code: BuiltInCode,
  severity: Explanation['severity'],
  findings: readonly Finding[],
): Explanation {
  return { code, severity, label: builtInLabel(code), findings };
}
