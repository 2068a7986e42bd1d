import type { RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import type { Dial } from '../../src/net/connect.js';
import { createGuardedFetcher, type GuardedFetcherOptions } from '../../src/net/guarded-fetcher.js';
import type { FetchRequest } from '../../src/ports/fetcher.js';
import type { HostResolver } from '../../src/ports/host-resolver.js';
import { ensureDefined } from '../support/ensure-defined.js';
import type { ServerCertificate } from './certificates.js';

/** A server on loopback that counts who comes. */
export interface LoopbackServer {
  readonly port: number;
  /** TCP connections so far. */
  connections(): number;
  close(): Promise<void>;
}

async function listening(server: Server): Promise<LoopbackServer> {
  let connections = 0;
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** An ordinary web server. */
export function startHttps(certificate: ServerCertificate, listener: RequestListener): Promise<LoopbackServer> {
  return listening(createHttpsServer(certificate, listener));
}

/** A server that does with the secured connection whatever the test says. */
export function startTls(certificate: ServerCertificate, serve: (socket: TLSSocket) => void): Promise<LoopbackServer> {
  return listening(
    createTlsServer(certificate, (socket) => {
      socket.on('error', () => {});
      serve(socket);
    }),
  );
}

/** A server below TLS. */
export function startTcp(serve: (socket: Socket) => void = () => {}): Promise<LoopbackServer> {
  return listening(createTcpServer(serve));
}

/** Names and their addresses, with a record of what was asked. A list of lists answers differently each time. */
export function tableResolver(table: Readonly<Record<string, readonly string[]>>) {
  const asked: string[] = [];
  const dns: HostResolver = {
    async addressesOf(host) {
      asked.push(host);
      return table[host] ?? [];
    },
  };
  return { dns, asked };
}

/** Leads connections to made-up public addresses to servers on loopback, with a record of every address dialled. */
export function tableDial(servers: Readonly<Record<string, LoopbackServer>>) {
  const dialled: string[] = [];
  const dial: Dial = ({ address, port }) => {
    dialled.push(`${address}:${port}`);
    return connect({ host: '127.0.0.1', port: ensureDefined(servers[address]).port });
  };
  return { dial, dialled };
}

/** A clock moved by hand. */
export function handClock(start = Date.parse('2026-11-22T10:00:00Z')) {
  let now = start;
  return {
    now: () => now,
    advanceSeconds: (seconds: number) => {
      now += seconds * 1000;
    },
  };
}

export const silentLogger = { info: () => {}, warn: () => {}, error: () => {} };

/** Times short enough for a test, and still long enough for a handshake on a busy machine. */
export const SHORT = { resolveMilliseconds: 300, connectMilliseconds: 5_000, totalMilliseconds: 5_000 };

/** An address anybody may have; none is ever connected to in a test. */
export const PUBLIC = '93.184.215.14';
export const OTHER_PUBLIC = '2606:2800:21f:cb07:6820:80da:af6b:8b2c';

/** One name, one address, one server. */
export function fetcherTo(
  server: LoopbackServer,
  options: Partial<GuardedFetcherOptions> & { readonly table?: Readonly<Record<string, readonly string[]>> },
) {
  const { table = { 'issuer.example': [PUBLIC] }, ...rest } = options;
  const { dns, asked } = tableResolver(table);
  const { dial, dialled } = tableDial({ [PUBLIC]: server, [OTHER_PUBLIC]: server });
  const clock = handClock();
  const fetcher = createGuardedFetcher({ clock, logger: silentLogger, dns, connect: dial, limits: SHORT, ...rest });
  return { fetcher, asked, dialled, clock };
}

/** The question most tests ask. */
export const JSON_DOCUMENT: FetchRequest = { accept: 'application/json', maxBytes: 1024, purpose: 'controller' };

/** The answer, and how long it took in milliseconds. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly elapsed: number }> {
  const start = performance.now();
  const answer = await work();
  return { answer, elapsed: performance.now() - start };
}
