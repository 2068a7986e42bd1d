import { haltSigning, resumeSigning } from '../../issuing/halt.js';
import { formatInstant } from '../../text/instant.js';
import { requiredOption } from '../arguments.js';
import type { Command } from '../command.js';

const OPTIONS = {
  reason: { type: 'string', value: 'TEXT', required: true },
  json: { type: 'boolean' },
} as const satisfies Command['options'];

/** `sceau halt`: the emergency stop. */
export const halt: Command = {
  name: ['halt'],
  summary: {
    fr: 'Arrête toute signature, dans tous les processus, jusqu’à « sceau resume ».',
    en: 'Stops all signing, in every process, until "sceau resume".',
  },
  options: OPTIONS,
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const stop = await haltSigning(issuing.store, { reason: requiredOption(values, 'reason'), actor: 'cli' });
    const since = formatInstant(stop.halt.since);
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ halted: true, since, changed: stop.changed })}\n`);
      return 0;
    }
    const said = stop.changed
      ? {
          fr: `toute signature est arrêtée depuis ${since} ; les badges déjà émis se vérifient comme avant`,
          en: `all signing is halted since ${since}; badges issued before verify as they did`,
        }
      : {
          fr: `toute signature était déjà arrêtée, depuis ${since} ; la première raison donnée reste`,
          en: `all signing was halted already, since ${since}; the first reason given stays`,
        };
    context.say(said[context.language]);
    return 0;
  },
};

/** `sceau resume`: the end of the emergency stop. */
export const resume: Command = {
  name: ['resume'],
  summary: { fr: 'Rétablit la signature après « sceau halt ».', en: 'Lets signing go on after "sceau halt".' },
  options: OPTIONS,
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const { changed } = await resumeSigning(issuing.store, { reason: requiredOption(values, 'reason'), actor: 'cli' });
    if (values['json'] === true) {
      context.write(`${JSON.stringify({ halted: false, changed })}\n`);
      return 0;
    }
    const said = changed
      ? {
          fr: 'la signature reprend ; relancez les émissions arrêtées, rien ne sera émis deux fois',
          en: 'signing goes on; run again what was stopped, nothing is issued twice',
        }
      : { fr: 'la signature n’était pas arrêtée', en: 'signing was not halted' };
    context.say(said[context.language]);
    return 0;
  },
};
