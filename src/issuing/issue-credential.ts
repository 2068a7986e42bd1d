import type { Issuer } from '../credential/issuer.js';
import { DomainError } from '../ports/error.js';
import { asJson, type JsonObject } from '../ports/json.js';
import { type CredentialEntry, type CredentialVersion, LedgerConflictError } from '../ports/ledger.js';
import { addProofs } from '../proof/sign.js';
import type { Instant } from '../text/instant.js';
import { type LintProblem, lintCredential } from '../verification/lint-credential.js';
import type { CheckResult } from '../verification/report.js';
import { verifyCredential } from '../verification/verify-credential.js';
import { type AwardRecord, readReservation } from './award.js';
import type { IssuingContext } from './context.js';
import { drawStatusIndex, type StatusPlace } from './draw-status-index.js';
import { getIssuer, signingKey } from './issuers.js';
import { queueIssuedMail } from './outbox.js';

const DRAWS = 8;
const FIRST_VERSION = 1;

/** The document was composed but must not be signed: it breaks the schema, safe mode or a cross reference. */
export class CredentialInvalidError extends DomainError {
  override readonly code = 'credential-invalid';
  readonly problems: readonly LintProblem[];

  constructor(problems: CredentialInvalidError['problems']) {
    super(`not signed: ${problems.map(({ pointer, message }) => `${pointer ?? ''} ${message.en}`.trim()).join('; ')}`);
    this.problems = problems;
  }
}

/** The signed document did not pass our own verification; its reservation was voided. */
export class SelfVerificationError extends DomainError {
  override readonly code = 'verification-failed';
  readonly checks: readonly CheckResult[];

  constructor(credential: string, checks: readonly CheckResult[]) {
    super(`${credential} was not issued: ${checks.map((check) => `${check.id} ${check.code ?? ''}`).join(', ')}`);
    this.checks = checks;
  }
}

/** What is to be issued: everything but the id and the status place, which are drawn here. */
export interface IssueRequest {
  readonly issuer: Issuer;
  readonly ref: string;
  readonly actor: string;
  readonly award: AwardRecord;
  readonly compose: (drawn: {
    readonly credentialId: string;
    readonly status: StatusPlace;
    readonly validFrom: Instant;
  }) => JsonObject;
}

/**
 * Issues one credential in the order of decision 4: draw id and status index → compose → check → store `reserved` with
 * the exact document → sign → verify → store `issued`. The same ref never leads to two credentials: a second call, also
 * after a crash or from another process, answers the first one.
 * @throws {CredentialInvalidError} {@link SelfVerificationError} {@link SignerError} {@link StoreUnavailableError}
 */
export async function issueCredential(context: IssuingContext, request: IssueRequest): Promise<CredentialEntry> {
  const { ledger } = context.store;
  const existing = await ledger.byRef(request.issuer.slug, request.ref);
  if (existing !== undefined) return finish(context, existing);
  for (let draw = 1; ; draw += 1) {
    const credentialId = context.ids.next();
    const status = await drawStatusIndex(context, request.issuer.slug);
    const document = request.compose({ credentialId, status, validFrom: context.clock.now() });
    context.atStep?.('composed');
    const problems = await lintCredential(document, { contexts: context.contexts });
    if (problems.length > 0) throw new CredentialInvalidError(problems);
    try {
      await ledger.append([
        {
          actor: request.actor,
          event: {
            kind: 'reserved',
            issuer: request.issuer.slug,
            credential: credentialId,
            version: 1,
            list: status.list,
            index: status.index,
            ref: request.ref,
            source: 'jury',
          },
          payload: asJson({ document, award: request.award }),
        },
      ]);
    } catch (error) {
      if (!(error instanceof LedgerConflictError)) throw error;
      if (error.conflict === 'ref-taken') {
        const other = await ledger.byRef(request.issuer.slug, request.ref);
        if (other !== undefined) return finish(context, other);
      }
      if (draw >= DRAWS) throw error;
      continue;
    }
    context.atStep?.('reserved');
    return completeVersion(context, credentialId, 1);
  }
}

async function finish(context: IssuingContext, entry: CredentialEntry): Promise<CredentialEntry> {
  const open = entry.versions.find((version) => version.state === 'reserved');
  return open === undefined ? entry : completeVersion(context, entry.credential, open.version);
}

/**
 * Signs a reserved version's stored document, verifies it and stores it as issued, the letter about a new badge queued
 * before; used for new ones, for re-issues and for those a crash left behind.
 * @throws {SelfVerificationError} after voiding the reservation.
 */
export async function completeVersion(
  context: IssuingContext,
  credential: string,
  version: number,
): Promise<CredentialEntry> {
  const { ledger } = context.store;
  const entry = await ledger.credential(credential);
  const reservation = readReservation(await ledger.reservation(credential, version));
  if (entry === undefined || reservation === undefined) {
    throw new LedgerConflictError('unknown-credential', `no reservation of ${credential}, version ${version}`);
  }
  const issuer = await getIssuer(context, entry.issuer);
  if (version === FIRST_VERSION && reservation.award !== undefined) {
    await queueIssuedMail(context, {
      issuer: issuer.slug,
      credential,
      student: reservation.award.engagement.student.id,
    });
    context.atStep?.('mail-queued');
  }
  const signed = await addProofs({
    credential: reservation.document,
    suites: context.settings.proofSuites,
    key: await signingKey(context, issuer),
    signer: context.signer,
    contexts: context.contexts,
    created: context.clock.now(),
  });
  context.atStep?.('signed');
  const report = await verifyCredential({
    input: signed,
    contexts: context.contexts,
    crypto: context.crypto,
    createVerifier: context.createVerifier,
    resolver: context.resolver,
    now: context.clock.now(),
  });
  if (!report.verified) {
    const failed = report.checks.filter((check) => check.state === 'fail' || check.state === 'unknown');
    await ledger.append([
      {
        actor: 'house',
        event: { kind: 'voided', issuer: entry.issuer, credential, version },
        payload: { reason: 'verification-failed', checks: failed.map((check) => `${check.id}: ${check.code ?? ''}`) },
      },
    ]);
    throw new SelfVerificationError(credential, failed);
  }
  context.atStep?.('verified');
  try {
    await ledger.append([
      { actor: 'house', event: { kind: 'issued', issuer: entry.issuer, credential, version }, payload: signed },
    ]);
  } catch (error) {
    // Another process may have finished the same reservation first: its signature is the one that counts.
    if (!(error instanceof LedgerConflictError) || error.conflict !== 'version-taken') throw error;
  }
  context.atStep?.('issued');
  const issued = await ledger.credential(credential);
  if (issued === undefined) throw new LedgerConflictError('unknown-credential', `${credential} vanished after issuing`);
  return issued;
}

/** What became of the reservations a crash left behind. */
export interface Recovery {
  readonly finished: number;
  readonly voided: number;
  /** Could be neither signed nor voided now (no key, say): tried again at the next start. */
  readonly left: number;
}

/** Finishes or voids every reservation an earlier process left behind (decision 4). Called once at start. */
export async function recoverUnfinished(context: IssuingContext): Promise<Recovery> {
  const recovery = { finished: 0, voided: 0, left: 0 };
  for (const entry of await context.store.ledger.unfinished()) {
    for (const version of entry.versions.filter(isReserved)) {
      try {
        await completeVersion(context, entry.credential, version.version);
        recovery.finished += 1;
      } catch (error) {
        if (error instanceof SelfVerificationError) recovery.voided += 1;
        else recovery.left += 1;
        context.logger.error('reservation-not-finished', error, { credential: entry.credential });
      }
    }
  }
  if (recovery.finished + recovery.voided + recovery.left > 0) context.logger.info('reservations-recovered', recovery);
  return recovery;
}

function isReserved(version: CredentialVersion): boolean {
  return version.state === 'reserved';
}
