import { HOLDER_TOPICS } from '../issuing/holder-rows.js';
import { isJsonObject } from '../ports/json.js';
import type { Instant } from '../text/instant.js';
import type { SharingContext } from './context.js';

/** Rows of wallets that are of no use once their time is over; the latest offer of a badge is replaced by the next. */
const TOPICS = HOLDER_TOPICS.filter((topic) => topic.startsWith('wallet-') && topic !== 'wallet-latest');

/** Forgets offers, tokens, nonces and their uses that ended before an instant. @returns how many rows. */
export async function sweepWallets(context: SharingContext, issuer: string, before: Instant): Promise<number> {
  const { log } = context.store;
  let forgotten = 0;
  for (const topic of TOPICS) {
    const ended = (await log.list(issuer, topic)).filter(({ value }) => {
      const row = isJsonObject(value) ? value : {};
      return Number(row['expiresAt'] ?? row['at'] ?? 0) < before;
    });
    if (ended.length > 0) await log.delete(ended);
    forgotten += ended.length;
  }
  return forgotten;
}
