import { z } from 'zod';
import { DomainError } from '../ports/error.js';
import { asJson, isJsonObject, type JsonObject } from '../ports/json.js';
import { type CredentialEntry, type CredentialVersion, LedgerConflictError } from '../ports/ledger.js';
import { type Instant, parseInstant } from '../text/instant.js';
import { lintCredential } from '../verification/lint-credential.js';
import { type Reservation, readReservation } from './award.js';
import { CredentialNotFoundError } from './change-status.js';
import { SelfVerificationError } from './complete-versions.js';
import type { IssuingContext, IssuingCore } from './context.js';
import { completeVersion } from './issue-credential.js';
import {
  AS_SETTLED,
  evidenceEntries,
  isIdentified,
  type Presentation,
  present,
  samePresentation,
  zPresentation,
} from './presentation.js';
import { CredentialInvalidError } from './reserve-credentials.js';
import { versionsOf } from './turn-keys.js';

const ATTEMPTS = 4;
/** `validFrom` is written to the second, and each version's must be newer. */
const VALID_FROM_STEP_MILLISECONDS = 1000;

/** What may change of a badge that is out in the world. Nothing else can be asked for. */
const zChange = z.discriminatedUnion('kind', [
  /** The holder chose anew what is shown. */
  z.strictObject({
    kind: z.literal('disclosure'),
    nameHidden: z.boolean(),
    hiddenEvidence: zPresentation.shape.hiddenEvidence,
  }),
  /** Bound to the key of the holder's wallet: `credentialSubject.id`. */
  z.strictObject({ kind: z.literal('holder'), id: zPresentation.shape.holderId.unwrap() }),
  /** Signed anew, with the key the issuer signs with now. */
  z.strictObject({ kind: z.literal('key') }),
]);
export type ReissueChange = z.infer<typeof zChange>;

export type ReissueRefusal =
  /** Asked for something no re-issue may do, or wrote it wrongly. */
  | 'change-not-allowed'
  /** Suspended, revoked, expired: only a badge in force is issued anew. */
  | 'not-active'
  /** Names evidence the badge never had. */
  | 'unknown-evidence'
  /** Without the name nothing would be left to know the holder by. */
  | 'name-needed'
  /** The issuer itself settled whose key the badge is for. */
  | 'bound-by-issuer';

/** The badge stays as it is. */
export class ReissueRefusedError extends DomainError {
  override readonly code = 'reissue-refused';
  readonly credential: string;
  readonly reason: ReissueRefusal;

  constructor(credential: string, reason: ReissueRefusal) {
    super(`${credential} is not issued anew: ${reason}`);
    this.credential = credential;
    this.reason = reason;
  }
}

export interface ReissueRequest {
  readonly credential: string;
  readonly change: ReissueChange;
  readonly actor: string;
  /** Restricts it to one issuer's credentials; others are not found. */
  readonly issuer?: string;
}

/**
 * Issues a badge anew: same id, same status entry, same `awardedDate`, newer `validFrom`, next version (architecture,
 * *Life of a credential*). An older copy stays valid, with the warning `newer-version`. It goes the way of every badge:
 * compose, check, reserve with the exact document, sign, verify, store; what a crash leaves is finished or voided at the
 * next start. Asked for what is so already, it changes nothing.
 * @returns the entry, and whether a version was added.
 * @throws {ReissueRefusedError} {@link CredentialNotFoundError} {@link CredentialInvalidError}
 * {@link SelfVerificationError} {@link SignerError} {@link SigningHaltedError} {@link StoreUnavailableError}
 */
export function reissueCredential(
  context: IssuingContext,
  request: ReissueRequest,
): Promise<{ readonly entry: CredentialEntry; readonly changed: boolean }> {
  return context.turns.run(versionsOf(request.credential), () => reissue(context, request));
}

async function reissue(
  context: IssuingContext,
  request: ReissueRequest,
): Promise<{ readonly entry: CredentialEntry; readonly changed: boolean }> {
  const { credential } = request;
  const parsed = zChange.safeParse(request.change);
  if (!parsed.success) throw new ReissueRefusedError(credential, 'change-not-allowed');
  for (let attempt = 1; ; attempt += 1) {
    const found = await entryInForce(context, request);
    await context.halt.assertSigning();
    const entry = await finished(context, found);
    const now = await shownNow(context, entry);
    if (hasExpired(now.base.document, context.clock.now())) throw new ReissueRefusedError(credential, 'not-active');
    const wanted = presentationAfter(now, parsed.data, credential);
    if (parsed.data.kind !== 'key' && samePresentation(wanted, now.presentation)) return { entry, changed: false };
    const version = await reserve(context, entry, { now, wanted, actor: request.actor });
    if (version !== undefined) return { entry: await completeVersion(context, credential, version), changed: true };
    // Another process added a version or changed the state meanwhile: look again.
    if (attempt >= ATTEMPTS) throw new LedgerConflictError('version-taken', `${credential} is being issued elsewhere`);
  }
}

async function entryInForce(context: IssuingCore, { credential, issuer }: ReissueRequest): Promise<CredentialEntry> {
  const entry = await context.store.ledger.credential(credential);
  const unknown = entry === undefined || ['reserved', 'voided', 'erased'].includes(entry.state);
  if (unknown || (issuer !== undefined && issuer !== entry.issuer)) throw new CredentialNotFoundError(credential);
  if (entry.state !== 'active') throw new ReissueRefusedError(credential, 'not-active');
  return entry;
}

/** A version that an earlier call left half way is finished, or voided, before the next is begun. */
async function finished(context: IssuingContext, entry: CredentialEntry): Promise<CredentialEntry> {
  const open = entry.versions.find((version) => version.state === 'reserved');
  if (open === undefined) return entry;
  try {
    return await completeVersion(context, entry.credential, open.version);
  } catch (error) {
    if (!(error instanceof SelfVerificationError)) throw error;
    return (await context.store.ledger.credential(entry.credential)) ?? entry;
  }
}

/** What a badge shows now, and the version of it that holds everything there is to show. */
export interface ShownNow {
  readonly served: CredentialVersion;
  /** `validFrom` of the version served now. */
  readonly validFrom: Instant;
  readonly presentation: Presentation;
  /** The newest version that was composed, not re-issued: its unsigned document and award. */
  readonly base: Reservation;
}

/** @throws {CredentialNotFoundError} for one that was never issued, or is erased. */
export async function shownNow(context: IssuingCore, entry: CredentialEntry): Promise<ShownNow> {
  const issued = entry.versions.filter((version) => version.state === 'issued').reverse();
  const [served] = issued;
  let presentation: Presentation | undefined;
  let validFrom: Instant | undefined;
  for (const { version } of issued) {
    const reservation = readReservation(await context.store.ledger.reservation(entry.credential, version));
    if (served === undefined || reservation === undefined) break;
    presentation ??= reservation.presentation ?? AS_SETTLED;
    validFrom ??= parseInstant(String(reservation.document['validFrom'])) ?? served.reservedAt;
    if (reservation.presentation === undefined) return { served, validFrom, presentation, base: reservation };
  }
  throw new CredentialNotFoundError(entry.credential);
}

function hasExpired({ validUntil }: JsonObject, now: Instant): boolean {
  return typeof validUntil === 'string' && (parseInstant(validUntil) ?? now) < now;
}

/** @throws {ReissueRefusedError} */
function presentationAfter(
  { base: { document }, presentation }: ShownNow,
  change: ReissueChange,
  credential: string,
): Presentation {
  const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject'] : {};
  switch (change.kind) {
    case 'key':
      return presentation;
    case 'holder':
      if (subject['id'] !== undefined) throw new ReissueRefusedError(credential, 'bound-by-issuer');
      return { ...presentation, holderId: change.id };
    case 'disclosure': {
      const hiddenEvidence = [...new Set(change.hiddenEvidence)].sort();
      const known = evidenceEntries(document).map(({ id }) => id);
      if (!hiddenEvidence.every((id) => known.includes(id))) {
        throw new ReissueRefusedError(credential, 'unknown-evidence');
      }
      const wanted = { ...presentation, nameHidden: change.nameHidden, hiddenEvidence };
      if (change.nameHidden && !isIdentified(present(document, wanted, 0))) {
        throw new ReissueRefusedError(credential, 'name-needed');
      }
      return wanted;
    }
  }
}

/** @returns the version reserved; undefined when somebody else was faster. @throws {CredentialInvalidError} */
async function reserve(
  context: IssuingContext,
  entry: CredentialEntry,
  { now, wanted, actor }: { readonly now: ShownNow; readonly wanted: Presentation; readonly actor: string },
): Promise<number | undefined> {
  const { base, served } = now;
  const validFrom = Math.max(context.clock.now(), now.validFrom + VALID_FROM_STEP_MILLISECONDS);
  const document = present(base.document, wanted, validFrom);
  context.atStep?.('composed');
  const problems = await lintCredential(document, context);
  if (problems.length > 0) throw new CredentialInvalidError(problems);
  const version = (entry.versions.at(-1)?.version ?? 0) + 1;
  const { issuer, credential, ref, source } = entry;
  const { list, index } = served;
  try {
    await context.store.ledger.append([
      {
        actor,
        event: { kind: 'reserved', issuer, credential, version, list, index, ref, source },
        payload: asJson({ ...base, document, presentation: wanted } satisfies Reservation),
      },
    ]);
  } catch (error) {
    if (!(error instanceof LedgerConflictError)) throw error;
    return undefined;
  }
  context.atStep?.('reserved');
  return version;
}
