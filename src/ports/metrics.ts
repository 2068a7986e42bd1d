/** What came of wanting a badge: signed for the first time or anew, refused with reasons, or broken off. */
export type BadgeOutcome = 'issued' | 'reissued' | 'refused' | 'failed';

/** What came of a question about a badge; `refused`: what was handed in could not be read. */
export type VerificationOutcome = 'valid' | 'invalid' | 'indeterminate' | 'refused';

export type StatusChangeKind = 'revoked' | 'suspended' | 'reinstated' | 'superseded';

export type MailOutcome = 'accepted' | 'refused' | 'deferred' | 'unavailable';

/** One HTTP request, as it was answered. */
export interface ServedRequest {
  /** `GET`, `POST` …; `other` for what is no method of this interface. */
  readonly method: string;
  /** The pattern of the route, never the address: `/v/:id`. */
  readonly route: string;
  readonly status: number;
  readonly milliseconds: number;
}

/**
 * Counts what happens. Labels come from small closed sets: never an id, a name, an address, or what a caller wrote.
 * Counting cannot fail and takes no time worth naming.
 */
export interface Metrics {
  request(served: ServedRequest): void;
  verification(outcome: VerificationOutcome): void;
  badge(outcome: BadgeOutcome, count?: number): void;
  statusChange(change: StatusChangeKind): void;
  /** One append to the ledger, from being handed in until it was durable or refused. @param records appended. */
  ledgerAppend(append: {
    readonly outcome: 'stored' | 'refused' | 'failed';
    readonly records: number;
    readonly milliseconds: number;
  }): void;
  mail(outcome: MailOutcome): void;
}

/** Counts nothing. */
export const NO_METRICS: Metrics = {
  request: () => {},
  verification: () => {},
  badge: () => {},
  statusChange: () => {},
  ledgerAppend: () => {},
  mail: () => {},
};
