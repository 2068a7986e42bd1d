import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { DomainError } from '../ports/error.js';
import type { HttpEnv } from './env.js';

const HEADERS_TIMEOUT_MILLISECONDS = 10_000;
const BODY_TIMEOUT_MILLISECONDS = 30_000;
const KEEP_ALIVE_TIMEOUT_MILLISECONDS = 5_000;
const CONNECTIONS_CHECKING_MILLISECONDS = 2_000;
/** Address (8 KiB at most) and headers together. */
const MAX_HEADER_BYTES = 16 * 1024;
const DRAIN_TIMEOUT_MILLISECONDS = 30_000;

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
  /** Accepts nothing more, lets what is under way finish (30 s at most), and resolves when all is closed. */
  close(): Promise<void>;
}

/**
 * Serves the app. @returns once connections are accepted. @param at port 0 lets the system choose.
 * @throws {ListenError}
 */
export async function listen(
  app: Pick<Hono<HttpEnv>, 'fetch'>,
  at: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MILLISECONDS,
      requestTimeout: HEADERS_TIMEOUT_MILLISECONDS + BODY_TIMEOUT_MILLISECONDS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MILLISECONDS,
      connectionsCheckingInterval: CONNECTIONS_CHECKING_MILLISECONDS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    // A request the adapter cannot even read (a broken Host header, say) never reaches the app.
    getRequestListener(app.fetch, { errorHandler: () => unreadableRequest() }),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new ListenError(FAILURES[error.code ?? ''] ?? 'other', at, { cause: error })),
    );
    server.listen(at.port, at.host, resolve);
  });
  return { host: at.host, port: (server.address() as AddressInfo).port, close: () => drain(server) };
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

async function drain(server: Server): Promise<void> {
  const impatience = setTimeout(() => server.closeAllConnections(), DRAIN_TIMEOUT_MILLISECONDS);
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  clearTimeout(impatience);
}
