import { formatInstant } from '../../text/instant.js';
import type { Command } from '../command.js';

/** `sceau erasures list`: who asked to be erased and waits for the institution. */
export const erasuresList: Command = {
  name: ['erasures', 'list'],
  summary: {
    fr: 'Liste les étudiants qui ont demandé l’effacement ; « sceau erase » l’exécute.',
    en: 'Lists the students who asked to be erased; "sceau erase" carries it out.',
  },
  options: { json: { type: 'boolean' } },
  async run({ context, values, house }) {
    const { issuing } = await house.open();
    const { listErasureRequests } = await import('../../sharing/erasure-requests.js');
    const requests = (await listErasureRequests(issuing)).map((request) => ({
      ...request,
      askedAt: formatInstant(request.askedAt),
    }));
    if (values['json'] === true) context.write(`${JSON.stringify(requests)}\n`);
    else {
      for (const { issuer, student, askedAt } of requests) context.write(`${student}  ${issuer}  ${askedAt}\n`);
      if (requests.length === 0) context.say(context.language === 'fr' ? 'Aucune demande.' : 'No request.');
    }
    return 0;
  },
};
