import type { Localized } from '../text/localized.js';

/** The checks, in the order they are made and reported (`recipient` only when one was asked about). */
export const CHECK_IDS = [
  'parse',
  'context',
  'type',
  'schema',
  'subject',
  'issuer',
  'proof',
  'key',
  'status',
  'validity',
  'evidence',
  'endorsements',
  'refresh',
  'recipient',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** `unknown`: could not be checked, which is never shown as valid. `skipped`: a precondition failed or nothing was to check. */
export type CheckState = 'pass' | 'fail' | 'unknown' | 'skipped';

export interface CheckResult {
  readonly id: CheckId;
  readonly state: CheckState;
  /** Stable code of a fail, an unknown or a skip; null for a pass. */
  readonly code: string | null;
  /** JSON pointer (RFC 6901) of the place in the credential; null where there is none. */
  readonly pointer: string | null;
  readonly message: Localized;
}

export type VerificationOutcome = 'valid' | 'invalid' | 'indeterminate';

export type ShownStatus = 'active' | 'suspended' | 'revoked' | 'expired' | 'not-yet-valid' | 'superseded' | 'unknown';

/** RFC 9457. `type` is one of the standards' URLs where they define one, else ours. */
export interface ProblemDetail {
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly pointer?: string;
}

export interface VerificationWarning {
  readonly code: string;
  readonly pointer: string | null;
  readonly message: Localized;
}

/** One competence and the level reached, as signed. */
export interface ShownLevel {
  readonly competence: string;
  readonly level: string;
  readonly levelNumber: number | null;
  /** What the level means: its indicators, as signed. */
  readonly description: string | null;
  /** All levels of the competence, lowest first; empty where the badge does not number them. */
  readonly scale: readonly string[];
  readonly alignments: readonly ShownLink[];
  /** Roles that confirmed the level, in the words of the signed narrative; empty where it names none. */
  readonly confirmedBy: readonly string[];
}

/** What was done and who stands behind it, read from the signed narrative where it is in the phrases of our badges. */
export interface ShownActivity {
  readonly title: string | null;
  /** The organisation it was done in. */
  readonly host: string | null;
  /** The organisation it was done for. */
  readonly contractor: string | null;
  /** What the award counts as: a teaching unit, a certificate. */
  readonly recognisedAs: readonly string[];
  /** Roles. */
  readonly supervisedBy: readonly string[];
  /** Such as the name of a jury. */
  readonly decidedBy: string | null;
  /** What of the narrative was put otherwise, and is to be shown as it is. */
  readonly rest: string | null;
}

export interface ShownLink {
  readonly name: string;
  readonly url: string;
  readonly framework: string | null;
  readonly code: string | null;
}

export interface ShownEvidence {
  readonly url: string | null;
  readonly name: string | null;
  readonly description: string | null;
  readonly genre: string | null;
  /** Was the digest stated in the badge checked against the file? Null where none is stated. */
  readonly digest: 'matches' | 'differs' | 'not-read' | null;
}

/** What the badge says, read from the signed bytes only; present only when the proof holds. */
export interface ShownCredential {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly language: string | null;
  readonly issuer: {
    readonly id: string;
    readonly name: string | null;
    readonly url: string | null;
    readonly parent: string | null;
    readonly country: string | null;
  };
  /** The office that assessed on the issuer's behalf (`credentialSubject.source`). */
  readonly unit: { readonly name: string; readonly parent: string | null } | null;
  readonly holder: {
    readonly id: string | null;
    readonly name: string | null;
    readonly nameHashed: boolean;
    readonly emailHashed: boolean;
  };
  readonly achievement: {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly criteria: string | null;
    readonly criteriaUrl: string | null;
    readonly type: string | null;
    readonly creditsAvailable: number | null;
    readonly alignments: readonly ShownLink[];
    readonly tags: readonly string[];
  };
  readonly levels: readonly ShownLevel[];
  /** Hours, sessions and other values: name, value and range as signed. */
  readonly results: readonly {
    readonly name: string;
    readonly value: string;
    readonly min: string | null;
    readonly max: string | null;
    /** The value with its unit, in the words of the signed narrative. */
    readonly quantity: string | null;
    /** Roles that certified the value, likewise. */
    readonly certifiedBy: readonly string[];
  }[];
  readonly evidence: readonly ShownEvidence[];
  readonly credits: number | null;
  readonly narrative: string | null;
  /** Null where there is no narrative. */
  readonly activity: ShownActivity | null;
  readonly role: string | null;
  readonly term: string | null;
  readonly activityStartDate: string | null;
  readonly activityEndDate: string | null;
  readonly awardedDate: string | null;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly status: ShownStatus;
}

/** The answer to "can I trust this badge?", see `docs/interfaces.md`. */
export interface VerificationReport {
  /** True only for `valid`. */
  readonly verified: boolean;
  readonly outcome: VerificationOutcome;
  readonly checks: readonly CheckResult[];
  readonly problemDetails: readonly ProblemDetail[];
  readonly warnings: readonly VerificationWarning[];
  readonly credential: ShownCredential | null;
  readonly checkedAt: string;
}
