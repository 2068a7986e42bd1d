import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../../config.js';
import { requiredOption } from '../arguments.js';
import type { Command, CommandContext } from '../command.js';
import { UsageError } from '../usage-error.js';

/** Says that the place is the database `DATABASE_URL` names: an argument, password and all, is seen by every user of the machine. */
const FROM_ENVIRONMENT = 'postgres';

/** `sceau migrate --from DIR --to postgres`, or back: moves a house between a data folder and a database. */
export const migrate: Command = {
  name: ['migrate'],
  summary: {
    fr: 'Copie une maison d’un dossier de données vers PostgreSQL, ou en retour ; la source reste telle quelle.',
    en: 'Copies a house from a data folder to PostgreSQL, or back; the source stays as it is.',
  },
  options: {
    from: { type: 'string', value: 'DIR|postgres|URL', required: true },
    to: { type: 'string', value: 'DIR|postgres|URL', required: true },
    json: { type: 'boolean' },
  },
  ownsStore: true,
  async run({ context, values }) {
    const words = [requiredOption(values, 'from'), requiredOption(values, 'to')] as const;
    if (words.some(hasPassword)) warnOfPassword(context);
    const [from, to] = [placeOf(words[0], context), placeOf(words[1], context)];
    if (!from.includes('://') && !existsSync(join(resolve(context.cwd, from), 'store.json'))) {
      throw new UsageError({
        fr: `il n’y a pas de données dans ${from}`,
        en: `there is no data in ${from}`,
      });
    }
    const { migrateStore } = await import('../../compose/migrate-store.js');
    const copied = await migrateStore({ from, to, cwd: context.cwd });
    if (values['json'] === true) context.write(`${JSON.stringify(copied)}\n`);
    const { documents, rows, records, payloads, digest } = copied;
    context.say(
      context.language === 'fr'
        ? `Copié et relu : ${documents} documents, ${rows} lignes, ${records} enregistrements du registre, ${payloads} contenus. Empreinte, la même des deux côtés : ${digest}`
        : `Copied and read back: ${documents} documents, ${rows} rows, ${records} ledger records, ${payloads} payloads. Digest, the same on both sides: ${digest}`,
    );
    context.say(
      context.language === 'fr'
        ? 'La source n’a pas changé. Ne servez plus que la copie : ce que l’une écrit, l’autre ne le voit pas.'
        : 'The source has not changed. Serve the copy only from now on: what one writes, the other does not see.',
    );
    return 0;
  },
};

/** @throws {UsageError} {@link ConfigError} */
function placeOf(word: string, { environment, cwd }: CommandContext): string {
  if (word !== FROM_ENVIRONMENT) return word;
  const { database } = readConfig(environment, cwd);
  if (database !== undefined) return database.url;
  throw new UsageError({
    fr: `«\u00a0${FROM_ENVIRONMENT}\u00a0» prend l’adresse de DATABASE_URL, qui n’en contient pas\u00a0; un dossier de ce nom s’écrit ./${FROM_ENVIRONMENT}`,
    en: `"${FROM_ENVIRONMENT}" takes the address from DATABASE_URL, which holds none; a folder of that name is ./${FROM_ENVIRONMENT}`,
  });
}

function hasPassword(word: string): boolean {
  return URL.canParse(word) && new URL(word).password !== '';
}

function warnOfPassword({ say, language }: CommandContext): void {
  const warning = {
    fr: `avertissement\u00a0: le mot de passe de cette adresse se lit dans la liste des processus\u00a0; mettez-la dans DATABASE_URL et donnez «\u00a0${FROM_ENVIRONMENT}\u00a0»`,
    en: `warning: the password of that address can be read in the process list; put it into DATABASE_URL and give "${FROM_ENVIRONMENT}"`,
  };
  say(warning[language]);
}
