import type { Mailer } from '../ports/mailer.js';
import type { SharingContext } from './context.js';
import { sendDueMails } from './send-mails.js';
import { sweep } from './sweep.js';

/** How often the outbox is looked at. */
const ROUND_MILLISECONDS = 5_000;
/** How long the server is left alone after it was away, doubled each time. */
const FIRST_REST_MILLISECONDS = 30_000;
const LONGEST_REST_MILLISECONDS = 600_000;
const SWEEP_MILLISECONDS = 3_600_000;

/** Letters going out for as long as a service runs. */
export interface MailLoop {
  /** Ends after the letter under way; resolves when nothing more is written. */
  stop(): Promise<void>;
}

/**
 * Sends what is due, again and again, and now and then forgets links and sessions that ended. What goes wrong is logged,
 * without names or addresses, and tried again: a dead server, a full disk.
 * @param mailer undefined where no SMTP server is set: letters wait.
 */
export function startMailLoop(context: SharingContext, mailer: Mailer | undefined): MailLoop {
  let stopping = false;
  let wake: () => void = () => {};
  let rest = 0;
  let sweptAt = Number.NEGATIVE_INFINITY;

  async function round(): Promise<void> {
    if (context.clock.now() - sweptAt >= SWEEP_MILLISECONDS) {
      sweptAt = context.clock.now();
      await sweep(context);
    }
    if (mailer === undefined) return;
    const { unavailable, ...counts } = await sendDueMails(context, mailer, () => stopping);
    if (counts.sent + counts.ended + counts.delayed > 0) context.logger.info('mails-sent', counts);
    if (unavailable === undefined) rest = 0;
    else {
      rest = Math.min(rest === 0 ? FIRST_REST_MILLISECONDS : rest * 2, LONGEST_REST_MILLISECONDS);
      context.logger.warn('mail-server-unavailable', { problem: unavailable, restSeconds: rest / 1000 });
    }
  }

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const ended = (async () => {
    while (!stopping) {
      await round().catch((error: unknown) => context.logger.error('mail-round-failed', error));
      if (!stopping) await pause(Math.max(ROUND_MILLISECONDS, rest));
    }
    await mailer?.close();
  })();

  return {
    async stop() {
      stopping = true;
      wake();
      await ended;
    },
  };
}
