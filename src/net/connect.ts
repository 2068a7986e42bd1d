import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { CheckedAddress } from './choose-addresses.js';
import { unreachable } from './fetch-stop.js';
import type { OutboundUrl } from './outbound-url.js';
import { inTime } from './time-limit.js';

/** Opens a TCP connection to an address, never to a name. */
export type Dial = (target: { readonly address: string; readonly port: number }) => Socket;

export interface ConnectOptions {
  readonly dial: Dial;
  readonly secureContext: SecureContext;
  /** For connection and handshake together. */
  readonly milliseconds: number;
  /** Closes the connection when it aborts, however far it has come. */
  readonly signal: AbortSignal;
}

/**
 * Connects to the first of the checked addresses that answers, and shakes hands under the name that was asked for: the
 * certificate must be in force, of a known authority and for that name.
 * @throws {FetchStop}
 */
export async function connectSecurely(
  target: OutboundUrl,
  addresses: readonly CheckedAddress[],
  options: ConnectOptions,
): Promise<TLSSocket> {
  const limit = { ...options, stop: unreachable('connect-timed-out'), within: options.signal };
  return inTime(limit, async (signal) => {
    const socket = await connectToFirst(target, addresses, { ...options, signal });
    closeWith(socket, signal);
    closeWith(socket, options.signal);
    return shakeHands(socket, target, { ...options, signal });
  });
}

/** One address after the other, each with its share of the time. */
async function connectToFirst(
  { port }: OutboundUrl,
  addresses: readonly CheckedAddress[],
  { dial, milliseconds, signal }: ConnectOptions,
): Promise<Socket> {
  let failure = unreachable('connect-failed');
  for (const { text: address } of addresses) {
    const share = { milliseconds: milliseconds / addresses.length, stop: unreachable('connect-timed-out') };
    try {
      return await inTime({ ...share, within: signal }, async (attempt) => {
        const socket = dial({ address, port });
        closeWith(socket, attempt);
        // Errors after this one, and those of a connection given up, have nobody left to hear them.
        socket.on('error', () => {});
        await once(socket, 'connect', { signal: attempt }).catch((error: unknown) => {
          socket.destroy();
          throw unreachable('connect-failed', error);
        });
        return socket;
      });
    } catch (error) {
      if (signal.aborted) throw error;
      failure = error instanceof Error && error.message === share.stop.message ? share.stop : failure;
    }
  }
  throw failure;
}

async function shakeHands(
  socket: Socket,
  { host, isAddress }: OutboundUrl,
  { secureContext, signal }: ConnectOptions,
): Promise<TLSSocket> {
  const secured = connectTls({
    socket,
    host,
    ...(isAddress ? {} : { servername: host }),
    secureContext,
    ALPNProtocols: ['http/1.1'],
    // Said here so that no environment variable says otherwise.
    rejectUnauthorized: true,
  });
  secured.on('error', () => {});
  try {
    await once(secured, 'secureConnect', { signal });
    return secured;
  } catch (error) {
    secured.destroy();
    throw unreachable(isCertificateRefused(secured) ? 'certificate-not-valid' : 'tls-failed', error);
  }
}

/** The handshake itself went well, and the certificate did not hold. */
function isCertificateRefused(socket: TLSSocket): boolean {
  return Boolean(socket.authorizationError);
}

function closeWith(socket: Socket, signal: AbortSignal): void {
  signal.addEventListener('abort', () => socket.destroy(), { once: true });
}
