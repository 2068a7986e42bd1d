import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readConfig } from '../../config.js';
import type { BatchResult } from '../../issuing/batch-rows.js';
import type { IssuingContext } from '../../issuing/context.js';
import { textOption } from '../arguments.js';
import type { Command, CommandContext } from '../command.js';
import { ensureInstalled, readProgrammeFile } from '../programme-argument.js';
import { serveHouse } from '../serve-house.js';
import { jurySession, readSessionFiles } from '../session-files.js';
import { UsageError } from '../usage-error.js';

const SHIPPED = fileURLToPath(new URL('../../../programmes/', import.meta.url));

/** `sceau demo`: the shipped programmes and their invented cohorts, judged, issued and served. */
export const demo: Command = {
  name: ['demo'],
  summary: {
    fr: 'Montre tout : les programmes fournis, leurs cohortes inventées, leurs badges, servis.',
    en: 'Shows it all: the shipped programmes, their invented cohorts, their badges, served.',
  },
  options: { port: { type: 'string', value: 'N' }, data: { type: 'string', value: 'DIR' } },
  ownsStore: true,
  async run({ context, values, dispatch }) {
    const port = readPort(textOption(values, 'port'));
    const asked = textOption(values, 'data');
    const folder = asked === undefined ? await mkdtemp(join(tmpdir(), 'sceau-demo-')) : resolve(context.cwd, asked);
    const config = readConfig(
      {
        SCEAU_KEYS_DIR: join(folder, 'issuer-keys'),
        SCEAU_LOG_LEVEL: 'warn',
        ...context.environment,
        SCEAU_DATA_DIR: join(folder, 'data'),
        ...(port === undefined ? {} : { PORT: port }),
      },
      context.cwd,
    );
    const { openHouse } = await import('../../compose.js');
    const house = await openHouse(config);
    try {
      const served = await serveHouse(house, dispatch);
      let shown: string | undefined;
      for (const name of (await readdir(SHIPPED, { withFileTypes: true })).filter((entry) => entry.isDirectory())) {
        const result = await issueSample(context, house.issuing, join(SHIPPED, name.name));
        sayCohort(context, result);
        shown ??= result.rows.find((row) => row.credentialId !== undefined)?.credentialId;
      }
      if (shown !== undefined) await sayHolder(context, house.issuing, shown);
      const fr = context.language === 'fr';
      context.say(fr ? `\nSceau sert ${config.publicUrl}` : `\nSceau serves ${config.publicUrl}`);
      context.say(fr ? `Données : ${folder}. Aucun courriel n’est envoyé.` : `Data: ${folder}. No mail is sent.`);
      context.say(
        fr ? 'Pour agir sur ces données, dans un autre terminal :' : 'To act on this data, in another terminal:',
      );
      context.say(`  export SCEAU_DATA_DIR=${config.dataDirectory} SCEAU_KEYS_DIR=${config.keysDirectory}`);
      context.say('  npx sceau --help');
      context.say(fr ? 'Ctrl-C pour arrêter.' : 'Ctrl-C to stop.');
      await served.stopped;
    } finally {
      await house.close();
    }
    return 0;
  },
};

async function issueSample(context: CommandContext, issuing: IssuingContext, folder: string): Promise<BatchResult> {
  const programme = await readProgrammeFile(context, join(folder, 'programme.json'));
  const files = await readSessionFiles(context, programme, {
    engagements: join(folder, 'engagements.json'),
    decisions: join(folder, 'jury-decisions.csv'),
  });
  const installed = await ensureInstalled({ ...context, say: () => {} }, issuing, programme);
  const { issueBatch } = await import('../../issuing/issue-batch.js');
  return issueBatch(issuing, jurySession(issuing, files, { installed, actor: 'demo' }), {
    onProgress: ({ done, total }) => context.progress(done, total, installed.programme.id),
  });
}

function sayCohort(context: CommandContext, { programme, counts, rows }: BatchResult): void {
  const fr = context.language === 'fr';
  const { issued, refused, pending, failed } = counts;
  const figures = fr
    ? `${issued} délivrés, ${refused} refusés, ${pending} en attente`
    : `${issued} issued, ${refused} refused, ${pending} pending`;
  const trouble = failed === 0 ? '' : fr ? `, ${failed} en échec` : `, ${failed} failed`;
  context.write(`${programme}\n  ${figures}${trouble}\n  ${rows.find((row) => row.url !== undefined)?.url ?? '–'}\n`);
}

/** No mail is sent, so that the link a holder would find in theirs is said here. */
async function sayHolder(context: CommandContext, issuing: IssuingContext, credential: string): Promise<void> {
  const { makeLink } = await import('../../sharing/claim.js');
  const words = context.language === 'fr' ? 'La page d’un titulaire (une fois) :' : 'The page of a holder (once):';
  context.write(`${words}\n  ${await makeLink(issuing, credential)}\n`);
}

function readPort(text: string | undefined): string | undefined {
  if (text === undefined || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535)) return text;
  throw new UsageError({
    fr: `--port : « ${text} » n’est pas un port de 0 à 65535`,
    en: `--port: "${text}" is not a port from 0 to 65535`,
  });
}
