import { eraseApiCredential } from '../../issuing/erase-api-credential.js';
import { eraseStudent } from '../../issuing/erase-student.js';
import type { Localized } from '../../text/localized.js';
import { textOption } from '../arguments.js';
import type { Command, CommandCall, ExitCode } from '../command.js';
import { credentialIdArgument } from '../credential-id.js';
import { oneHoldingIssuer } from '../student-argument.js';
import { UsageError } from '../usage-error.js';

/** `sceau erase`: the right to be forgotten; badges in people's hands still verify. */
export const erase: Command = {
  name: ['erase'],
  summary: {
    fr: 'Efface un étudiant (dossiers, badges gardés ici, clé de ses références), ou un badge émis par l’API. Sans retour.',
    en: 'Erases a student (dossiers, badges kept here, the key of their refs), or one badge issued by API. There is no way back.',
  },
  options: {
    student: { type: 'string', value: 'ID' },
    credential: { type: 'string', value: 'ID' },
    issuer: { type: 'string', value: 'SLUG' },
    yes: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run(call) {
    const student = textOption(call.values, 'student');
    const credential = textOption(call.values, 'credential');
    if ((student === undefined) === (credential === undefined)) {
      throw new UsageError({
        fr: 'donnez soit --student ID, soit --credential ID (un badge émis par l’API)',
        en: 'give either --student ID or --credential ID (a badge issued by API)',
      });
    }
    return student === undefined
      ? eraseBadge(call, credentialIdArgument(credential ?? ''))
      : erasePerson(call, student);
  },
};

async function erasePerson({ context, values, house }: CommandCall, student: string): Promise<ExitCode> {
  const { issuing } = await house.open();
  const issuer = await oneHoldingIssuer(issuing, student, textOption(values, 'issuer'));
  insistOnYes(values['yes'], {
    fr: `effacer ${student} chez ${issuer} est sans retour ; ajoutez --yes`,
    en: `erasing ${student} at ${issuer} cannot be undone; add --yes`,
  });
  const { refs } = await eraseStudent(issuing, { issuer, student, actor: 'cli' });
  if (values['json'] === true) context.write(`${JSON.stringify({ issuer, student, erasedRefs: refs })}\n`);
  context.say(
    context.language === 'fr' ? `${student} est effacé chez ${issuer}.` : `${student} is erased at ${issuer}.`,
  );
  return 0;
}

async function eraseBadge({ context, values, house }: CommandCall, credential: string): Promise<ExitCode> {
  const { issuing } = await house.open();
  insistOnYes(values['yes'], {
    fr: `effacer le badge ${credential} est sans retour ; ajoutez --yes`,
    en: `erasing the badge ${credential} cannot be undone; add --yes`,
  });
  const { issuer } = await eraseApiCredential(issuing, { credential, actor: 'cli' });
  if (values['json'] === true) context.write(`${JSON.stringify({ issuer, credential, erasedRefs: 1 })}\n`);
  context.say(context.language === 'fr' ? `Le badge ${credential} est effacé.` : `The badge ${credential} is erased.`);
  return 0;
}

function insistOnYes(yes: unknown, refusal: Localized): void {
  if (yes !== true) throw new UsageError(refusal);
}
