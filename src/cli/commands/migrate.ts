import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { requiredOption } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';

/** `sceau migrate --from DIR --to postgresql://…`, or back: moves a house between a data folder and a database. */
export const migrate: Command = {
  name: ['migrate'],
  summary: {
    fr: 'Copie une maison d’un dossier de données vers PostgreSQL, ou en retour ; la source reste telle quelle.',
    en: 'Copies a house from a data folder to PostgreSQL, or back; the source stays as it is.',
  },
  options: {
    from: { type: 'string', value: 'DIR|URL', required: true },
    to: { type: 'string', value: 'DIR|URL', required: true },
    json: { type: 'boolean' },
  },
  ownsStore: true,
  async run({ context, values }) {
    const [from, to] = [requiredOption(values, 'from'), requiredOption(values, 'to')];
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
