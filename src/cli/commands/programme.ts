import { getIssuer } from '../../issuing/issuers.js';
import { installProgramme, listProgrammes } from '../../issuing/programmes.js';
import { checkProgramme } from '../../programme/check.js';
import { textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { issuerForProgramme, readProgrammeFile } from '../programme-argument.js';
import { readInput } from '../read-file.js';

/** `sceau programme check`: every mistake of each file, with its place and what was expected. */
export const programmeCheck: Command = {
  name: ['programme', 'check'],
  summary: { fr: 'Vérifie des définitions de programme.', en: 'Checks programme definitions.' },
  positionals: ['FILE…'],
  options: { json: { type: 'boolean' } },
  async run({ context, values, positionals }) {
    const { language } = context;
    const reports = [];
    for (const file of positionals) {
      const check = checkProgramme(await readInput(context, file));
      const mistakes = check.ok ? [] : check.mistakes;
      reports.push({ file, ok: check.ok, mistakes, warnings: check.warnings });
      if (check.ok) {
        const { id, version } = check.programme;
        context.say(
          language === 'fr' ? `${file} : correct (${id}, ${version})` : `${file}: correct (${id}, ${version})`,
        );
      } else {
        const count = mistakes.length;
        context.say(language === 'fr' ? `${file} : ${count} erreur(s)` : `${file}: ${count} mistake(s)`);
      }
      for (const { pointer, message, expected } of mistakes) {
        const place = pointer === '' ? '/' : pointer;
        const wanted = language === 'fr' ? 'attendu :' : 'expected:';
        context.say(`  ${place}\n      ${message[language]}\n      ${wanted} ${expected[language]}`);
      }
      for (const { pointer, message } of check.warnings) {
        context.say(`  ${pointer} ${language === 'fr' ? '(avertissement)' : '(warning)'} ${message[language]}`);
      }
    }
    if (values['json'] === true) context.write(`${JSON.stringify(reports)}\n`);
    return reports.every((report) => report.ok) ? 0 : 1;
  },
};

/** `sceau programme add`: installs a version under an issuer. */
export const programmeAdd: Command = {
  name: ['programme', 'add'],
  summary: {
    fr: 'Installe une version de programme sous un émetteur.',
    en: 'Installs a programme version under an issuer.',
  },
  positionals: ['FILE'],
  options: { issuer: { type: 'string', value: 'SLUG' }, json: { type: 'boolean' } },
  async run({ context, values, positionals, house }) {
    const programme = await readProgrammeFile(context, positionals[0] ?? '');
    const { issuing } = await house.open({ create: true });
    const asked = textOption(values, 'issuer');
    const owner = asked === undefined ? await issuerForProgramme(issuing, programme) : await getIssuer(issuing, asked);
    const { installed } = await installProgramme(issuing, owner.slug, programme);
    const answer = { programme: programme.id, version: programme.version, issuer: owner.slug, installed };
    if (values['json'] === true) context.write(`${JSON.stringify(answer)}\n`);
    const state = installed
      ? { fr: 'installé', en: 'installed' }
      : { fr: 'déjà installé, inchangé', en: 'installed already, unchanged' };
    context.say(`${programme.id} ${programme.version}: ${state[context.language]} (${owner.slug})`);
    return 0;
  },
};

/** `sceau programme list`. */
export const programmeList: Command = {
  name: ['programme', 'list'],
  summary: { fr: 'Liste les programmes installés.', en: 'Lists the installed programmes.' },
  options: { json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const rows = (await listProgrammes(issuing)).map(({ issuer, digest, programme }) => ({
      programme: programme.id,
      version: programme.version,
      name: programme.name,
      issuer,
      digest,
    }));
    if (values['json'] === true) context.write(`${JSON.stringify(rows)}\n`);
    else
      for (const row of rows)
        context.write(`${row.programme}\t${row.version}\t${row.issuer}\t${row.name[context.language]}\n`);
    return 0;
  },
};
