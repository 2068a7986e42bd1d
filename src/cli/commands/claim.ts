import type { Command } from '../command.js';
import { credentialIdArgument } from '../credential-id.js';

/** `sceau claim link`: for a student at the counter, or one without a mailbox that works. */
export const claimLink: Command = {
  name: ['claim', 'link'],
  summary: {
    fr: 'Crée un lien à usage unique vers la page du titulaire d’un badge, à lui remettre en main propre.',
    en: 'Makes a single-use link to the page of a badge’s holder, to be handed to them in person.',
  },
  positionals: ['ID'],
  options: { json: { type: 'boolean' } },
  async run({ context, values, positionals, house }) {
    const { issuing } = await house.open();
    const { makeLink } = await import('../../sharing/claim.js');
    const url = await makeLink(issuing, credentialIdArgument(positionals[0] ?? ''));
    context.write(values['json'] === true ? `${JSON.stringify({ url })}\n` : `${url}\n`);
    context.say(
      context.language === 'fr'
        ? 'Qui ouvre ce lien est pris pour le titulaire, une fois. Ne l’envoyez pas à quelqu’un d’autre.'
        : 'Whoever opens this link is taken for the holder, once. Do not send it to anybody else.',
    );
    return 0;
  },
};
