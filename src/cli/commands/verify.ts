import { credentialIdOf } from '../../credential/urls.js';
import type { Localized } from '../../text/localized.js';
import { textOption } from '../arguments.js';
import type { Command, CommandContext, OpenHouse } from '../command.js';
import { documentsFolderResolver } from '../documents-folder.js';
import { instantOption } from '../instant-option.js';
import { nothingResolver } from '../nothing-resolver.js';
import { readInput } from '../read-file.js';
import { sayReport } from '../say-report.js';
import { UsageError } from '../usage-error.js';

/** `sceau verify`: the report on a badge; exit 0 only for a valid one. */
export const verify: Command = {
  name: ['verify'],
  summary: { fr: 'Vérifie un badge et dit pourquoi.', en: 'Verifies a badge and says why.' },
  positionals: ['FILE|URL|-'],
  options: {
    json: { type: 'boolean' },
    documents: { type: 'string', value: 'DIR' },
    at: { type: 'string', value: 'INSTANT' },
  },
  async run({ context, values, positionals, house }) {
    const [source = '-'] = positionals;
    const folder = textOption(values, 'documents');
    const { verificationParts } = await import('../../compose.js');
    const { verifyCredential } = await import('../../verification/verify-credential.js');
    const parts = await verificationParts();
    const opened = folder === undefined ? await house.openIfPresent() : undefined;
    const resolver =
      folder === undefined
        ? (opened?.issuing.resolver ?? nothingResolver())
        : await documentsFolderResolver(context, folder);
    const report = await verifyCredential({
      input: await inputOf(context, source, house),
      contexts: parts.contexts,
      crypto: parts.crypto,
      resolver,
      now: instantOption('at', textOption(values, 'at')) ?? parts.clock.now(),
    });
    if (values['json'] === true) context.write(`${JSON.stringify(report)}\n`);
    sayReport(context, report);
    if (report.outcome === 'indeterminate' && folder === undefined) context.say(NOTHING_FETCHED[context.language]);
    return report.verified ? 0 : 1;
  },
};

const NOTHING_FETCHED: Localized = {
  fr: 'Cette version ne va chercher aucun document ailleurs : donnez le document DID de l’émetteur et sa liste d’états avec --documents.',
  en: 'This version fetches no document elsewhere: give the issuer’s DID document and its status list with --documents.',
};

async function inputOf(context: CommandContext, source: string, house: OpenHouse) {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) return readInput(context, source);
  const opened = await house.openIfPresent();
  const { findBadge } = await import('../../issuing/badges.js');
  const url = source.replace('/v/', '/credentials/');
  const id = opened === undefined ? undefined : credentialIdOf(opened.config.publicUrl, url);
  const badge = id === undefined || opened === undefined ? undefined : await findBadge(opened.issuing, id);
  if (badge !== undefined) return badge.document;
  throw new UsageError({
    fr: `${source} : cette version ne va chercher aucun document ailleurs ; enregistrez le badge et donnez le fichier`,
    en: `${source}: this version fetches no document elsewhere; save the badge and give the file`,
  });
}
