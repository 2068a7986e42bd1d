import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { unreachable } from './fetch-stop.js';
import type { OutboundUrl } from './outbound-url.js';

const USER_AGENT = 'Sceau';

export interface ExchangeOptions {
  readonly accept: string;
  readonly maxHeaderBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Sends one GET over a connection that stands, and waits for status and headers. No cookies, no credentials, no proxy,
 * no agent that would keep or reuse a connection; the strict HTTP parser.
 * @throws {FetchStop}
 */
export function exchange(
  socket: TLSSocket,
  { path, authority }: OutboundUrl,
  { accept, maxHeaderBytes, signal }: ExchangeOptions,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = requestHttps({
      createConnection: () => socket,
      method: 'GET',
      path,
      setHost: false,
      headers: {
        host: authority,
        accept,
        'accept-encoding': 'identity',
        'user-agent': USER_AGENT,
        connection: 'close',
      },
      maxHeaderSize: maxHeaderBytes,
      insecureHTTPParser: false,
      signal,
    });
    request.on('response', resolve);
    request.on('upgrade', (_, upgraded) => {
      upgraded.destroy();
      reject(unreachable('not-http'));
    });
    request.on('close', () => reject(unreachable('connection-lost')));
    // Stays for good: what breaks after the response is told by the response.
    request.on('error', (error: NodeJS.ErrnoException) => reject(stopFor(error)));
    request.end();
  });
}

function stopFor(error: NodeJS.ErrnoException) {
  if (error.code === 'HPE_HEADER_OVERFLOW') return unreachable('headers-too-large', error);
  return unreachable(error.code?.startsWith('HPE_') ? 'not-http' : 'connection-lost', error);
}
