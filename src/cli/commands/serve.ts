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
    const { config, issuing } = opened;
    for (const setting of config.notUsed) issuing.logger.warn('setting-not-used-yet', { setting });
    const served = await serveHouse(opened, dispatch);
    issuing.logger.info('serving', { publicUrl: config.publicUrl, address: served.address });
    // Standard error is the log, one JSON object a line.
    context.write(
      context.language === 'fr'
        ? `Sceau sert ${config.publicUrl} (écoute sur ${served.address}). Ctrl-C pour arrêter.\n`
        : `Sceau serves ${config.publicUrl} (listening on ${served.address}). Ctrl-C to stop.\n`,
    );
    const mail = await opened.startMail();
    opened.stopping.addEventListener('abort', () => void mail.stop());
    await served.stopped;
    await mail.stop();
    issuing.logger.info('stopped');
    return 0;
  },
};
