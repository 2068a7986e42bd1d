import type { BadgeChecker } from '../../compose/badge-checker.js';
import { readConfig } from '../../config.js';
import type { HandedIn } from '../../verification/check-input.js';
import { readRecipient } from '../../verification/recipient.js';
import { textOption } from '../arguments.js';
import type { Command, CommandContext, OpenHouse } from '../command.js';
import { readDocumentsFolder } from '../documents-folder.js';
import { instantOption } from '../instant-option.js';
import { readInput } from '../read-file.js';
import { sayReport } from '../say-report.js';

/** What begins like an address is one, whatever the scheme; whether it may be looked up is said with the report. */
const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * `sceau verify`: the report on a badge, as `POST /verify` gives it. Exit 0 for a valid one that, where a recipient was
 * named, belongs to them.
 */
export const verify: Command = {
  name: ['verify'],
  summary: { fr: 'Vérifie un badge et dit pourquoi.', en: 'Verifies a badge and says why.' },
  positionals: ['FILE|URL|-'],
  options: {
    json: { type: 'boolean' },
    documents: { type: 'string', value: 'DIR' },
    at: { type: 'string', value: 'INSTANT' },
    recipient: { type: 'string', value: 'EMAIL|NAME|DID' },
  },
  async run({ context, values, positionals, house }) {
    const [source = '-'] = positionals;
    const at = instantOption('at', textOption(values, 'at'));
    const recipient = readRecipient(textOption(values, 'recipient') ?? '');
    const check = await checkerFor(context, house, textOption(values, 'documents'));
    const { report } = await check(await inputOf(context, source), {
      language: context.language,
      ...(at === undefined ? {} : { at }),
      ...(recipient === undefined ? {} : { recipient }),
    });
    if (values['json'] === true) context.write(`${JSON.stringify(report)}\n`);
    sayReport(context, report);
    const belongs = report.checks.every(({ id, state }) => id !== 'recipient' || state === 'pass');
    return report.verified && belongs ? 0 : 1;
  },
};

/** With a folder of documents only these are read; else the house answers for its own, and the rest is fetched. */
async function checkerFor(
  context: CommandContext,
  house: OpenHouse,
  folder: string | undefined,
): Promise<BadgeChecker> {
  const documents = folder === undefined ? undefined : await readDocumentsFolder(context, folder);
  const opened = documents === undefined ? await house.openIfPresent() : undefined;
  if (opened !== undefined) return opened.check;
  const { createLoneChecker } = await import('../../compose/lone-checker.js');
  return createLoneChecker(readConfig(context.environment, context.cwd), { documents });
}

async function inputOf(context: CommandContext, source: string): Promise<HandedIn> {
  return ADDRESS.test(source) ? { text: source } : { bytes: await readInput(context, source) };
}
