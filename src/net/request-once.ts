import type { IncomingHttpHeaders } from 'node:http';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { FetchRequest } from '../ports/fetcher.js';
import type { HostResolver } from '../ports/host-resolver.js';
import { type CheckedAddress, chooseAddresses } from './choose-addresses.js';
import { connectSecurely, type Dial } from './connect.js';
import { exchange } from './exchange.js';
import type { FetchLimits } from './limits.js';
import type { OutboundUrl } from './outbound-url.js';
import { readBody } from './read-body.js';

export interface RequestMeans {
  readonly dns: HostResolver;
  readonly dial: Dial;
  readonly secureContext: SecureContext;
  readonly limits: FetchLimits;
  /**
   * Called with the checked addresses before the first packet goes to one; what it returns is called in the end.
   * @throws {FetchStop} to go no further.
   */
  readonly admit: (addresses: readonly CheckedAddress[]) => () => void;
}

/** What one server answered to one request; the body is read for status 200 only. */
export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array | undefined;
}

/**
 * One request to one server over a connection of its own: resolve, check, connect to what was checked, ask, read, close.
 * @throws {FetchStop}
 */
export async function requestOnce(
  url: OutboundUrl,
  { accept, maxBytes }: Pick<FetchRequest, 'accept' | 'maxBytes'>,
  { dns, dial, secureContext, limits, admit, signal }: RequestMeans & { readonly signal: AbortSignal },
): Promise<Reply> {
  const addresses = await chooseAddresses(url, { dns, milliseconds: limits.resolveMilliseconds, signal });
  const leave = admit(addresses);
  const milliseconds = limits.connectMilliseconds;
  let socket: TLSSocket | undefined;
  try {
    socket = await connectSecurely(url, addresses, { dial, secureContext, milliseconds, signal });
    const response = await exchange(socket, url, { accept, maxHeaderBytes: limits.maxHeaderBytes, signal });
    const { statusCode: status = 0, headers } = response;
    const bytes = status === 200 ? await readBody(response, { maxBytes, signal }) : undefined;
    return { status, headers, bytes };
  } finally {
    socket?.destroy();
    leave();
  }
}
