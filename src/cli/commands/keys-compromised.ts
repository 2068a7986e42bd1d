import { markCompromised } from '../../issuing/key-changes.js';
import { formatInstant } from '../../text/instant.js';
import { requiredOption, textOption } from '../arguments.js';
import type { Command } from '../command.js';
import { instantOption } from '../instant-option.js';
import { issuerArgument } from '../issuer-argument.js';

/** `sceau keys compromised`: what the key signed since then turns invalid; what was recorded before holds. */
export const keysCompromised: Command = {
  name: ['keys', 'compromised'],
  summary: {
    fr: 'Déclare une clé compromise depuis un instant ; une autre signe à sa place. Sans retour.',
    en: 'Records that a key is compromised since an instant; another signs instead. For good.',
  },
  positionals: ['MULTIBASE'],
  options: {
    since: { type: 'string', value: 'INSTANT', required: true },
    reason: { type: 'string', value: 'TEXT', required: true },
    issuer: { type: 'string', value: 'SLUG' },
    json: { type: 'boolean' },
  },
  async run({ context, values, positionals, house }) {
    const since = instantOption('since', requiredOption(values, 'since'));
    const reason = requiredOption(values, 'reason');
    const issuer = textOption(values, 'issuer');
    const { issuing } = await house.open();
    const publicKeyMultibase = (positionals[0] ?? '').replace(/^.*#/, '');
    const marked = await markCompromised(issuing, {
      publicKeyMultibase,
      since: since ?? 0,
      reason,
      actor: 'cli',
      ...(issuer === undefined ? {} : { issuer }),
    });
    const { did, slug } = marked.issuer;
    const at = formatInstant(marked.since);
    if (values['json'] === true) {
      const { algorithm, successor = null } = marked;
      const answer = { issuer: slug, algorithm, publicKeyMultibase, since: at, successor };
      context.write(`${JSON.stringify(answer)}\n`);
      return 0;
    }
    const isFrench = context.language === 'fr';
    context.say(
      isFrench
        ? `${publicKeyMultibase} est déclarée compromise depuis ${at} ; ce qu’elle a signé depuis n’est plus valable`
        : `${publicKeyMultibase} is recorded as compromised since ${at}; what it signed since is no longer valid`,
    );
    if (marked.successor === undefined) {
      context.say(
        isFrench
          ? `${slug} n’a plus de clé ${marked.algorithm} et ne signe plus : « sceau keys create » ; un émetteur did:key ne peut pas en changer, créez-en un autre`
          : `${slug} has no ${marked.algorithm} key left and signs no more: "sceau keys create"; a did:key issuer cannot change its key, make another issuer`,
      );
      return 0;
    }
    context.write(`${did}#${marked.successor}\n`);
    context.say(
      isFrench
        ? 'cette clé signe désormais ; « sceau keys resign » signe de nouveau les badges d’avant, que d’autres vérificateurs refusent'
        : 'this key signs from now on; "sceau keys resign" signs the earlier badges anew, which verifiers elsewhere refuse',
    );
    return 0;
  },
};

/** `sceau keys resign`: badges of compromised keys, signed anew. */
export const keysResign: Command = {
  name: ['keys', 'resign'],
  summary: {
    fr: 'Signe de nouveau, sous le même numéro, les badges signés d’une clé compromise avant qu’elle le soit.',
    en: 'Signs anew, under the same id, the badges a compromised key signed before it was.',
  },
  options: {
    issuer: { type: 'string', value: 'SLUG' },
    'also-doubted': { type: 'boolean' },
    json: { type: 'boolean' },
  },
  async run({ context, values, house }) {
    const { resignBadges } = await import('../../issuing/resign.js');
    const { issuing } = await house.open();
    const { slug } = await issuerArgument(issuing, textOption(values, 'issuer'));
    const result = await resignBadges(issuing, {
      issuer: slug,
      actor: 'cli',
      includeDoubted: values['also-doubted'] === true,
      onProgress: (looked, total) => context.progress(looked, total, 'badges'),
    });
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ issuer: slug, ...result })}\n`);
      return 0;
    }
    const { resigned, doubted, notInForce } = result;
    context.say(
      context.language === 'fr'
        ? `signés de nouveau : ${resigned} ; suspendus ou expirés, laissés : ${notInForce} ; signés depuis la compromission, laissés : ${doubted}`
        : `signed anew: ${resigned}; suspended or expired, left: ${notInForce}; signed since the key was compromised, left: ${doubted}`,
    );
    if (doubted > 0) {
      context.say(
        context.language === 'fr'
          ? 'vérifiez chacun de ces derniers, révoquez les faux, puis « sceau keys resign --also-doubted »'
          : 'look at each of the last, revoke the false ones, then "sceau keys resign --also-doubted"',
      );
    }
    return 0;
  },
};
