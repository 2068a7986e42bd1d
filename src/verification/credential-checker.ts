import type { JsonObject } from '../ports/json.js';
import type { Language } from '../text/localized.js';
import type { AskedOfHolder } from './presentation-holder.js';
import type { PresentationReport } from './presentation-report.js';
import type { VerificationReport } from './report.js';

/** Verifies what the VC-API hands in: any credential, on its own or presented by its holder. */
export interface CredentialChecker {
  /** @param credential an object, enveloped or not, or a compact JWS. */
  credential(credential: JsonObject | string, asked: { readonly language: Language }): Promise<VerificationReport>;
  /** Everything in a presentation shares the time and the requests of one verification. */
  presentation(
    presentation: JsonObject,
    asked: AskedOfHolder & { readonly language: Language },
  ): Promise<PresentationReport>;
}
