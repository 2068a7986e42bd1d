import { supplementFor } from '../../issuing/supplements.js';
import { writeSnippetsHtml } from '../../supplement/write-html.js';
import { writeSnippetsJson } from '../../supplement/write-json.js';
import { writeSnippetsText } from '../../supplement/write-text.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { oneHoldingIssuer } from '../student-argument.js';
import { UsageError } from '../usage-error.js';

const WRITERS = { text: writeSnippetsText, html: writeSnippetsHtml, json: writeSnippetsJson } as const;

/** `sceau supplement`: what the office pastes into a student's diploma supplement. */
export const supplement: Command = {
  name: ['supplement'],
  summary: {
    fr: 'Écrit la mention d’un étudiant pour son supplément au diplôme.',
    en: 'Writes a student’s snippet for the diploma supplement.',
  },
  options: {
    student: { type: 'string', value: 'ID', required: true },
    issuer: { type: 'string', value: 'SLUG' },
    format: { type: 'string', value: Object.keys(WRITERS).join('|') },
  },
  async run({ context, values, house }) {
    const format = textOption(values, 'format') ?? 'text';
    const writer = Object.entries(WRITERS).find(([name]) => name === format)?.[1];
    if (writer === undefined) {
      const known = Object.keys(WRITERS).join(', ');
      throw new UsageError({
        fr: `--format : « ${format} » n’existe pas dans cette version, attendu ${known}`,
        en: `--format: this version has no "${format}", expected ${known}`,
      });
    }
    const { issuing } = await house.open();
    const student = requiredOption(values, 'student');
    const issuer = await oneHoldingIssuer(issuing, student, textOption(values, 'issuer'));
    const snippets = await supplementFor(issuing, { issuer, student, language: context.language });
    context.write(writer(snippets));
    if (snippets.entries.length === 0) {
      context.say(context.language === 'fr' ? 'Aucune reconnaissance à mentionner.' : 'No recognition to mention.');
    }
    return 0;
  },
};
