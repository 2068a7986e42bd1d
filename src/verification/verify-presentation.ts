import { isJsonObject, type JsonObject } from '../ports/json.js';
import { formatInstant } from '../text/instant.js';
import type { Language } from '../text/localized.js';
import type { VerificationMeans } from './examination.js';
import type { CodedFinding, Finding } from './finding.js';
import { LIMITS } from './limits.js';
import { listOf } from './members.js';
import { type AskedOfHolder, examineHolder } from './presentation-holder.js';
import type { PresentationReport } from './presentation-report.js';
import { presentationShapeFindings } from './presentation-shape.js';
import { problemDetailOf } from './problem-details.js';
import type { VerificationOutcome, VerificationReport } from './report.js';
import { verifyPresented } from './verify-presented.js';

export interface VerifyPresentationOptions extends Omit<VerificationMeans, 'accept' | 'ownState'> {
  /** The presentation as parsed, by the strict reader. */
  readonly presentation: JsonObject;
  /** What the caller asked the holder to sign. */
  readonly asked: AskedOfHolder;
  /** Language of the problem details. */
  readonly language: Language;
}

/**
 * Answers whether a holder presented these credentials, and whether each of them holds: the holder's proof first, then
 * every credential by the pipeline any badge goes through. Never throws for a bad presentation.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#verifiable-presentations
 */
export async function verifyPresentation(options: VerifyPresentationOptions): Promise<PresentationReport> {
  const { presentation, asked, language, ...means } = options;
  const shape = presentationShapeFindings(presentation, means.contexts);
  const held = shape.length > 0 ? undefined : await examineHolder(presentation, asked, means);
  const findings = [...shape, ...(held?.findings ?? [])];
  const own = outcomeOf(findings);
  const credentialResults = own === 'valid' ? await verifyEach(presentation, { means, language }) : [];
  const outcome = worst([own, ...credentialResults.map((report) => report.outcome)]);
  return {
    verified: outcome === 'valid',
    outcome,
    holder: own === 'valid' ? (held?.holder ?? null) : null,
    problemDetails: [
      ...problemsOf(findings).map((finding) => problemDetailOf(finding, language)),
      ...credentialResults.flatMap(({ problemDetails }, index) =>
        problemDetails.map((problem) => ({
          ...problem,
          pointer: pointerOf(presentation, index) + (problem.pointer ?? ''),
        })),
      ),
    ].slice(0, LIMITS.maxProblems),
    warnings: findings
      .filter(isCoded)
      .filter(({ state }) => state === 'warning')
      .map(({ code, pointer, message }) => ({ code, pointer, message })),
    credentialResults,
    checkedAt: formatInstant(means.now),
  };
}

/** One after the other: they share the time and the requests of one verification. */
async function verifyEach(
  presentation: JsonObject,
  { means, language }: { readonly means: VerificationMeans; readonly language: Language },
): Promise<VerificationReport[]> {
  const reports: VerificationReport[] = [];
  for (const credential of listOf(presentation['verifiableCredential'])) {
    if (isJsonObject(credential)) reports.push(await verifyPresented(credential, { ...means, language }));
  }
  return reports;
}

function pointerOf({ verifiableCredential }: JsonObject, index: number): string {
  return Array.isArray(verifiableCredential) ? `/verifiableCredential/${index}` : '/verifiableCredential';
}

function problemsOf(findings: readonly Finding[]): CodedFinding[] {
  return findings.filter(isCoded).filter(({ state }) => state === 'fail' || state === 'unknown');
}

function outcomeOf(findings: readonly Finding[]): VerificationOutcome {
  if (findings.some(({ state }) => state === 'fail')) return 'invalid';
  return findings.some(({ state }) => state === 'unknown') ? 'indeterminate' : 'valid';
}

function isCoded(finding: Finding): finding is CodedFinding {
  return finding.state !== 'pass';
}

function worst(outcomes: readonly VerificationOutcome[]): VerificationOutcome {
  return (['invalid', 'indeterminate'] as const).find((outcome) => outcomes.includes(outcome)) ?? 'valid';
}
