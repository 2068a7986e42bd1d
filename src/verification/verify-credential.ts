import { createProofVerifier } from '../proof/verify-proof.js';
import type { Language } from '../text/localized.js';
import { assembleReport, type CheckFindings, hasPassed, resultOf, shownStatusOf } from './assemble-report.js';
import { type Parsed, parseInput, type VerificationInput } from './checks/parse.js';
import { type Check, createExamination, type Examination, type VerificationMeans } from './examination.js';
import { type Finding, pass, skipped, unknown } from './finding.js';
import { PIPELINE } from './pipeline.js';
import { readCredential } from './read-credential.js';
import type { Recipient } from './recipient.js';
import type { CheckId, CheckResult, ShownCredential, VerificationReport } from './report.js';

export interface VerifyCredentialOptions extends Omit<VerificationMeans, 'createVerifier'> {
  readonly input: VerificationInput;
  /** Who the badge is said to be awarded to: asks for the check `recipient`. */
  readonly recipient?: Recipient;
  /** Language of the problem details, default `en`; checks and warnings carry both. */
  readonly language?: Language;
  readonly createVerifier?: typeof createProofVerifier;
}

/**
 * Answers whether a badge can be trusted. Never throws for a bad badge: what it finds is the report.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#verification
 */
export async function verifyCredential({ input, ...options }: VerifyCredentialOptions): Promise<VerificationReport> {
  return verifyParsed(parseInput(input), options);
}

/** {@link verifyCredential} for what was read before. */
export async function verifyParsed(
  parsed: Parsed,
  options: Omit<VerifyCredentialOptions, 'input'>,
): Promise<VerificationReport> {
  const { now, language = 'en' } = options;
  const { checks, examination } = await makeChecks(parsed, options);
  const credential = examination === undefined ? null : await shownCredential(examination, checks);
  return assembleReport({ checks, credential, now, language });
}

/** The lines of the report on a badge, for whoever shows it to nobody. */
export async function checkCredential({ input, ...options }: VerifyCredentialOptions): Promise<CheckResult[]> {
  const { checks } = await makeChecks(parseInput(input), options);
  return checks.map(resultOf);
}

async function makeChecks(
  parsed: Parsed,
  options: Omit<VerifyCredentialOptions, 'input'>,
): Promise<{ readonly checks: readonly CheckFindings[]; readonly examination?: Examination }> {
  const { recipient, createVerifier = createProofVerifier } = options;
  const pipeline = PIPELINE.filter(({ id }) => id !== 'recipient' || recipient !== undefined);
  if (!parsed.ok) {
    const { check, findings } = parsed;
    const ids: CheckId[] = ['parse', ...pipeline.map(({ id }) => id)];
    return { checks: ids.map((id) => ({ id, findings: id === check ? findings : [notReached(id, check)] })) };
  }
  const { document, vcJwt } = parsed;
  const examination = createExamination(document, { ...options, vcJwt, recipient, createVerifier });
  const checks: CheckFindings[] = [{ id: 'parse', findings: [pass()] }];
  const { late, forget } = lateness(options.signal);
  try {
    for (const check of pipeline) {
      checks.push({ id: check.id, findings: await runCheck(check, examination, { before: checks, late }) });
    }
  } finally {
    forget();
  }
  return { checks, examination };
}

async function runCheck(
  check: Check,
  examination: Examination,
  { before, late }: { readonly before: readonly CheckFindings[]; readonly late: Promise<void> | undefined },
): Promise<readonly Finding[]> {
  const missing = check.needs.find((id) => !passed(id, before));
  return missing === undefined ? inTime(check, examination, late) : [skippedFor(missing)];
}

/** What a check finds; one that waits for somebody is not waited for when it is late. */
async function inTime(
  check: Check,
  examination: Examination,
  late: Promise<void> | undefined,
): Promise<readonly Finding[]> {
  const found = check.run(examination);
  return late === undefined || Array.isArray(found)
    ? found
    : Promise.race([found, late.then(() => [unknown('out-of-time', null)])]);
}

/** When the time is up, requests and jobs end: so soon after, every check that can tell something has told it. */
const GRACE_MILLISECONDS = 1_000;

/** Settles a little after the time is up; undefined for a verification that has all the time it takes. */
function lateness(signal: AbortSignal | undefined): {
  readonly late: Promise<void> | undefined;
  readonly forget: () => void;
} {
  if (signal === undefined) return { late: undefined, forget: () => undefined };
  let onAbort = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    onAbort = () => {
      setTimeout(resolve, GRACE_MILLISECONDS);
    };
  });
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  return { late, forget: () => signal.removeEventListener('abort', onAbort) };
}

function passed(id: CheckId, checks: readonly CheckFindings[]): boolean {
  const check = checks.find((candidate) => candidate.id === id);
  return check !== undefined && hasPassed(check);
}

/** What a check says when the badge was given up at another: reading it had gone well, or was never done. */
function notReached(id: CheckId, failed: CheckId): Finding {
  return id === 'parse' ? pass() : skippedFor(failed);
}

function skippedFor(check: CheckId): Finding {
  return skipped('precondition-failed', null, { check });
}

/** Facts are facts only when the issuer's proof holds, under a key the issuer stands by. */
async function shownCredential(
  examination: Examination,
  checks: readonly CheckFindings[],
): Promise<ShownCredential | null> {
  if (!passed('proof', checks) || !passed('key', checks)) return null;
  const isRead = checks.every(
    ({ id, findings }) => id !== 'evidence' || resultOf({ id, findings }).state !== 'unknown',
  );
  return readCredential(examination.credential, {
    status: shownStatusOf(checks),
    digests: isRead ? await examination.evidenceDigests() : new Map(),
  });
}
