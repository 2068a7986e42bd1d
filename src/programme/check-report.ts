import type { Mistake, Said } from '../text/mistake-messages.js';
import type { ProgrammeMistakeCode } from '../text/mistake-messages-programme.js';
import type { Place } from './check-place.js';

/** Collects what the checks find. A mistake refuses the file; a warning is a doubt for a person to look at. */
export class CheckReport {
  readonly mistakes: Mistake<ProgrammeMistakeCode>[] = [];
  readonly warnings: Mistake<ProgrammeMistakeCode>[] = [];

  mistake(place: Place, what: Said<ProgrammeMistakeCode>): void {
    this.mistakes.push({ pointer: place.pointer, ...what });
  }

  warning(place: Place, what: Said<ProgrammeMistakeCode>): void {
    this.warnings.push({ pointer: place.pointer, ...what });
  }
}
