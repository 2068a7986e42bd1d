import type { CredentialLifeState } from '../ports/ledger.js';
import type { DossierEngagement, DossierTeam } from '../programme/dossier.js';
import type { Programme } from '../programme/schema.js';
import { type CalendarDay, dayOf, type Instant } from '../text/instant.js';
import type { Localized } from '../text/localized.js';

/** The dossier of an award, by shape: `Engagement` of the engagement room has it. */
export interface AwardedEngagement extends DossierEngagement {
  readonly title: Localized;
  readonly startDate: CalendarDay;
  readonly endDate: CalendarDay;
}

/** The verdict of an award, by shape: `Verdict` of the jury room has it. */
export interface AwardVerdict {
  readonly outcome: 'issued' | 'refused' | 'pending';
  readonly optionsGranted: readonly string[];
  readonly creditsEarned: number | null;
  readonly mark: number | null;
  readonly competenceLevels: Readonly<Record<string, number>>;
}

/** The jury's decision, by shape. */
export interface AwardDecision {
  readonly decision: 'validated' | 'refused' | 'deferred';
  readonly mark: number | undefined;
  readonly decidedAt: Instant | undefined;
  readonly president: string | undefined;
}

/** One engagement with all that was settled about it, and where its credential stands now. */
export interface RecognisedAward {
  readonly programme: Programme;
  readonly engagement: AwardedEngagement;
  readonly team?: DossierTeam;
  /** Id of the pathway, for a pathway award: the engagement is then the one that completed it. */
  readonly pathway?: string;
  readonly verdict: AwardVerdict;
  readonly decision: AwardDecision;
  readonly academicYear: string;
  readonly credentialId: string;
  /** The page where anybody can check it; absent while its holder does not share it. */
  readonly pageUrl?: string;
  readonly state: CredentialLifeState | 'superseded';
}

/** Day of the jury's decision where the programme lives; the last day of the engagement when the file gave none. */
export function dayOfAward({ programme, engagement, decision }: RecognisedAward): CalendarDay {
  return decision.decidedAt === undefined ? engagement.endDate : dayOf(decision.decidedAt, programme.timezone);
}

/**
 * What may be written into a diploma supplement, by date: recognised by a verdict, its credential signed and standing.
 * Refused and pending engagements never appear; revoked, suspended and voided ones vanish.
 */
export function standingAwards(awards: readonly RecognisedAward[]): RecognisedAward[] {
  const order = (award: RecognisedAward) => `${dayOfAward(award)} ${award.credentialId}`;
  return awards
    .filter(({ verdict, state }) => verdict.outcome === 'issued' && state === 'active')
    .map((award) => ({ award, order: order(award) }))
    .sort((left, right) => (left.order < right.order ? -1 : left.order > right.order ? 1 : 0))
    .map(({ award }) => award);
}
