/**
 * What rules read of one engagement, described by shape: `Engagement` and `Team` of the engagement room have it.
 * The programme room knows no other room, so the shape stands here.
 */
export interface DossierEvidence {
  readonly id: string;
  readonly kind: string;
  /** Instant with an offset. */
  readonly submittedAt: string;
  readonly status: 'submitted' | 'accepted' | 'rejected';
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface DossierActor {
  readonly role: string;
}

export interface DossierAssessment {
  readonly form: string;
  /** `self` or a role of the programme. */
  readonly role: string;
  /** Address of who filed it. */
  readonly assessor: string;
  /** Instant with an offset. */
  readonly at: string;
  readonly competence?: string | undefined;
  readonly targetLevel?: number | undefined;
  readonly indicators?: readonly string[] | undefined;
  readonly reflection?: string | undefined;
  readonly ratings?: Readonly<Record<string, number | null>> | undefined;
}

export interface DossierStudent {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly email: string;
  readonly [word: string]: unknown;
}

export interface DossierEngagement {
  readonly id: string;
  readonly student: DossierStudent;
  readonly activityKey: string;
  readonly recognitionOptions: readonly string[];
  readonly measures: Readonly<Record<string, unknown>>;
  readonly evidence: readonly DossierEvidence[];
  readonly actors?: readonly DossierActor[] | undefined;
  readonly assessments?: readonly DossierAssessment[] | undefined;
  readonly extensions?: readonly { readonly evidence: string; readonly until: string }[] | undefined;
  readonly variant?: string | undefined;
  /** Any other word is a fact of that name. */
  readonly [word: string]: unknown;
}

export interface DossierTeam {
  readonly id: string;
  readonly actors?: readonly DossierActor[] | undefined;
  readonly evidence?: readonly DossierEvidence[] | undefined;
  readonly [word: string]: unknown;
}

/** What the jury settled, as far as rules read it. */
export interface DossierDecision {
  readonly decision: 'validated' | 'refused' | 'deferred';
  readonly mark: number | undefined;
}
