import { DomainError } from '../ports/error.js';
import type { Localized } from '../text/localized.js';

/** The call itself is wrong: exit code 2, the message in the caller's language, nothing done. */
export class UsageError extends DomainError {
  override readonly code = 'usage';
  readonly localized: Localized;

  constructor(localized: Localized) {
    super(localized.en);
    this.localized = localized;
  }
}
