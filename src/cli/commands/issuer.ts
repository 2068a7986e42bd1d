import { removeIssuerLogo, setIssuerLogo } from '../../issuing/issuer-logo.js';
import { addIssuer, listIssuers, type NewIssuer, updateIssuer } from '../../issuing/issuers.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command, OptionValues } from '../command.js';
import { ISSUER_LOOK_OPTIONS, readLogoOption, readLook } from '../issuer-look-options.js';
import { readProgrammeFile } from '../programme-argument.js';
import { UsageError } from '../usage-error.js';

const PROFILE_OPTIONS = {
  name: { type: 'string', value: 'NAME' },
  unit: { type: 'string', value: 'NAME' },
  country: { type: 'string', value: 'CODE' },
  url: { type: 'string', value: 'URL' },
  email: { type: 'string', value: 'ADDRESS' },
} as const;

/** Reads the Profile options of a new issuer; `known` fills what was not given. @throws {UsageError} */
export function newIssuerFrom(
  values: OptionValues,
  known: { readonly name?: string; readonly url?: string; readonly unit?: string; readonly country?: string },
): NewIssuer {
  const name = textOption(values, 'name') ?? known.name ?? requiredOption(values, 'name');
  const url = textOption(values, 'url') ?? known.url ?? requiredOption(values, 'url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError({
      fr: `--url : « ${url} » n’est pas une adresse http(s)`,
      en: `--url: "${url}" is not an http(s) address`,
    });
  }
  const country = textOption(values, 'country') ?? known.country;
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) {
    throw new UsageError({
      fr: `--country : « ${country} » n’est pas un code à deux majuscules (FR, BE …)`,
      en: `--country: "${country}" is not a code of two capitals (FR, BE …)`,
    });
  }
  const unit = textOption(values, 'unit') ?? known.unit;
  const email = textOption(values, 'email');
  return {
    name,
    url,
    ...(country === undefined ? {} : { country }),
    ...(unit === undefined ? {} : { unit }),
    ...(email === undefined ? {} : { email }),
  };
}

/** `sceau issuer add`: an institution that signs, with a DID and keys of its own. */
export const issuerAdd: Command = {
  name: ['issuer', 'add'],
  summary: {
    fr: 'Ajoute une institution qui signe : son profil, son DID, ses propres clés.',
    en: 'Adds an institution that signs: its Profile, its DID, its own keys.',
  },
  options: { ...PROFILE_OPTIONS, from: { type: 'string', value: 'PROGRAMME_FILE' }, json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const from = textOption(values, 'from');
    const institution = from === undefined ? {} : (await readProgrammeFile(context, from)).institution;
    const issuer = newIssuerFrom(values, institution);
    const { issuing } = await house.open({ create: true });
    const added = await addIssuer(issuing, issuer);
    if (values['json'] === true) context.write(`${JSON.stringify(added)}\n`);
    else context.write(`${added.slug}\t${added.did}\t${added.name}\n`);
    if (added.did.startsWith('did:key:')) {
      context.say(
        context.language === 'fr'
          ? 'Attention : un émetteur did:key ne peut jamais changer de clé.'
          : 'Note: a did:key issuer can never change its key.',
      );
    }
    return 0;
  },
};

/** What only an issuer that is there can be given. */
const LOOK_OPTIONS = { ...ISSUER_LOOK_OPTIONS, linkedin: { type: 'string', value: 'NUMBER' } } as const;

/** Number of the institution's LinkedIn page. @throws {UsageError} */
function linkedInNumber(values: OptionValues): { readonly linkedInOrganizationId?: string } {
  const number = textOption(values, 'linkedin');
  if (number === undefined) return {};
  if (!/^[1-9]\d{0,19}$/.test(number)) {
    throw new UsageError({
      fr: `--linkedin : « ${number} » n’est pas le numéro d’une page LinkedIn (des chiffres)`,
      en: `--linkedin: "${number}" is not the number of a LinkedIn page (digits)`,
    });
  }
  return { linkedInOrganizationId: number };
}

/** `sceau issuer set`: what may change of an issuer. */
export const issuerSet: Command = {
  name: ['issuer', 'set'],
  summary: {
    fr: 'Change ce qui peut changer d’un émetteur : nom, unité, pays, adresse, contact, logo, couleurs, page LinkedIn.',
    en: 'Changes what may change of an issuer: name, unit, country, address, contact, logo, colours, LinkedIn page.',
  },
  positionals: ['SLUG'],
  options: { ...PROFILE_OPTIONS, ...LOOK_OPTIONS, json: { type: 'boolean' } },
  async run({ context, values, positionals, house }) {
    const [slug = ''] = positionals;
    const given = Object.fromEntries(
      Object.keys(PROFILE_OPTIONS).flatMap((name) => {
        const value = textOption(values, name);
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const change = { ...given, ...readLook(context, values), ...linkedInNumber(values) };
    const logo = await readLogoOption(context, values);
    if (Object.keys(change).length === 0 && logo === undefined) {
      const options = [...Object.keys(PROFILE_OPTIONS), ...Object.keys(LOOK_OPTIONS)].map((name) => `--${name}`);
      throw new UsageError({
        fr: `rien à changer : donnez ${options.join(', ')}`,
        en: `nothing to change: give ${options.join(', ')}`,
      });
    }
    newIssuerFrom(values, { name: 'unchanged', url: 'https://unchanged.example' });
    const { issuing } = await house.open();
    let changed = await updateIssuer(issuing, slug, change);
    if (logo === 'none') changed = await removeIssuerLogo(issuing, slug);
    else if (logo !== undefined) changed = await setIssuerLogo(issuing, slug, logo);
    if (values['json'] === true) context.write(`${JSON.stringify(changed)}\n`);
    else context.write(`${changed.slug}\t${changed.did}\t${changed.name}\n`);
    return 0;
  },
};

/** `sceau issuer list`. */
export const issuerList: Command = {
  name: ['issuer', 'list'],
  summary: { fr: 'Liste les émetteurs.', en: 'Lists the issuers.' },
  options: { json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const issuers = await listIssuers(issuing);
    if (values['json'] === true) context.write(`${JSON.stringify(issuers)}\n`);
    else for (const issuer of issuers) context.write(`${issuer.slug}\t${issuer.did}\t${issuer.name}\n`);
    return 0;
  },
};
