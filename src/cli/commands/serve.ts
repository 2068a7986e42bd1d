import type { Command } from '../command.js';
import { serveHouse } from '../serve-house.js';

/** `sceau serve`: the service, until it is told to stop. */
export const serve: Command = {
  name: ['serve'],
  summary: { fr: 'Lance le service.', en: 'Runs the service.' },
  options: {},
  ownsStore: true,
  async run({ context, house, dispatch }) {
    const opened = await house.open({ create: true, forService: true });
    for (const name of opened.config.notUsed) {
      context.say(
        context.language === 'fr'
          ? `${name} : cette version ne s’en sert pas encore.`
          : `${name}: not used by this version yet.`,
      );
    }
    const served = await serveHouse(opened, dispatch);
    context.say(
      context.language === 'fr'
        ? `Sceau sert ${opened.config.publicUrl} (écoute sur ${served.address}). Ctrl-C pour arrêter.`
        : `Sceau serves ${opened.config.publicUrl} (listening on ${served.address}). Ctrl-C to stop.`,
    );
    const mail = await opened.startMail();
    opened.stopping.addEventListener('abort', () => void mail.stop());
    await served.stopped;
    await mail.stop();
    opened.issuing.logger.info('stopped');
    return 0;
  },
};
