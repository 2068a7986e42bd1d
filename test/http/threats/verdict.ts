import type { VerificationReport } from '../../../src/verification/report.js';

/** Where the problem types with names in capitals are defined. */
const VOCABULARIES: readonly (readonly [RegExp, string])[] = [
  [/^(?:PARSING|CRYPTOGRAPHIC_SECURITY|MALFORMED_VALUE|RANGE)_ERROR$/, 'https://www.w3.org/TR/vc-data-model#'],
  [/^STATUS_/, 'https://www.w3.org/ns/credentials/status-list#'],
  [/^(?:PROOF_|INVALID_)/, 'https://w3id.org/security#'],
  [/^[a-z0-9-]+$/, 'urn:sceau:problem:'],
];

/**
 * An answer in one line, for a table of expectations.
 * - A report: `200 invalid proof/signature-invalid CRYPTOGRAPHIC_SECURITY_ERROR`: status, outcome, each check that is
 *   not passed or skipped with its code, each warning as `+code`, each problem type by its name.
 * - A refusal: `400 PARSING_ERROR`.
 * What every answer owes is asserted on the way: media type, no caching, full problem types, `verified` only for
 * `valid`, nothing shown unless proof and key passed, no endless or inside detail.
 */
export async function verdictOf(response: Response): Promise<string> {
  const text = await response.text();
  if (response.headers.get('Cache-Control') !== 'no-store') throw new Error('an answer that may be cached');
  if (response.status !== 200) return refusalOf(response, text);
  const report = JSON.parse(text) as VerificationReport;
  const { outcome, verified, checks, problemDetails, warnings, credential } = report;
  const passed = (id: string) => checks.find((check) => check.id === id)?.state === 'pass';
  if (verified !== (outcome === 'valid')) throw new Error(`verified: ${verified} for ${outcome}`);
  if (credential !== null && !(passed('proof') && passed('key'))) throw new Error('shown without a proof');
  if (outcome === 'valid' && problemDetails.length > 0) throw new Error('valid in spite of problems');
  const found = checks.filter(({ state }) => state === 'fail' || state === 'unknown');
  return [
    '200',
    outcome,
    ...found.map(({ id, code }) => `${id}/${code}`),
    ...new Set(warnings.map(({ code }) => `+${code}`)),
    ...new Set(problemDetails.map(typeNameOf)),
  ].join(' ');
}

function refusalOf(response: Response, text: string): string {
  if (response.headers.get('Content-Type') !== 'application/problem+json')
    throw new Error('a refusal without a problem');
  const problem = JSON.parse(text) as { type: string; title: string; status: number; detail: string; instance: string };
  if (problem.status !== response.status || problem.instance === '' || problem.title === '') {
    throw new Error(`an odd problem: ${text}`);
  }
  return `${response.status} ${typeNameOf(problem)}`;
}

/** The last part of a problem type, once it is known to be in the right vocabulary and its sentence bounded. */
function typeNameOf({ type, detail }: { readonly type: string; readonly detail: string }): string {
  const name = type.split(/[#:]/).at(-1) ?? '';
  const [, base = ''] = VOCABULARIES.find(([pattern]) => pattern.test(name)) ?? [];
  if (type !== base + name) throw new Error(`${type} is in no vocabulary`);
  if (detail.length > 1_000 || /node_modules|\/src\/|\bat \w+ \(/.test(detail)) throw new Error(`detail: ${detail}`);
  return name;
}

/** The report of an answer; any other answer is an error of the test. */
export async function reportOf(response: Response): Promise<VerificationReport> {
  if (response.status !== 200) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as VerificationReport;
}
