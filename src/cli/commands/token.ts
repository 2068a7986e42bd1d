import { SCOPES, type Scope, zScope } from '../../access/scope.js';
import { getIssuer } from '../../issuing/issuers.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { UsageError } from '../usage-error.js';

/** `sceau token create`: a bearer token; its secret is printed once. */
export const tokenCreate: Command = {
  name: ['token', 'create'],
  summary: {
    fr: 'Crée un jeton d’accès ; le secret n’est montré qu’une fois.',
    en: 'Makes an access token; the secret is shown once.',
  },
  options: {
    scopes: { type: 'string', value: SCOPES.join(','), required: true },
    issuer: { type: 'string', value: 'SLUG' },
    days: { type: 'string', value: 'N' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const scopes = readScopes(requiredOption(values, 'scopes'));
    const days = readDays(textOption(values, 'days'));
    const { issuing, tokens } = await house.open();
    const slug = textOption(values, 'issuer');
    const issuer = slug === undefined ? undefined : (await getIssuer(issuing, slug)).slug;
    const { secret, token } = await tokens.create({
      scopes,
      ...(issuer === undefined ? {} : { issuer }),
      ...(days === undefined ? {} : { days }),
    });
    context.write(values['json'] === true ? `${JSON.stringify({ ...token, secret })}\n` : `${secret}\n`);
    context.say(
      context.language === 'fr'
        ? `Jeton ${token.id}, portées ${token.scopes.join(', ')}. Gardez le secret : il ne sera plus montré.`
        : `Token ${token.id}, scopes ${token.scopes.join(', ')}. Keep the secret: it is not shown again.`,
    );
    return 0;
  },
};

function readScopes(text: string): Scope[] {
  return text.split(',').map((word) => {
    const scope = zScope.safeParse(word.trim());
    if (scope.success) return scope.data;
    throw new UsageError({
      fr: `--scopes : « ${word} » inconnu, attendu ${SCOPES.join(', ')}`,
      en: `--scopes: unknown "${word}", expected ${SCOPES.join(', ')}`,
    });
  });
}

function readDays(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const days = /^[1-9]\d{0,3}$/.test(text) ? Number(text) : 0;
  if (days >= 1 && days <= 3660) return days;
  throw new UsageError({
    fr: `--days : « ${text} » n’est pas un nombre de jours de 1 à 3660`,
    en: `--days: "${text}" is not a number of days from 1 to 3660`,
  });
}

/** `sceau token list`: never the secrets. */
export const tokenList: Command = {
  name: ['token', 'list'],
  summary: { fr: 'Liste les jetons, sans leurs secrets.', en: 'Lists the tokens, without their secrets.' },
  options: { json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { tokens } = await house.open();
    const list = await tokens.list();
    if (values['json'] === true) context.write(`${JSON.stringify(list)}\n`);
    else {
      for (const token of list) {
        const facts = [
          token.id,
          token.prefix,
          token.scopes.join(','),
          token.issuer ?? '*',
          token.expiresAt ?? '-',
          token.lastUsedAt ?? '-',
        ];
        context.write(`${facts.join('\t')}\n`);
      }
    }
    return 0;
  },
};

/** `sceau token revoke`. */
export const tokenRevoke: Command = {
  name: ['token', 'revoke'],
  summary: { fr: 'Retire un jeton, à l’instant.', en: 'Withdraws a token, at once.' },
  positionals: ['ID'],
  options: { json: { type: 'boolean' } },
  async run({ context, values, positionals, house }) {
    const { tokens } = await house.open();
    const id = positionals[0] ?? '';
    if (!(await tokens.revoke(id))) {
      throw new UsageError({ fr: `aucun jeton ${id}`, en: `no token ${id}` });
    }
    if (values['json'] === true) context.write(`${JSON.stringify({ id, revoked: true })}\n`);
    context.say(context.language === 'fr' ? `Jeton ${id} retiré.` : `Token ${id} withdrawn.`);
    return 0;
  },
};
