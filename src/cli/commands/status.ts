import { changeStatus, type StatusChange } from '../../issuing/change-status.js';
import type { Localized } from '../../text/localized.js';
import { requiredOption } from '../arguments.js';
import type { Command } from '../command.js';
import { credentialIdArgument } from '../credential-id.js';

const DONE: Readonly<Record<StatusChange, Localized>> = {
  revoked: { fr: 'révoquée, définitivement', en: 'revoked, for good' },
  suspended: { fr: 'suspendue', en: 'suspended' },
  reinstated: { fr: 'rétablie', en: 'reinstated' },
};

const SUSPENSION_NOTE: Localized = {
  fr: 'Notre page et notre vérification le disent dès maintenant ; les vérificateurs d’ailleurs ne voient pas une suspension.',
  en: 'Our page and verification say so from now on; verifiers elsewhere cannot see a suspension.',
};

function statusCommand(word: string, change: StatusChange, summary: Localized): Command {
  return {
    name: [word],
    summary,
    positionals: ['ID'],
    options: { reason: { type: 'string', value: 'TEXT', required: true }, json: { type: 'boolean' } },
    async run({ context, values, positionals, house }) {
      const { issuing } = await house.open();
      const credential = credentialIdArgument(positionals[0] ?? '');
      const reason = requiredOption(values, 'reason');
      const { entry, changed } = await changeStatus(issuing, { credential, change, reason, actor: 'cli' });
      if (values['json'] === true) {
        context.write(`${JSON.stringify({ credentialId: entry.credential, state: entry.state, changed })}\n`);
      }
      const already = changed ? '' : context.language === 'fr' ? ' (elle l’était déjà)' : ' (it was already)';
      const colon = context.language === 'fr' ? ' : ' : ': ';
      context.say(`${entry.credential}${colon}${DONE[change][context.language]}${already}`);
      if (change === 'suspended') context.say(SUSPENSION_NOTE[context.language]);
      return 0;
    },
  };
}

/** `sceau revoke`: for good; sets the bit in the status list. */
export const revoke = statusCommand('revoke', 'revoked', {
  fr: 'Révoque une attestation, définitivement.',
  en: 'Revokes a credential, for good.',
});

/** `sceau suspend`: a state of our own. */
export const suspend = statusCommand('suspend', 'suspended', {
  fr: 'Suspend une attestation.',
  en: 'Suspends a credential.',
});

/** `sceau reinstate`: ends a suspension. */
export const reinstate = statusCommand('reinstate', 'reinstated', {
  fr: 'Rétablit une attestation suspendue.',
  en: 'Reinstates a suspended credential.',
});
