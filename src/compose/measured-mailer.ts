import type { Mailer } from '../ports/mailer.js';
import type { Metrics } from '../ports/metrics.js';

/** A mailer whose attempts are counted. */
export function measureMailer(mailer: Mailer, metrics: Metrics): Mailer {
  return {
    async send(letter, id) {
      const answer = await mailer.send(letter, id);
      metrics.mail(answer.outcome);
      return answer;
    },
    close: () => mailer.close(),
  };
}
