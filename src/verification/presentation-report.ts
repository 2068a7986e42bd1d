import type { ProblemDetail, VerificationOutcome, VerificationReport, VerificationWarning } from './report.js';

/** The answer to "did this holder present these credentials, and do they hold?" */
export interface PresentationReport {
  /** True only for `valid`: the holder's proof holds, and every credential. */
  readonly verified: boolean;
  readonly outcome: VerificationOutcome;
  /** Who presents; null unless their proof holds. */
  readonly holder: string | null;
  /** Of the presentation, then of each credential, with pointers from the presentation's top. */
  readonly problemDetails: readonly ProblemDetail[];
  /** Of the presentation itself. */
  readonly warnings: readonly VerificationWarning[];
  /** One for each credential, in their order; none where the presentation itself does not hold. */
  readonly credentialResults: readonly VerificationReport[];
  readonly checkedAt: string;
}
