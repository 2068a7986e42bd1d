import type { Language } from '../text/localized.js';
import type { VerificationReport } from '../verification/report.js';

/** What a page hands to the worker that checks. */
export interface CheckRequest {
  readonly input: { readonly text: string } | { readonly bytes: Uint8Array };
  readonly language: Language;
  /** As typed: who the badge is said to be awarded to. */
  readonly recipient?: string;
}

/** What comes back: the report, and the page that shows it. */
export interface CheckAnswer {
  readonly report: VerificationReport;
  /** A whole HTML document. */
  readonly page: string;
}
