import type { AfterRestore } from '../../backup/after-restore.js';
import type { RestoreReport } from '../../backup/restore.js';
import { readConfig } from '../../config.js';
import { formatInstant } from '../../text/instant.js';
import type { Localized } from '../../text/localized.js';
import { listOption, requiredOption, textOption } from '../arguments.js';
import { readCheckpoints } from '../checkpoint-files.js';
import type { Command, CommandContext } from '../command.js';
import { instantOption } from '../instant-option.js';
import { openInput } from '../read-file.js';
import { UsageError } from '../usage-error.js';

/** `sceau restore FILE`: a backup into an empty data folder. */
export const restore: Command = {
  name: ['restore'],
  summary: {
    fr: 'Restaure une sauvegarde dans un dossier de données vide, tout vérifié ; « - » lit l’entrée standard.',
    en: 'Restores a backup into an empty data folder, everything checked; "-" reads standard input.',
  },
  positionals: ['FILE'],
  options: {
    checkpoint: { type: 'string', value: 'FILE', multiple: true },
    unsigned: { type: 'boolean' },
    halt: { type: 'string', value: 'REASON' },
    json: { type: 'boolean' },
  },
  async run({ context, values, positionals }) {
    const [file = '-'] = positionals;
    const checkpoints = await readCheckpoints(context, listOption(values, 'checkpoint'));
    const config = readConfig(context.environment, context.cwd);
    if (config.database !== undefined) {
      throw new UsageError({
        fr: 'DATABASE_URL est renseignée : restaurez avec pg_restore, puis « sceau restore after-dump » (docs/backup.md)',
        en: 'DATABASE_URL is set: restore with pg_restore, then "sceau restore after-dump" (docs/backup.md)',
      });
    }
    const { restoreHouse } = await import('../../compose/restore-house.js');
    const source = await openInput(context, file);
    const trustsUnsigned = values['unsigned'] === true;
    const haltReason = textOption(values, 'halt');
    const report = await restoreHouse(config, { source, checkpoints, trustsUnsigned, haltReason });
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ ...asJson(report), takenAt: formatInstant(report.takenAt) })}\n`);
    }
    sayRestored(context, report);
    return 0;
  },
};

/** `sceau restore after-dump`: a copy made by other means was put back by other means; its lists are closed all the same. */
export const restoreAfterDump: Command = {
  name: ['restore', 'after-dump'],
  summary: {
    fr: 'À lancer après avoir remis une copie par d’autres moyens (pg_restore, instantané de disque).',
    en: 'To be run after a copy was put back by other means (pg_restore, a disk snapshot).',
  },
  options: {
    taken: { type: 'string', value: 'INSTANT', required: true },
    checkpoint: { type: 'string', value: 'FILE', multiple: true },
    halt: { type: 'string', value: 'REASON' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const taken = instantOption('taken', requiredOption(values, 'taken'));
    if (taken === undefined) return 2;
    const checkpoints = await readCheckpoints(context, listOption(values, 'checkpoint'));
    const { issuing } = await house.open();
    const { afterRestore } = await import('../../backup/after-restore.js');
    const done = await afterRestore(issuing, { takenAt: taken, checkpoints, haltReason: textOption(values, 'halt') });
    if (values['json'] === true) context.write(`${JSON.stringify(asJson(done))}\n`);
    sayAfterwards(context, done);
    return 0;
  },
};

function asJson<Report extends AfterRestore>({ haltedSince, ...report }: Report) {
  return haltedSince === undefined ? report : { ...report, haltedSince: formatInstant(haltedSince) };
}

/** Why nobody can say that a backup comes from here. */
const DOUBTS: Readonly<Record<RestoreReport['signature'], Localized | undefined>> = {
  ours: undefined,
  'no-key-here': {
    fr: 'Que cette sauvegarde vienne d’ici n’a pas pu être vérifié : la clé qui l’a signée n’est pas dans SCEAU_KEYS_DIR.',
    en: 'That this backup comes from here could not be checked: the key that signed it is not in SCEAU_KEYS_DIR.',
  },
  'doubted-key': {
    fr: 'Que cette sauvegarde vienne d’ici n’a pas pu être vérifié\u00a0: un point de contrôle plus récent dit compromise la clé qui l’a signée.',
    en: 'That this backup comes from here could not be checked: a newer checkpoint calls the key that signed it compromised.',
  },
  none: {
    fr: 'Que cette sauvegarde vienne d’ici n’a pas pu être vérifié : elle n’est pas signée.',
    en: 'That this backup comes from here could not be checked: it is not signed.',
  },
};

function sayRestored(context: CommandContext, report: RestoreReport): void {
  const { records, files, signature, lostRecords } = report;
  const at = formatInstant(report.takenAt);
  const fr = context.language === 'fr';
  context.say(
    fr
      ? `Restauré : l’état du ${at}, ${records} enregistrements, ${files} fichiers, tous vérifiés.`
      : `Restored: the state of ${at}, ${records} records, ${files} files, all checked.`,
  );
  const doubt = DOUBTS[signature];
  if (doubt !== undefined) context.say(doubt[context.language]);
  if (lostRecords !== undefined && lostRecords > 0) {
    context.say(
      fr
        ? `Enregistrements faits depuis et perdus : au moins ${lostRecords}.`
        : `Records made since and lost: at least ${lostRecords}.`,
    );
  }
  sayAfterwards(context, report);
}

function sayAfterwards(context: CommandContext, done: AfterRestore): void {
  const { closedLists, students, statusChanges, keyChanges, haltedSince } = done;
  if (haltedSince !== undefined) {
    const since = formatInstant(haltedSince);
    context.say(
      context.language === 'fr'
        ? `Toute signature est arrêtée depuis ${since}\u00a0; «\u00a0sceau resume --reason …\u00a0» la rétablit.`
        : `All signing is halted since ${since}; "sceau resume --reason …" lets it go on.`,
    );
  }
  const lines =
    context.language === 'fr'
      ? [
          `${closedLists} liste(s) de statut fermée(s) : les nouveaux badges vont dans une nouvelle liste.`,
          `Refait d’après les points de contrôle : ${students} effacement(s), ${statusChanges} changement(s) de statut, ${keyChanges} de clés.`,
          'Ce qui date d’après la copie est inconnu ici : badges émis (réémettez-les), révocations et effacements que',
          'vos points de contrôle ne montrent pas (refaites-les), lettres en attente (voyez « sceau mail list »).',
          'Clés remplacées ou compromises depuis et qu’ils ne montrent pas : déclarez-les à nouveau.',
          ...(haltedSince === undefined
            ? [
                'Ils ne montrent jamais d’arrêt d’urgence\u00a0: s’il y en avait un, «\u00a0sceau halt\u00a0» avant de démarrer le service.',
              ]
            : []),
        ]
      : [
          `${closedLists} status list(s) closed: new badges go into a new list.`,
          `Done again from the checkpoints: ${students} erasure(s), ${statusChanges} status change(s), ${keyChanges} key change(s).`,
          'What came after the copy is unknown here: badges issued (issue them again), revocations and erasures that',
          'your checkpoints do not show (do them again), letters that wait (see "sceau mail list").',
          'Keys rotated or compromised since then and not shown by them: record them again.',
          ...(haltedSince === undefined
            ? ['They never show an emergency stop: if there was one, "sceau halt" before the service starts.']
            : []),
        ];
  for (const line of lines) context.say(line);
}
