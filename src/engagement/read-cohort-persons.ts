import { comparableAddress } from '../programme/address.js';
import type { Place } from '../programme/check-place.js';
import { caseless } from '../programme/letter-form.js';
import { isEmailAddress } from '../text/email-address.js';
import { COHORT_MISTAKES } from '../text/mistake-messages-cohort.js';
import type { CohortReport } from './read-cohort-report.js';

/** What one person's entries must agree on, wherever their id stands, as far as they say it; compared as names are. */
const SAME_EVERYWHERE: readonly string[] = ['familyName', 'givenName', 'birthDate', 'studentNumber'];
const ONE_LINE = ['id', 'studentNumber', 'familyName', 'givenName', 'nativeName', 'name'];
const CONTROL = /[\p{Cc}\u2028\u2029]/u;

function checkOneLine(person: Place, report: CohortReport): void {
  for (const member of ONE_LINE) {
    const place = person.at(member);
    if (place.text !== undefined && CONTROL.test(place.text)) report.mistake(place, COHORT_MISTAKES.controlCharacter());
  }
}

function checkAddress(place: Place, report: CohortReport): void {
  if (place.text !== undefined && !isEmailAddress(place.text.trim())) {
    report.mistake(place, COHORT_MISTAKES.badAddress(place.text));
  }
}

/** Students: an id is one person, an address is one address, a name is one line. */
export function checkStudents(engagements: readonly Place[], report: CohortReport): void {
  const first = new Map<string, Place>();
  for (const engagement of engagements) {
    const student = engagement.at('student');
    checkOneLine(student, report);
    checkAddress(student.at('email'), report);
    const id = student.at('id').text;
    if (id === undefined) continue;
    const known = first.get(id);
    if (known === undefined) first.set(id, student);
    else checkSamePerson(id, student, known, report);
  }
}

function checkSamePerson(id: string, student: Place, known: Place, report: CohortReport): void {
  for (const member of SAME_EVERYWHERE) {
    const [value, before] = [student.at(member).text, known.at(member).text];
    if (value !== undefined && before !== undefined && caseless(value) !== caseless(before)) {
      report.mistake(student.at(member), COHORT_MISTAKES.studentDiffers(id, member));
    }
  }
  const [address, before] = [student.at('email'), known.at('email')];
  if (comparableAddress(address.text ?? '') !== comparableAddress(before.text ?? '')) {
    report.warning(address, COHORT_MISTAKES.studentDiffers(id, 'email'));
  }
}

/** People named on teams and engagements: whoever has an address can be written to. */
export function checkActors(actors: Place, report: CohortReport): void {
  for (const actor of actors.list()) {
    checkOneLine(actor, report);
    checkAddress(actor.at('email'), report);
  }
}
