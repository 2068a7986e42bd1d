import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { Dial } from '../../../src/net/connect.js';
import type { GuardedFetcherOptions } from '../../../src/net/guarded-fetcher.js';
import type { JsonObject } from '../../../src/ports/json.js';
import { createAuthority } from '../../net/certificates.js';
import { PUBLIC, startHttps, tableResolver } from '../../net/loopback.js';

/** What stands at an address: a document, a text, bytes, or something that answers as it likes. */
export type Page = JsonObject | string | Uint8Array | ((request: IncomingMessage, response: ServerResponse) => void);

/** Everybody else, on loopback: some hosts behind one public address, and a record of all that is asked of them. */
export interface Internet {
  /** For the house's guarded fetcher. */
  readonly network: Partial<Omit<GuardedFetcherOptions, 'clock' | 'logger' | 'ownOrigins'>>;
  /** What stands where, by https URL; nothing stands elsewhere. */
  pages: Readonly<Record<string, Page>>;
  /** URLs that were asked for. */
  readonly requested: string[];
  /** Names that were resolved. */
  readonly resolved: string[];
  /** `address:port` of every connection that was attempted, whether or not anything listens there. */
  readonly dialled: string[];
  forget(): void;
  close(): Promise<void>;
}

/** Rates that come in no test's way: only the tests of S10 are about them. */
export const NO_RATES = {
  hostBurst: 1e6,
  addressBurst: 1e6,
  defaultSeconds: 0,
  negativeSeconds: 0,
  maxSeconds: 0,
} as const;

/**
 * Opens an internet of these hosts, all at one public address. A connection to any other address is recorded and goes
 * nowhere.
 * @param addresses of further names, none of which anything listens at.
 */
export async function openInternet(
  hosts: readonly string[],
  addresses: Readonly<Record<string, readonly string[]>> = {},
): Promise<Internet> {
  const authority = await createAuthority();
  const requested: string[] = [];
  const server = await startHttps(await authority.sign({ names: hosts }), (request, response) => {
    const url = `https://${request.headers.host}${request.url}`;
    requested.push(url);
    answer(internet.pages[url], request, response);
  });
  const table = Object.fromEntries(hosts.map((host) => [host, [PUBLIC]]));
  const { dns, asked: resolved } = tableResolver({ ...table, ...addresses });
  const dialled: string[] = [];
  const dial: Dial = ({ address, port }) => {
    dialled.push(`${address}:${port}`);
    const isHere = address === PUBLIC && port === 443;
    // Port 0 of loopback takes no connection: what is sent astray fails at once.
    return connect({ host: '127.0.0.1', port: isHere ? server.port : 0 });
  };
  const internet: Internet = {
    network: { dns, connect: dial, tls: { ca: [authority.ca] }, budgets: NO_RATES },
    pages: {},
    requested,
    resolved,
    dialled,
    forget() {
      for (const record of [requested, resolved, dialled]) record.length = 0;
    },
    close: () => server.close(),
  };
  return internet;
}

function answer(page: Page | undefined, request: IncomingMessage, response: ServerResponse): void {
  if (page === undefined) response.writeHead(404).end();
  else if (typeof page === 'function') page(request, response);
  else if (typeof page === 'string' || page instanceof Uint8Array) response.end(page);
  else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page));
}
