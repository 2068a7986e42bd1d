import { readFile } from 'node:fs/promises';
import { type IncomingMessage, Agent as PlainAgent, request as requestPlain } from 'node:http';
import { Agent, request as requestTls } from 'node:https';

/** How the key service is reached. */
export interface TransitAccess {
  /** Of the mounted secrets engine: `https://vault.univ.example:8200/v1/transit`. No trailing slash. */
  readonly url: string;
  /** Holds the token; read anew for each request, since an agent beside the service renews it. */
  readonly tokenFile: string;
  /** PEM of the authorities its certificate is checked against; the system's where undefined. */
  readonly ca?: string | undefined;
  /** For one whole exchange. */
  readonly timeoutMilliseconds: number;
}

/** An answer in JSON, whatever its status. */
export interface TransitAnswer {
  readonly status: number;
  /** Undefined where there is none, as with 204. */
  readonly body: unknown;
}

/** Asks the key service. @param path below the mount. @throws {Error} when no whole answer came in time. */
export type AskTransit = (method: 'GET' | 'POST', path: string, body?: object) => Promise<TransitAnswer>;

const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const MAX_CONNECTIONS = 8;

/**
 * Requests to the key service an operator named, and to nothing else: no address of a badge ever comes here, no redirect
 * is followed, no proxy used. Connections are kept, TLS 1.2 at least. The answer's words are for nobody: they may quote.
 */
export function createAskTransit(access: TransitAccess): AskTransit {
  const isTls = access.url.startsWith('https:');
  const keptAlive = { keepAlive: true, maxSockets: MAX_CONNECTIONS } as const;
  const agent = isTls
    ? new Agent({ ...keptAlive, minVersion: 'TLSv1.2', ...(access.ca === undefined ? {} : { ca: access.ca }) })
    : new PlainAgent(keptAlive);
  return async (method, path, body) => {
    const token = (await readFile(access.tokenFile, 'utf8')).trim();
    const text = body === undefined ? undefined : JSON.stringify(body);
    const signal = AbortSignal.timeout(access.timeoutMilliseconds);
    const send = (isRepeated: boolean): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const request = (isTls ? requestTls : requestPlain)(new URL(`${access.url}${path}`), {
          method,
          agent,
          signal,
          headers: {
            Accept: 'application/json',
            'X-Vault-Token': token,
            // An agent that listens beside the service answers only those who say they mean it.
            'X-Vault-Request': 'true',
            ...(text === undefined
              ? {}
              : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }),
          },
        });
        request.once('response', resolve);
        request.on('error', (error: NodeJS.ErrnoException) => {
          // A kept connection may have been closed over there in this very moment: nothing of this request was read then.
          if (!isRepeated && request.reusedSocket && error.code === 'ECONNRESET') send(true).then(resolve, reject);
          else reject(error);
        });
        request.end(text);
      });
    const response = await send(false);
    return { status: response.statusCode ?? 0, body: parseBody(await readText(response)) };
  };
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk as Uint8Array);
    length += bytes.length;
    if (length > MAX_ANSWER_BYTES) {
      response.destroy();
      throw new Error('the answer of the key service is too large');
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseBody(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
