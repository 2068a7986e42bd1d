import { addIssuer, defaultIssuer } from '../../issuing/issuers.js';
import { textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';
import { newIssuerFrom } from './issuer.js';

/** `sceau init`: the data folder, the first issuer and its keys. */
export const init: Command = {
  name: ['init'],
  summary: {
    fr: 'Prépare le dossier de données, le premier émetteur et ses clés.',
    en: 'Prepares the data folder, the first issuer and its keys.',
  },
  options: {
    name: { type: 'string', value: 'NAME' },
    unit: { type: 'string', value: 'NAME' },
    country: { type: 'string', value: 'CODE' },
    url: { type: 'string', value: 'URL' },
    email: { type: 'string', value: 'ADDRESS' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const { issuing, config } = await house.open({ create: true });
    const present = await defaultIssuer(issuing);
    if (present !== undefined) {
      throw new UsageError({
        fr: `ce dossier de données a déjà son premier émetteur : ${present.name} (${present.did})`,
        en: `this data folder has its first issuer already: ${present.name} (${present.did})`,
      });
    }
    const name = textOption(values, 'name') ?? new URL(config.publicUrl).host;
    const url = textOption(values, 'url') ?? config.publicUrl;
    const issuer = await addIssuer(issuing, { ...newIssuerFrom(values, { name, url }), isDefault: true });
    if (values['json'] === true) context.write(`${JSON.stringify(issuer)}\n`);
    const fr = context.language === 'fr';
    context.say(fr ? `Émetteur : ${issuer.name}, ${issuer.did}` : `Issuer: ${issuer.name}, ${issuer.did}`);
    const place = config.database === undefined ? config.dataDirectory : databasePlace(config.database.url);
    context.say(fr ? `Données : ${place}` : `Data: ${place}`);
    context.say(
      fr
        ? `Clés (à sauvegarder à part) : ${config.keysDirectory}`
        : `Keys (back them up apart): ${config.keysDirectory}`,
    );
    if (textOption(values, 'name') === undefined) {
      context.say(
        fr
          ? `Donnez-lui son nom : sceau issuer set ${issuer.slug} --name "Université Exemple" --country FR --url https://univ.example`
          : `Give it its name: sceau issuer set ${issuer.slug} --name "Example University" --country FR --url https://univ.example`,
      );
    }
    return 0;
  },
};

/** Where a database is, without who may use it. */
function databasePlace(url: string): string {
  const { host, pathname } = new URL(url);
  return `PostgreSQL, ${host}${pathname}`;
}
