import { Resolver } from 'node:dns/promises';
import type { HostResolver } from '../ports/host-resolver.js';

/** Answers that say there are none, rather than that nobody answered. */
const NONE: ReadonlySet<string> = new Set(['ENODATA', 'ENOTFOUND']);

/**
 * Asks the system's name servers, or those given (`192.0.2.53`, `192.0.2.53:5353`). Only they are asked: the machine's
 * own table of hosts and its search domains have no say, and no thread the file system needs is held up by a slow one.
 */
export function createSystemHostResolver({ servers }: { readonly servers?: readonly string[] } = {}): HostResolver {
  return {
    async addressesOf(host, signal) {
      const resolver = new Resolver({ timeout: 1_000, tries: 2 });
      if (servers !== undefined) resolver.setServers(servers);
      const cancel = () => resolver.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
        const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
        const failed = answers.find((answer) => answer.status === 'rejected' && !NONE.has(answer.reason.code));
        // What one family gave is checked and used as it is; nothing at all and a failure is no answer.
        if (addresses.length === 0 && failed?.status === 'rejected') throw failed.reason;
        return addresses;
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
  };
}
