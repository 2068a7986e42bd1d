import type { Issuer } from '../credential/issuer.js';
import { DomainError } from '../ports/error.js';
import { asJson, type JsonObject } from '../ports/json.js';
import {
  type CredentialEntry,
  type CredentialVersion,
  LedgerConflictError,
  type StatusPurpose,
} from '../ports/ledger.js';
import type { Instant } from '../text/instant.js';
import { type LintProblem, lintCredential } from '../verification/lint-credential.js';
import type { CheckResult } from '../verification/report.js';
import { verifyCredential } from '../verification/verify-credential.js';
import { type ApiRecord, type AwardRecord, type Reservation, readReservation } from './award.js';
import type { IssuingContext } from './context.js';
import { drawStatusIndex, type StatusPlace } from './draw-status-index.js';
import { getIssuer } from './issuers.js';
import { queueIssuedMail } from './outbox.js';
import { ACCEPTED, signVersion, speaksAgainst, voidVersion } from './sign-version.js';

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

/** What is to be issued: everything but the status place and, mostly, the id, which are drawn here. */
export interface IssueRequest {
  readonly issuer: Issuer;
  readonly ref: string;
  readonly actor: string;
  /** What it rests on: an award of a jury, or a request through the API. */
  readonly basis: { readonly award: AwardRecord } | { readonly api: ApiRecord };
  /** Of the list its place is drawn in, default `revocation`. */
  readonly statusPurpose?: StatusPurpose;
  /** The id a caller of the API chose; drawn here unless given. */
  readonly credentialId?: string;
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
 * @throws {SigningHaltedError} before anything is drawn: what is asked for during a stop is not signed after it.
 */
export async function issueCredential(context: IssuingContext, request: IssueRequest): Promise<CredentialEntry> {
  const { ledger } = context.store;
  const existing = await ledger.byRef(request.issuer.slug, request.ref);
  if (existing !== undefined) return finish(context, existing);
  await context.halt.assertSigning();
  const source = 'api' in request.basis ? 'api' : 'jury';
  for (let draw = 1; ; draw += 1) {
    const credentialId = request.credentialId ?? context.ids.next();
    const status = await drawStatusIndex(context, request.issuer.slug, request.statusPurpose);
    const document = request.compose({ credentialId, status, validFrom: context.clock.now() });
    context.atStep?.('composed');
    const problems = await lintCredential(document, { ...context, accept: ACCEPTED[source] });
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
            source,
          },
          payload: asJson({ document, ...request.basis } satisfies Reservation),
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
  const signed = await signVersion(context, entry, { version, reservation });
  context.atStep?.('signed');
  const report = await verifyCredential({
    input: signed,
    contexts: context.contexts,
    crypto: context.crypto,
    createVerifier: context.createVerifier,
    resolver: context.resolver,
    accept: ACCEPTED[entry.source],
    now: context.clock.now(),
  });
  const against = report.checks.filter((check) => speaksAgainst(check, entry.source));
  if (against.length > 0) {
    const checks = against.map((check) => `${check.id}: ${check.code ?? ''}`);
    await voidVersion(context, entry, { version, why: { reason: 'verification-failed', checks } });
    throw new SelfVerificationError(credential, against);
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
