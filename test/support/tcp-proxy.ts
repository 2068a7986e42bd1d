import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What is done to the first connection that sends COMMIT from now on. */
export type CommitFate =
  /** It arrives, and its answer does not. */
  | 'answer-lost'
  /** It arrives, and its answer is still on its way when everybody has gone: the connection stays. */
  | 'answer-late'
  /** It does not arrive. */
  | 'not-sent';

/** A way to a server that can be made worse. */
export interface TcpProxy {
  /** The server's URL, through the proxy. */
  readonly url: string;
  /** What becomes of the connection that sends the next COMMIT. Resolves when it did. */
  atNextCommit(fate: CommitFate): Promise<void>;
  /** Holds back every answer of the server, from now on and on every connection, until {@link release}. */
  hold(): void;
  release(): void;
  /** Lets nothing through any more, either way, not even that a connection ended: as where the client's host is gone. */
  fallSilent(): void;
  close(): Promise<void>;
}

const COMMIT = Buffer.from('COMMIT');

/** @param target URL of a server. */
export async function openProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let held: (() => void)[] | undefined;
  let isSilent = false;
  let next: { readonly fate: CommitFate; readonly done: () => void } | undefined;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    }
    let isDeaf = false;
    client.on('data', (bytes) => {
      if (isSilent) return;
      if (next === undefined || !bytes.includes(COMMIT)) {
        upstream.write(bytes);
        return;
      }
      const { fate, done } = next;
      next = undefined;
      isDeaf = true;
      const cut = (): void => {
        client.destroy();
        upstream.destroy();
        done();
      };
      if (fate === 'not-sent') cut();
      else {
        upstream.write(bytes);
        // The server has answered: what it was told is done.
        upstream.once('data', fate === 'answer-late' ? done : cut);
      }
    });
    upstream.on('data', (bytes) => {
      if (isDeaf || isSilent) return;
      if (held === undefined) client.write(bytes);
      else held.push(() => client.write(bytes));
    });
    client.on('close', () => {
      if (!isSilent) upstream.destroy();
    });
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    atNextCommit: (fate) =>
      new Promise((done) => {
        next = { fate, done };
      }),
    hold() {
      held ??= [];
    },
    release() {
      for (const send of held ?? []) send();
      held = undefined;
    },
    fallSilent() {
      isSilent = true;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
