import { listIssuers } from '../issuing/issuers.js';
import { sweepClaimLinks } from './claim-links.js';
import type { SharingContext } from './context.js';
import { sweepSessions } from './holder-sessions.js';
import { sweepWallets } from './wallet-sweep.js';

/** How long an ended link is remembered, so that its page can say what it was and offer a new one. */
const LINKS_REMEMBERED_MILLISECONDS = 90 * 86_400_000;

/** Longer than any offer, token or nonce can be used, so that what was used is known to have been. */
const WALLETS_REMEMBERED_MILLISECONDS = 86_400_000;

/** Forgets links, sessions and offers to wallets that ended long enough ago. @returns how many rows. */
export async function sweep(context: SharingContext): Promise<number> {
  const now = context.clock.now();
  let forgotten = 0;
  for (const { slug } of await listIssuers(context)) {
    forgotten += await sweepClaimLinks(context, slug, now - LINKS_REMEMBERED_MILLISECONDS);
    forgotten += await sweepSessions(context, slug, now);
    forgotten += await sweepWallets(context, slug, now - WALLETS_REMEMBERED_MILLISECONDS);
  }
  if (forgotten > 0) context.logger.info('links-and-sessions-forgotten', { rows: forgotten });
  return forgotten;
}
