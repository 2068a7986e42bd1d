import { listIssuers } from '../issuing/issuers.js';
import { sweepClaimLinks } from './claim-links.js';
import type { SharingContext } from './context.js';
import { sweepSessions } from './holder-sessions.js';

/** How long an ended link is remembered, so that its page can say what it was and offer a new one. */
const LINKS_REMEMBERED_MILLISECONDS = 90 * 86_400_000;

/** Forgets links and sessions that ended long enough ago. @returns how many rows. */
export async function sweep(context: SharingContext): Promise<number> {
  const now = context.clock.now();
  let forgotten = 0;
  for (const { slug } of await listIssuers(context)) {
    forgotten += await sweepClaimLinks(context, slug, now - LINKS_REMEMBERED_MILLISECONDS);
    forgotten += await sweepSessions(context, slug, now);
  }
  if (forgotten > 0) context.logger.info('links-and-sessions-forgotten', { rows: forgotten });
  return forgotten;
}
