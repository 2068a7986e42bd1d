import type { Place } from '../programme/check-place.js';
import type { Mistake, Said } from '../text/mistake-messages.js';
import type { CohortMistakeCode } from '../text/mistake-messages-cohort.js';

/** Collects what is found in an engagements file. A mistake refuses the file; a warning is for a person to look at. */
export class CohortReport {
  readonly mistakes: Mistake<CohortMistakeCode>[] = [];
  readonly warnings: Mistake<CohortMistakeCode>[] = [];

  mistake(place: Place, what: Said<CohortMistakeCode>): void {
    this.mistakes.push({ pointer: place.pointer, ...what });
  }

  warning(place: Place, what: Said<CohortMistakeCode>): void {
    this.warnings.push({ pointer: place.pointer, ...what });
  }
}
