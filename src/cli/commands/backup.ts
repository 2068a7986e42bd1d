import { resolve } from 'node:path';
import type { BackupReport } from '../../backup/back-up.js';
import { formatInstant } from '../../text/instant.js';
import type { Command, CommandContext } from '../command.js';
import { openDurableOutput } from '../durable-output.js';
import { UsageError } from '../usage-error.js';

/** `sceau backup FILE`: everything but the private keys, as it is at this instant, while the service goes on. */
export const backup: Command = {
  name: ['backup'],
  summary: {
    fr: 'Sauvegarde tout sauf les clés privées, sans arrêter le service ; « - » écrit sur la sortie standard.',
    en: 'Backs up all but the private keys, while the service runs; "-" writes to standard output.',
  },
  positionals: ['FILE'],
  options: { json: { type: 'boolean' } },
  dashIsOutput: true,
  async run({ context, values, positionals, house }) {
    const [file = '-'] = positionals;
    const { issuing, takeSnapshot } = await house.open();
    if (takeSnapshot === undefined) {
      throw new UsageError({
        fr: 'les données sont dans PostgreSQL : sauvegardez-les avec pg_dump (voir docs/backup.md)',
        en: 'the data is in PostgreSQL: back it up with pg_dump (see docs/backup.md)',
      });
    }
    if (file === '-' && values['json'] === true) {
      throw new UsageError({
        fr: '--json et « - » s’excluent : la sortie standard est la sauvegarde',
        en: '--json and "-" exclude each other: standard output is the backup',
      });
    }
    const { backUp } = await import('../../backup/back-up.js');
    const { packageVersion } = await import('../../compose/package-version.js');
    const madeBy = await packageVersion();
    const report = await into(context, file, (write) => backUp(issuing, { takeSnapshot, madeBy, write }));
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ ...report, takenAt: formatInstant(report.takenAt) })}\n`);
    }
    sayReport(context, file, report);
    return 0;
  },
};

type Write = (bytes: Uint8Array) => Promise<void>;

/** A file is there when all of it is, on the medium, and for its owner only. */
async function into(
  context: CommandContext,
  file: string,
  work: (write: Write) => Promise<BackupReport>,
): Promise<BackupReport> {
  if (file === '-') {
    return work(async (bytes) => {
      context.write(bytes);
      await context.flushed();
    });
  }
  const output = await openDurableOutput(resolve(context.cwd, file));
  try {
    const report = await work((bytes) => output.write(bytes));
    await output.finish();
    return report;
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

function sayReport(
  context: CommandContext,
  file: string,
  { takenAt, records, files, bytes, signed }: BackupReport,
): void {
  const at = formatInstant(takenAt);
  const size = `${(bytes / 1_048_576).toFixed(1)} Mio`;
  context.say(
    context.language === 'fr'
      ? `${file} : tout ce qui était enregistré à ${at}, ${records} enregistrements, ${files} fichiers, ${size.replace('.', ',')}.`
      : `${file}: all that was stored at ${at}, ${records} records, ${files} files, ${size.replace('Mio', 'MiB')}.`,
  );
  context.say(
    context.language === 'fr'
      ? 'Les clés privées n’y sont pas : sauvegardez SCEAU_KEYS_DIR à part. Des noms y sont : chiffrez-la (docs/backup.md).'
      : 'Private keys are not in it: back SCEAU_KEYS_DIR up apart. Names are: encrypt it (docs/backup.md).',
  );
  if (!signed) {
    context.say(
      context.language === 'fr'
        ? 'Aucune clé n’a pu la signer : elle ne se restaure qu’avec --unsigned.'
        : 'No key could sign it: it is restored only with --unsigned.',
    );
  }
}
