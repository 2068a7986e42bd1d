import type { Clock } from '../ports/clock.js';
import type { FetchRequest } from '../ports/fetcher.js';
import { createAnswerCache } from './answer-cache.js';
import type { CheckedAddress } from './choose-addresses.js';
import { FetchStop, refused } from './fetch-stop.js';
import type { FetchBudgets } from './limits.js';
import type { OutboundUrl } from './outbound-url.js';
import { type Reply, type RequestMeans, requestOnce } from './request-once.js';
import { createTokenBuckets } from './token-buckets.js';

/** Failures of a whole host, whatever the path. A slow page does not condemn its host: anybody could name one. */
const HOST_FAILURES: ReadonlySet<string> = new Set([
  'name-not-resolved',
  'address-not-public',
  'connect-failed',
  'connect-timed-out',
  'certificate-not-valid',
  'tls-failed',
]);

/** One request to one server, if the budgets allow it. @throws {FetchStop} */
export type BudgetedRequest = (
  url: OutboundUrl,
  request: FetchRequest,
  options: {
    readonly signal: AbortSignal;
    /** Takes one request from the caller's budget; false when none is left. */
    readonly spend: () => boolean;
  },
) => Promise<Reply>;

/**
 * Keeps the house from being anybody's amplifier (S10): a rate for each host and each address, few requests under way to one
 * address, and a host that failed is left alone for a while.
 */
export function createBudgetedRequest(
  means: Omit<RequestMeans, 'admit'> & { readonly clock: Clock; readonly budgets: FetchBudgets },
): BudgetedRequest {
  const { clock, budgets } = means;
  const { maxRemembered: maxKeys, maxCachedBytes: maxBytes } = budgets;
  const failures = createAnswerCache({ clock, maxEntries: maxKeys, maxBytes });
  const hosts = createTokenBuckets({ clock, burst: budgets.hostBurst, perSecond: budgets.hostPerSecond, maxKeys });
  const networks = createTokenBuckets({
    clock,
    burst: budgets.addressBurst,
    perSecond: budgets.addressPerSecond,
    maxKeys,
  });

  const underWay = new Map<string, number>();
  const change = (network: string, by: number): void => {
    const count = (underWay.get(network) ?? 0) + by;
    if (count === 0) underWay.delete(network);
    else underWay.set(network, count);
  };

  function admit(addresses: readonly CheckedAddress[]): () => void {
    const asked = [...new Set(addresses.map(networkOf))];
    const isFull = (network: string) => (underWay.get(network) ?? 0) >= budgets.concurrentPerAddress;
    if (asked.some(isFull)) throw refused('too-busy');
    if (!asked.every((network) => networks.take(network))) throw refused('host-rate-limited');
    for (const network of asked) change(network, 1);
    return () => {
      for (const network of asked) change(network, -1);
    };
  }

  return async (url, request, { signal, spend }) => {
    const failure = failures.get(url.origin);
    if (failure !== undefined) throw new FetchStop(failure);
    if (!spend()) throw refused('fetch-budget-spent');
    if (!hosts.take(url.host)) throw refused('host-rate-limited');
    try {
      return await requestOnce(url, request, { ...means, admit, signal });
    } catch (error) {
      if (error instanceof FetchStop && HOST_FAILURES.has(error.message)) {
        failures.put(url.origin, error.answer, budgets.negativeSeconds);
      }
      throw error;
    }
  };
}

/** An IPv4 address, or the 64 bits of an IPv6 address that name its network. */
function networkOf({ bytes }: CheckedAddress): string {
  return bytes.subarray(0, 8).join('.');
}
