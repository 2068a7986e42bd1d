import { limitKey } from '../http/client-address.js';
import type { AppDeps } from '../http/deps.js';
import { createRateLimit } from '../http/rate-limit.js';
import type { SharingContext } from '../sharing/context.js';
import { createHolderDesk } from '../sharing/holder-desk.js';

/** What the holder's pages need of the house. @param options.limit claim links tried a minute and address, 0 for no limit. */
export function composeHolders(
  sharing: SharingContext,
  options: { readonly limit: number } & Pick<AppDeps['holders'], 'linkedInUrl'>,
): AppDeps['holders'] {
  const { linkedInUrl } = options;
  const rate = createRateLimit(options.limit);
  return {
    desk: createHolderDesk(sharing),
    limit: (address) => rate.take(limitKey(address), sharing.clock.now()),
    downloads: (id) => [
      { format: 'json', path: `/credentials/${id}` },
      { format: 'png', path: `/credentials/${id}.png` },
      { format: 'svg', path: `/credentials/${id}.svg` },
      { format: 'pdf', path: `/credentials/${id}.pdf` },
      { format: 'qr', path: `/v/${id}/qr.svg` },
    ],
    linkedInUrl,
  };
}
