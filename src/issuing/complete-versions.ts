import { DomainError } from '../ports/error.js';
import type { JsonObject } from '../ports/json.js';
import { type CredentialEntry, LedgerConflictError } from '../ports/ledger.js';
import { UnsignableCredentialError } from '../proof/sign.js';
import type { CheckResult } from '../verification/report.js';
import { appendApart } from './append-apart.js';
import type { IssuingContext } from './context.js';
import { type OpenVersion, voidVersion } from './open-version.js';
import { queueIssuedMails } from './outbox.js';
import { attempt, failed, type Outcome, succeeded, thenAll } from './outcome.js';
import { signVersions } from './sign-versions.js';
import { speaksAgainst } from './source.js';

const FIRST_VERSION = 1;

/** The signed document did not pass our own verification; its reservation was voided. */
export class SelfVerificationError extends DomainError {
  override readonly code = 'verification-failed';
  readonly checks: readonly CheckResult[];

  constructor(credential: string, checks: readonly CheckResult[]) {
    super(`${credential} was not issued: ${checks.map((check) => `${check.id} ${check.code ?? ''}`).join(', ')}`);
    this.checks = checks;
  }
}

/** A version that was issued. */
export interface Completed {
  readonly entry: CredentialEntry;
  /** The signed document; undefined where another process finished the version first: its signature counts. */
  readonly document: JsonObject | undefined;
}

/**
 * The second half of decision 4: signs the stored documents of reserved versions, verifies them and stores them as
 * issued, the letters about new badges queued before; for new ones, for re-issues and for those a crash left behind.
 * Each succeeds or fails alone.
 * @param versions no more than a chunk.
 * @returns in the order given. Failures: {@link SelfVerificationError} and {@link UnsignableCredentialError} after voiding
 * the reservation, {@link SignerError} {@link StoreUnavailableError} with the reservation left to be finished later.
 */
export async function completeVersions(
  context: IssuingContext,
  versions: readonly OpenVersion[],
): Promise<Outcome<Completed>[]> {
  const told = await queueLetters(context, versions);
  const signed = await thenAll(told, (open) => sign(context, open));
  const verified = await thenAll(signed, (documents) => verify(context, documents));
  const stored = await thenAll(verified, (documents) => store(context, documents));
  return thenAll(stored, (issued) => Promise.all(issued.map((each) => attempt(() => readIssued(context, each)))));
}

/** Before any of them is signed, so that no crash can leave a badge without its letter. */
async function queueLetters(
  context: IssuingContext,
  versions: readonly OpenVersion[],
): Promise<Outcome<OpenVersion>[]> {
  const letters = versions.flatMap(({ issuer, credential, version, reservation, isNew }) => {
    const student = reservation.award?.engagement.student.id;
    return version === FIRST_VERSION && student !== undefined ? [{ issuer, credential, student, isNew }] : [];
  });
  const queued = await attempt(() => queueIssuedMails(context, letters));
  if (!queued.ok) {
    const owed = new Set(letters.map(({ credential }) => credential));
    return versions.map((open) => (owed.has(open.credential) ? queued : succeeded(open)));
  }
  for (const _ of letters) context.atStep?.('mail-queued');
  return versions.map(succeeded);
}

interface Signed {
  readonly open: OpenVersion;
  readonly document: JsonObject;
}

type Stored = Pick<Completed, 'document'> & { readonly open: OpenVersion };

/** A document that cannot be signed now will not become so by waiting: it is given up. */
async function sign(context: IssuingContext, versions: readonly OpenVersion[]): Promise<Outcome<Signed>[]> {
  const signed = await signVersions(context, versions);
  return Promise.all(
    versions.map(async (open, number) => {
      const outcome = signed[number] ?? failed(new Error('a group was signed in part'));
      if (outcome.ok) {
        context.atStep?.('signed');
        return succeeded({ open, document: outcome.value });
      }
      const { error } = outcome;
      if (!(error instanceof UnsignableCredentialError)) return outcome;
      return giveUp(context, open, { why: { reason: error.code, detail: error.reason }, error });
    }),
  );
}

async function verify(context: IssuingContext, documents: readonly Signed[]): Promise<Outcome<Signed>[]> {
  const inspected = documents.map(({ open: { source }, document }) => ({ document, source }));
  const reports = await context.inspection.verify(context, inspected);
  return Promise.all(
    documents.map(async (signed, number) => {
      const report = reports[number] ?? failed(new Error('a group was verified in part'));
      if (!report.ok) return report;
      const { open } = signed;
      const against = report.value.filter((check) => speaksAgainst(check, open.source));
      if (against.length === 0) {
        context.atStep?.('verified');
        return succeeded(signed);
      }
      const checks = against.map((check) => `${check.id}: ${check.code ?? ''}`);
      const error = new SelfVerificationError(open.credential, against);
      return giveUp(context, open, { why: { reason: 'verification-failed', checks }, error });
    }),
  );
}

/** @returns the failure: the error given, or that the reservation could not even be voided. */
async function giveUp(
  context: IssuingContext,
  open: OpenVersion,
  { why, error }: { readonly why: JsonObject; readonly error: Error },
): Promise<Outcome<never>> {
  const voided = await attempt(() => voidVersion(context, open, why));
  return voided.ok ? failed(error) : voided;
}

async function store(context: IssuingContext, documents: readonly Signed[]): Promise<Outcome<Stored>[]> {
  const stored = await appendApart(
    context.store.ledger,
    documents.map(({ open: { issuer, credential, version }, document }) => ({
      actor: 'house',
      event: { kind: 'issued', issuer, credential, version },
      payload: document,
    })),
  );
  return documents.map(({ open, document }, number) => {
    const outcome = stored[number] ?? failed(new Error('a group was stored in part'));
    // Another process may have finished the same reservation first: its signature is the one that counts.
    if (!outcome.ok && !isFinishedElsewhere(outcome.error)) return outcome;
    context.atStep?.('issued');
    return succeeded({ open, document: outcome.ok ? document : undefined });
  });
}

function isFinishedElsewhere(error: unknown): boolean {
  return error instanceof LedgerConflictError && error.conflict === 'version-taken';
}

async function readIssued(context: IssuingContext, { open: { credential }, document }: Stored): Promise<Completed> {
  const entry = await context.store.ledger.credential(credential);
  if (entry === undefined) throw new LedgerConflictError('unknown-credential', `${credential} vanished after issuing`);
  return { entry, document };
}
