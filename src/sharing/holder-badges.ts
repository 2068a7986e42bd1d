import { findHeldBadge } from '../issuing/badges.js';
import { isBound } from '../issuing/jwt-form.js';
import { evidenceEntries, isIdentified, present, showsName } from '../issuing/presentation.js';
import { type ReissueRefusal, ReissueRefusedError, reissueCredential, shownNow } from '../issuing/reissue.js';
import { findStudent, refsOf } from '../issuing/students.js';
import { isWithdrawn, setWithdrawn } from '../issuing/withdrawal.js';
import { isJsonObject, type JsonObject } from '../ports/json.js';
import type { CredentialEntry } from '../ports/ledger.js';
import { type Instant, parseInstant } from '../text/instant.js';
import { forgetIfErased, type Holder, type SharingContext } from './context.js';

const MILLISECONDS_PER_DAY = 86_400_000;
/** Every new choice is a new version, kept for good: as many as anybody could mean in a day. */
const VERSIONS_A_DAY = 20;

/** One of a holder's badges, with what they may choose about it. */
export interface HolderBadge {
  readonly id: string;
  readonly name: string;
  /** Language it is signed in, as a tag. */
  readonly language: string | undefined;
  readonly state: 'active' | 'suspended' | 'revoked' | 'expired';
  /** False while its holder withdrew it: its public addresses answer as for an unknown id. */
  readonly shared: boolean;
  /** As signed. */
  readonly awardedDate: string | undefined;
  readonly validFrom: string;
  /** How many versions of it were signed. */
  readonly versions: number;
  /** DID of the wallet's key it is bound to. */
  readonly boundTo: string | undefined;
  /** True where the issuer itself settled whose key it is for: no wallet can be put in its place. */
  readonly isBoundByIssuer: boolean;
  /** `needed`: nothing else tells whose badge it is, so that it cannot be hidden. `none`: the badge never named anybody. */
  readonly nameIs: 'shown' | 'hidden' | 'needed' | 'none';
  readonly evidence: readonly { readonly id: string; readonly name: string; readonly shown: boolean }[];
  /** The signed document of the version served now. */
  readonly document: JsonObject;
}

/** Every badge of a holder, oldest first. Those never finished, voided or erased are none. */
export async function badgesOf(context: SharingContext, holder: Holder): Promise<HolderBadge[]> {
  const record = await findStudent(context, holder.issuer, holder.student);
  if (record === undefined) return [];
  const badges: { readonly at: number; readonly badge: HolderBadge }[] = [];
  for (const ref of await refsOf(context, record)) {
    const entry = await context.store.ledger.byRef(holder.issuer, ref);
    const badge = entry === undefined ? undefined : await describe(context, entry);
    if (entry !== undefined && badge !== undefined) badges.push({ at: entry.versions[0]?.reservedAt ?? 0, badge });
  }
  return badges.sort((a, b) => a.at - b.at).map(({ badge }) => badge);
}

/** One badge of a holder; undefined for an id that is unknown or somebody else's: they cannot be told apart. */
export async function badgeOf(context: SharingContext, holder: Holder, id: string): Promise<HolderBadge | undefined> {
  return (await badgesOf(context, holder)).find((badge) => badge.id === id);
}

async function describe(context: SharingContext, entry: CredentialEntry): Promise<HolderBadge | undefined> {
  const { state, credential: id } = entry;
  if (state !== 'active' && state !== 'suspended' && state !== 'revoked') return undefined;
  const badge = await findHeldBadge(context, id);
  if (badge === undefined) return undefined;
  const { document } = badge;
  const { base, presentation } = await shownNow(context, entry);
  const subject = isJsonObject(document['credentialSubject']) ? document['credentialSubject'] : {};
  const achievement = isJsonObject(subject['achievement']) ? subject['achievement'] : {};
  const withoutName = present(base.document, { ...presentation, nameHidden: true }, 0);
  const hidden = new Set(presentation.hiddenEvidence);
  return {
    id,
    name: textOf(document['name']) ?? id,
    language: textOf(achievement['inLanguage']),
    state: state === 'active' && hasExpired(document, context.clock.now()) ? 'expired' : state,
    shared: !(await isWithdrawn(context, entry.issuer, id)),
    awardedDate: textOf(document['awardedDate']),
    validFrom: textOf(document['validFrom']) ?? '',
    versions: entry.versions.filter((version) => version.state === 'issued').length,
    boundTo: presentation.holderId,
    isBoundByIssuer: isBound(base.document),
    nameIs: !showsName(base.document)
      ? 'none'
      : !isIdentified(withoutName)
        ? 'needed'
        : presentation.nameHidden
          ? 'hidden'
          : 'shown',
    evidence: evidenceEntries(base.document).map((evidence) => {
      const evidenceId = textOf(evidence['id']) ?? '';
      return { id: evidenceId, name: textOf(evidence['name']) ?? evidenceId, shown: !hidden.has(evidenceId) };
    }),
    document,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function hasExpired(document: JsonObject, now: number): boolean {
  const until = textOf(document['validUntil']);
  return until !== undefined && (parseInstant(until) ?? now) < now;
}

/** What came of a choice: `changed`, `unchanged`, or why it was not followed. */
export type ChoiceAnswer = 'changed' | 'unchanged' | 'too-often' | ReissueRefusal;

/**
 * Follows a holder's choice of what a badge shows: it is issued anew without what they hide.
 * @returns undefined for a badge that is not theirs.
 * @throws what {@link reissueCredential} does when it cannot sign or store now.
 */
export async function chooseDisclosure(
  context: SharingContext,
  holder: Holder,
  choice: { readonly id: string; readonly nameHidden: boolean; readonly hiddenEvidence: readonly string[] },
): Promise<ChoiceAnswer | undefined> {
  const { id: credential, ...disclosure } = choice;
  const entry = await ownEntry(context, holder, credential);
  if (entry === undefined) return undefined;
  if (wasSignedTooOften(entry, context.clock.now())) return 'too-often';
  try {
    const change = { kind: 'disclosure', ...disclosure } as const;
    const { changed } = await reissueCredential(context, {
      credential,
      change,
      actor: 'holder',
      issuer: holder.issuer,
    });
    return changed ? 'changed' : 'unchanged';
  } catch (error) {
    if (error instanceof ReissueRefusedError) return error.reason;
    throw error;
  }
}

/** Was a badge signed anew as often as it may be in a day? */
export function wasSignedTooOften({ versions }: CredentialEntry, now: Instant): boolean {
  const since = now - MILLISECONDS_PER_DAY;
  return versions.filter(({ version, reservedAt }) => version > 1 && reservedAt > since).length >= VERSIONS_A_DAY;
}

/** Withdraws a badge from sharing, or shares it again. @returns false for a badge that is not theirs. */
export async function chooseSharing(
  context: SharingContext,
  holder: Holder,
  { id, shared }: { readonly id: string; readonly shared: boolean },
): Promise<boolean> {
  const entry = await ownEntry(context, holder, id);
  if (entry === undefined) return false;
  await setWithdrawn(context, { ...holder, credential: id }, !shared);
  return !(await forgetIfErased(context, holder));
}

async function ownEntry(context: SharingContext, holder: Holder, id: string): Promise<CredentialEntry | undefined> {
  const record = await findStudent(context, holder.issuer, holder.student);
  const entry = record === undefined ? undefined : await context.store.ledger.credential(id);
  if (record === undefined || entry === undefined || entry.issuer !== holder.issuer) return undefined;
  const isTheirs = (await refsOf(context, record)).includes(entry.ref);
  return isTheirs && ['active', 'suspended', 'revoked'].includes(entry.state) ? entry : undefined;
}
