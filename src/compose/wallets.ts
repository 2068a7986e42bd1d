import { limitKey } from '../http/client-address.js';
import type { AppDeps } from '../http/deps.js';
import { createRateLimit } from '../http/rate-limit.js';
import type { SharingContext } from '../sharing/context.js';
import { createWalletDesk } from '../sharing/wallet-desk.js';
import type { CredentialChecker } from '../verification/credential-checker.js';

/**
 * What the HTTP edge needs of the house for wallets.
 * @param options.requests a minute and address, 0 for no limit. @param options.tokens codes tried, likewise.
 */
export function composeWallets(
  sharing: SharingContext,
  verify: CredentialChecker['presentation'],
  options: { readonly requests: number; readonly tokens: number },
): AppDeps['wallets'] {
  const rates = { request: createRateLimit(options.requests), token: createRateLimit(options.tokens) };
  return {
    desk: createWalletDesk(sharing, verify),
    limit: (address, kind) => rates[kind].take(limitKey(address), sharing.clock.now()),
  };
}
