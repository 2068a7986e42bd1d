import type { CheckCode } from '../text/check-messages.js';
import { PASS_MESSAGES } from '../text/check-messages.js';
import { formatInstant, type Instant } from '../text/instant.js';
import type { Language, Localized } from '../text/localized.js';
import { type CodedFinding, type Finding, skipped } from './finding.js';
import { LIMITS } from './limits.js';
import { problemTitle, problemType } from './problem-types.js';
import {
  CHECK_IDS,
  type CheckId,
  type CheckResult,
  type ProblemDetail,
  type ShownCredential,
  type ShownStatus,
  type VerificationOutcome,
  type VerificationReport,
  type VerificationWarning,
} from './report.js';

/** What one check found. */
export interface CheckFindings {
  readonly id: CheckId;
  readonly findings: readonly Finding[];
}

const PASSED: Readonly<Record<CheckId, Localized>> = PASS_MESSAGES;
/** The worst of several findings decides; a pass says more than a skip. */
const SEVERITY = ['fail', 'unknown', 'pass', 'skipped'] as const;

/** The last check whose failure makes a badge invalid, and the last whose silence makes the answer uncertain. */
const LAST_DECISIVE = CHECK_IDS.indexOf('evidence');
const LAST_NEEDED = CHECK_IDS.indexOf('validity');

/** One line of the report for what a check found. */
export function resultOf({ id, findings }: CheckFindings): CheckResult {
  const finding = worstOf(findings) ?? skipped('nothing-to-check', null);
  if (finding.state === 'pass')
    return { id, state: 'pass', code: null, pointer: finding.pointer, message: finding.message ?? PASSED[id] };
  const { code, pointer, message } = finding;
  return { id, state: finding.state === 'warning' ? 'pass' : finding.state, code, pointer, message };
}

/** Did the check pass? Without its line of the report being written. */
export function hasPassed({ findings }: CheckFindings): boolean {
  return worstOf(findings)?.state === 'pass';
}

/** The first of the gravest findings; undefined where there are warnings at most. */
function worstOf(findings: readonly Finding[]): Finding | undefined {
  for (const state of SEVERITY) {
    const finding = findings.find((candidate) => candidate.state === state);
    if (finding !== undefined) return finding;
  }
  return undefined;
}

/**
 * The rule of the report: a fail up to `evidence` makes the badge invalid, else an unknown up to `validity` leaves the
 * answer open; what comes later only warns.
 */
export function outcomeOf(checks: readonly Pick<CheckResult, 'id' | 'state'>[]): VerificationOutcome {
  const some = (state: CheckResult['state'], last: number) =>
    checks.some((check) => check.state === state && CHECK_IDS.indexOf(check.id) <= last);
  if (some('fail', LAST_DECISIVE)) return 'invalid';
  return some('unknown', LAST_NEEDED) ? 'indeterminate' : 'valid';
}

/** The status shown beside the facts: the gravest of what was found. */
export function shownStatusOf(checks: readonly CheckFindings[]): ShownStatus {
  const codes = new Set<CheckCode>(checks.flatMap(({ findings }) => findings.filter(isCoded).map(({ code }) => code)));
  const gravest = (['revoked', 'superseded', 'suspended', 'expired', 'not-yet-valid'] as const).find((code) =>
    codes.has(code),
  );
  if (gravest !== undefined) return gravest;
  const status = checks.find(({ id }) => id === 'status')?.findings ?? [];
  return status.some(({ state }) => state === 'unknown' || state === 'fail') ? 'unknown' : 'active';
}

/**
 * Puts the report together.
 * @param checks in the order of CHECK_IDS.
 * @param language of problem details, whose `detail` is in one language; the checks carry both.
 */
export function assembleReport(options: {
  readonly checks: readonly CheckFindings[];
  readonly credential: ShownCredential | null;
  readonly now: Instant;
  readonly language: Language;
}): VerificationReport {
  const { checks, credential, now, language } = options;
  const results = checks.map(resultOf);
  const outcome = outcomeOf(results);
  return {
    verified: outcome === 'valid',
    outcome,
    checks: results,
    problemDetails: outcome === 'valid' ? [] : problemsOf(checks, language),
    warnings: checks.flatMap(warningsOf),
    credential,
    checkedAt: formatInstant(now),
  };
}

function problemsOf(checks: readonly CheckFindings[], language: Language): ProblemDetail[] {
  return checks
    .filter(({ id }) => CHECK_IDS.indexOf(id) <= LAST_DECISIVE)
    .flatMap(({ findings }) => findings.filter(isProblem))
    .slice(0, LIMITS.maxProblems)
    .map(({ code, pointer, message }) => ({
      type: problemType(code),
      title: problemTitle(code),
      detail: message[language],
      ...(pointer === null ? {} : { pointer }),
    }));
}

function warningsOf({ id, findings }: CheckFindings): VerificationWarning[] {
  const isLate = CHECK_IDS.indexOf(id) > LAST_DECISIVE;
  return findings
    .filter(isCoded)
    .filter((finding) => finding.state === 'warning' || (isLate && isProblem(finding)))
    .map(({ code, pointer, message }) => ({ code, pointer, message }));
}

function isCoded(finding: Finding): finding is CodedFinding {
  return finding.state !== 'pass';
}

function isProblem(finding: Finding): finding is CodedFinding {
  return finding.state === 'fail' || finding.state === 'unknown';
}
