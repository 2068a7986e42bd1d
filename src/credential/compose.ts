import type { Engagement, Student, Team } from '../engagement/schema.js';
import type { JuryDecision, Verdict } from '../jury/verdict.js';
import { DomainError } from '../ports/error.js';
import { indexProgramme } from '../programme/rule-case.js';
import type { Programme } from '../programme/schema.js';
import { BADGE_TEXT } from '../text/badge-text.js';
import { createZoneClock, formatInstant, type Instant, type ZoneClock } from '../text/instant.js';
import { composeAchievement, composePathwayAchievement, pathwayOf, pathwaySteps } from './achievement.js';
import { isNeverPublic } from './disclosure.js';
import { composeEvidence, composeRelatedResources, type HeldEvidence } from './evidence.js';
import { composeIdentifiers, type HashText, type IdentitySalts } from './identity.js';
import { composeIssuerProfile, composeUnitProfile, type Issuer } from './issuer.js';
import { type ConfirmedBy, composeNarrative, type DecidedBy, decisionSentence, hidesDates } from './narrative.js';
import type { AchievementSubject, Credential, Evidence, RelatedResource } from './open-badge.js';
import { presentMembers } from './present-members.js';
import { composeResults } from './results.js';
import { composeStatusEntry, type StatusPlace } from './status-entry.js';
import { credentialUrl } from './urls.js';

export type { Credential } from './open-badge.js';

/**
 * The contexts of every badge, in this order. The suite context of `Ed25519Signature2020` is composed in before either
 * proof is made (decision 3).
 */
export const CREDENTIAL_CONTEXTS = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
  'https://w3id.org/security/suites/ed25519-2020/v1',
] as const;

/** What every badge of this house is made from, whatever it is for. */
interface AwardInput {
  readonly programme: Programme;
  readonly decision: JuryDecision;
  /** Such as `2025-2026`. */
  readonly academicYear: string;
  readonly issuer: Issuer;
  /** 128 random bits, 26 characters. */
  readonly credentialId: string;
  readonly status: StatusPlace;
  readonly salts: IdentitySalts;
  readonly hash: HashText;
  readonly validFrom: Instant;
  /** DID of the holder's wallet, once the badge is bound to one. */
  readonly holderId?: string;
}

export interface CredentialInput extends AwardInput {
  readonly engagement: Engagement;
  readonly team?: Team;
  readonly verdict: Verdict;
  readonly confirmedBy?: ConfirmedBy;
  /** Files this house holds, by evidence id. */
  readonly heldEvidence?: ReadonlyMap<string, HeldEvidence>;
}

export interface PathwayCredentialInput extends AwardInput {
  /** Id of the pathway. */
  readonly pathway: string;
  readonly student: Student;
}

/** Only an issued verdict, about the very engagement, can become a credential. */
export class NotIssuableError extends DomainError {
  override readonly code = 'not-issuable';
  readonly engagementId: string;

  constructor(engagementId: string, why: string) {
    super(`engagement ${engagementId} cannot become a credential: ${why}`);
    this.engagementId = engagementId;
  }
}

/**
 * The unsigned badge of an issued verdict, in its student's language. Pure: the same input gives the same JSON. Nothing
 * is null or empty, no person but the holder is named, and no field of `neverPublic` appears in any form.
 * @throws {NotIssuableError} {@link HolderUnidentifiedError} {@link UnknownVariantError}
 * @see https://www.imsglobal.org/spec/ob/v3p0#achievementcredential
 */
export function composeCredential(input: CredentialInput): Credential {
  const { programme, engagement, team, verdict, issuer, decision } = input;
  if (verdict.outcome !== 'issued') throw new NotIssuableError(engagement.id, `its verdict is ${verdict.outcome}`);
  if (verdict.engagementId !== engagement.id || decision.engagementId !== engagement.id) {
    throw new NotIssuableError(engagement.id, 'verdict or decision belong to another engagement');
  }
  const language = engagement.student.preferredLanguage;
  // Where a programme has no variants, `variant` is a free word of the dossier.
  const variantId = programme.variants === undefined ? undefined : engagement.variant;
  const achievement = composeAchievement({ programme, variantId, language, issuer });
  const clock = createZoneClock(programme.timezone);
  const judged = { programme: indexProgramme(programme), variantId, engagement, team, verdict };
  const pieces = { programme, engagement, team, language, held: input.heldEvidence ?? new Map<string, HeldEvidence>() };
  return envelope(input, clock, {
    subject: presentMembers<AchievementSubject>({
      ...holderAndTerm(input, engagement.student),
      ...(hidesDates(programme) ? {} : activityDates(engagement, clock)),
      role: isNeverPublic(programme, 'role') ? undefined : engagement.role?.[language].trim(),
      creditsEarned: isNeverPublic(programme, 'credits', 'creditsEarned')
        ? undefined
        : (verdict.creditsEarned ?? undefined),
      narrative: composeNarrative(judged, { language, confirmedBy: input.confirmedBy ?? {}, decision, clock }),
      result: composeResults(achievement.id, judged),
      achievement,
    }),
    evidence: composeEvidence(pieces),
    relatedResource: composeRelatedResources(pieces),
  });
}

/**
 * The unsigned badge of a pathway award: recognition in every variant the pathway requires.
 * @throws {HolderUnidentifiedError} {@link UnknownVariantError} for an unknown pathway.
 */
export function composePathwayCredential(input: PathwayCredentialInput): Credential {
  const { programme, issuer, student, decision } = input;
  const language = student.preferredLanguage;
  const pathway = pathwayOf(programme, input.pathway);
  const clock = createZoneClock(programme.timezone);
  return envelope(input, clock, {
    subject: presentMembers<AchievementSubject>({
      ...holderAndTerm(input, student),
      narrative: pathwayNarrative(pathwaySteps(programme, pathway, language), { programme, decision, language, clock }),
      achievement: composePathwayAchievement({ programme, pathwayId: pathway.id, language, issuer }),
    }),
    evidence: [],
    relatedResource: [],
  });
}

/** What all badges have around their subject. */
function envelope(
  { issuer, credentialId, status, validFrom, decision }: AwardInput,
  clock: ZoneClock,
  content: {
    readonly subject: AchievementSubject;
    readonly evidence: readonly Evidence[];
    readonly relatedResource: readonly RelatedResource[];
  },
): Credential {
  const { decidedAt } = decision;
  return presentMembers<Credential>({
    '@context': CREDENTIAL_CONTEXTS,
    id: credentialUrl(issuer.baseUrl, credentialId),
    type: ['VerifiableCredential', 'AchievementCredential'],
    name: content.subject.achievement.name,
    description: content.subject.achievement.description,
    issuer: composeIssuerProfile(issuer),
    validFrom: formatInstant(validFrom),
    awardedDate: decidedAt === undefined ? undefined : clock.format(decidedAt),
    credentialSubject: content.subject,
    evidence: content.evidence,
    relatedResource: content.relatedResource,
    credentialStatus: composeStatusEntry(issuer.baseUrl, status),
  });
}

/** Who holds the badge, which unit assessed, in which academic year. */
function holderAndTerm({ programme, issuer, salts, hash, academicYear, holderId }: AwardInput, student: Student) {
  return {
    id: holderId,
    type: ['AchievementSubject'] as const,
    identifier: composeIdentifiers({ student, programme, salts, hash }),
    source: composeUnitProfile(issuer, programme.institution.unit),
    term: academicYear,
  };
}

/**
 * The activity's days as the instants the standard wants: the first second of the first day and the last second of the
 * last, by the clocks of the programme's time zone, so that the date a reader sees is the day that was meant.
 */
function activityDates({ startDate, endDate }: Engagement, clock: ZoneClock) {
  return {
    activityStartDate: clock.format(clock.startOfDay(startDate)),
    activityEndDate: clock.format(clock.endOfDay(endDate) - 1000),
  };
}

function pathwayNarrative(steps: readonly string[], decided: DecidedBy): string {
  const text = BADGE_TEXT[decided.language];
  return `${text.pathwayDescription(text.list(steps))}\n\n${decisionSentence(decided)}`;
}
