import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { DomainError } from '../ports/error.js';
import { type Drained, followConnections } from './drain.js';
import type { HttpEnv } from './env.js';

/** What a client may take, and hold. */
export const SERVER_LIMITS = {
  /** For the headers of a request. */
  headersMilliseconds: 10_000,
  /** For its body, after that. */
  bodyMilliseconds: 30_000,
  /** Between two requests on one connection. */
  idleMilliseconds: 5_000,
  /** Without a byte in either direction, whatever is under way: a client that does not read its answer. */
  silentMilliseconds: 60_000,
  /** How often the first two are looked at. */
  checkingMilliseconds: 2_000,
  /** Address (8 KiB at most) and headers together. */
  headerBytes: 16 * 1024,
  /** Beyond these a new one is closed at once: files must stay for the store to open. */
  connections: 8_192,
  /** For requests under way once the server is closed. */
  drainMilliseconds: 30_000,
} as const;

export type ServerLimits = { readonly [Name in keyof typeof SERVER_LIMITS]: number };

type ListenFailure = 'port-taken' | 'not-permitted' | 'no-such-address' | 'other';

const FAILURES: Readonly<Record<string, ListenFailure>> = {
  EADDRINUSE: 'port-taken',
  EACCES: 'not-permitted',
  EADDRNOTAVAIL: 'no-such-address',
  ENOTFOUND: 'no-such-address',
};

const SENTENCES: Readonly<Record<ListenFailure, string>> = {
  'port-taken': 'another process uses this port; stop it or choose another one with PORT',
  'not-permitted': 'this user may not use this port; choose one above 1023 with PORT',
  'no-such-address': 'this machine has no such address; check HOST',
  other: 'the operating system refused',
};

/** The service cannot listen where it was told to. */
export class ListenError extends DomainError {
  override readonly code = 'cannot-listen';
  readonly reason: ListenFailure;
  readonly host: string;
  readonly port: number;

  constructor(reason: ListenFailure, at: { readonly host: string; readonly port: number }, options?: ErrorOptions) {
    super(`cannot listen on ${at.host}, port ${at.port}: ${SENTENCES[reason]}`, options);
    this.reason = reason;
    this.host = at.host;
    this.port = at.port;
  }
}

/** A server that accepts connections. */
export interface Listening {
  readonly host: string;
  /** The port in use: the one drawn by the system when 0 was asked for. */
  readonly port: number;
  /**
   * Accepts nothing more, lets what is under way finish within its limit, and resolves when all is closed.
   * @returns how many requests were cut off.
   */
  close(): Promise<Drained>;
}

/** What answers. */
export interface Served extends Pick<Hono<HttpEnv>, 'fetch'> {
  /** Answers a request before the app is asked; false when it leaves it to the app. */
  readonly first?: (incoming: IncomingMessage, outgoing: ServerResponse) => boolean;
}

/**
 * Serves the app. @returns once connections are accepted. @param at port 0 lets the system choose. @param changed limits
 * other than {@link SERVER_LIMITS}.
 * @throws {ListenError}
 */
export async function listen(
  { fetch, first }: Served,
  at: { readonly host: string; readonly port: number },
  changed: Partial<ServerLimits> = {},
): Promise<Listening> {
  const limits: ServerLimits = { ...SERVER_LIMITS, ...changed };
  // A request the adapter cannot even read (a broken Host header, say) never reaches the app.
  const ask = getRequestListener(fetch, { errorHandler: () => unreadableRequest() });
  const server = createServer(
    {
      headersTimeout: limits.headersMilliseconds,
      requestTimeout: limits.headersMilliseconds + limits.bodyMilliseconds,
      keepAliveTimeout: limits.idleMilliseconds,
      connectionsCheckingInterval: limits.checkingMilliseconds,
      maxHeaderSize: limits.headerBytes,
    },
    (incoming, outgoing) => {
      if (first?.(incoming, outgoing) !== true) void ask(incoming, outgoing);
    },
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.silentMilliseconds);
  const connections = followConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(FAILURES[error.code ?? ''] ?? 'other', at, { cause: error })),
    );
    server.listen(at.port, at.host, resolve);
  });
  let closing: Promise<Drained> | undefined;
  return {
    host: at.host,
    port: (server.address() as AddressInfo).port,
    close() {
      closing ??= connections.drain(limits.drainMilliseconds);
      return closing;
    },
  };
}

function unreadableRequest(): Response {
  return new Response(null, {
    status: 400,
    headers: {
      'Cache-Control': 'no-store',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
