import type { CredentialEntry, CredentialVersion } from '../ports/ledger.js';
import { completeVersions, SelfVerificationError } from './complete-versions.js';
import type { IssuingContext } from './context.js';
import { inChunks } from './in-chunks.js';
import { chunksOf } from './inspection.js';
import { readOpenVersion } from './open-version.js';
import { attempt, failed, type Outcome, succeeded, thenAll, unwrap } from './outcome.js';
import { type IssueRequest, reserveCredentials } from './reserve-credentials.js';

/**
 * Issues credentials in the order of decision 4: draw id and status index → compose → check → store `reserved` with the
 * exact document → sign → verify → store `issued`; every stage is done for all of them before the next. The same ref never
 * leads to two credentials: a second call, also after a crash or from another process, answers the first one.
 * @param requests no more than a chunk.
 * @returns in the order given; each succeeds or fails alone. Failures: {@link CredentialInvalidError}
 * {@link SelfVerificationError} {@link SignerError} {@link SigningHaltedError} {@link StoreUnavailableError}
 */
export async function issueCredentials(
  context: IssuingContext,
  requests: readonly IssueRequest[],
): Promise<Outcome<CredentialEntry>[]> {
  const reserved = await reserveCredentials(context, requests);
  return thenAll(reserved, async (found) => {
    const open = found.flatMap((each) => (each.kind === 'open' ? [each.open] : []));
    const completed = (await completeVersions(context, open)).values();
    return found.map((each) => {
      if (each.kind === 'issued') return succeeded(each.entry);
      const outcome = completed.next().value ?? failed(new Error('a group was answered in part'));
      return outcome.ok ? succeeded(outcome.value.entry) : outcome;
    });
  });
}

/**
 * Signs a reserved version's stored document, verifies it and stores it as issued.
 * @throws what fails in {@link completeVersions}. {@link LedgerConflictError} for a version that is not reserved.
 */
export async function completeVersion(
  context: IssuingContext,
  credential: string,
  version: number,
): Promise<CredentialEntry> {
  const open = await readOpenVersion(context, credential, version);
  const [outcome] = await completeVersions(context, [open]);
  return unwrap(outcome).entry;
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
  const unfinished = (await context.store.ledger.unfinished()).flatMap(({ credential, versions }) =>
    versions.filter(isReserved).map(({ version }) => ({ credential, version })),
  );
  await inChunks(unfinished, chunksOf(context.inspection, unfinished.length), async (chunk) => {
    const open = await Promise.all(
      chunk.map(({ credential, version }) => attempt(() => readOpenVersion(context, credential, version))),
    );
    const completed = await thenAll(open, (versions) => completeVersions(context, versions));
    for (const [number, { credential }] of chunk.entries()) {
      const outcome = completed[number];
      if (outcome?.ok === true) {
        recovery.finished += 1;
        continue;
      }
      if (outcome?.error instanceof SelfVerificationError) recovery.voided += 1;
      else recovery.left += 1;
      context.logger.error('reservation-not-finished', outcome?.error, { credential });
    }
    return [];
  });
  if (recovery.finished + recovery.voided + recovery.left > 0) context.logger.info('reservations-recovered', recovery);
  return recovery;
}

function isReserved(version: CredentialVersion): boolean {
  return version.state === 'reserved';
}
