import { eraseStudent } from '../../issuing/erase-student.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { oneHoldingIssuer } from '../student-argument.js';
import { UsageError } from '../usage-error.js';

/** `sceau erase`: a student's right to be forgotten; badges in their hands still verify. */
export const erase: Command = {
  name: ['erase'],
  summary: {
    fr: 'Efface un étudiant : dossiers, attestations gardées ici, clé de ses références. Sans retour.',
    en: 'Erases a student: dossiers, credentials kept here, the key of their refs. There is no way back.',
  },
  options: {
    student: { type: 'string', value: 'ID', required: true },
    issuer: { type: 'string', value: 'SLUG' },
    yes: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const student = requiredOption(values, 'student');
    const issuer = await oneHoldingIssuer(issuing, student, textOption(values, 'issuer'));
    if (values['yes'] !== true) {
      throw new UsageError({
        fr: `effacer ${student} chez ${issuer} est sans retour ; ajoutez --yes`,
        en: `erasing ${student} at ${issuer} cannot be undone; add --yes`,
      });
    }
    const { refs } = await eraseStudent(issuing, { issuer, student, actor: 'cli' });
    if (values['json'] === true) context.write(`${JSON.stringify({ issuer, student, erasedRefs: refs })}\n`);
    context.say(
      context.language === 'fr' ? `${student} est effacé chez ${issuer}.` : `${student} is erased at ${issuer}.`,
    );
    return 0;
  },
};
