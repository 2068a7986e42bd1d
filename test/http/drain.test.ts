import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen, type ServerLimits } from '../../src/http/listen.js';
import { fakeApp } from './support.js';

const HOST = '127.0.0.1';
/** Longer than any test may take: what has to wait for it fails. */
const VERY_LONG = 600_000;

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A house whose status lists are answered when told, and that says when one was asked for. */
async function heldServer(limits: Partial<ServerLimits>) {
  const waiting: (() => void)[] = [];
  const arrivals: (() => void)[] = [];
  let asked = 0;
  const { app } = fakeApp({
    statusLists: {
      get: async () => {
        asked += 1;
        for (const arrival of arrivals.splice(0)) arrival();
        await new Promise<void>((resolve) => waiting.push(resolve));
        return '{}';
      },
    },
  });
  return {
    server: await listen(app, { host: HOST, port: 0 }, limits),
    release: () => waiting.splice(0).forEach((resolve) => void resolve()),
    async arrived(count: number) {
      while (asked < count) await new Promise<void>((resolve) => arrivals.push(resolve));
    },
  };
}

interface Client {
  readonly socket: Socket;
  /** All that came, once the server has closed the connection. */
  readonly heard: Promise<string>;
  /** Resolves once the server has sent this. */
  has(text: string): Promise<void>;
}

async function client({ port }: Listening, bytes = ''): Promise<Client> {
  const socket = connect(port, HOST);
  sockets.push(socket);
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
  });
  // Cut is closed too.
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(heard)));
  await once(socket, 'connect');
  if (bytes !== '') socket.write(bytes);
  return {
    socket,
    heard: closed,
    async has(text) {
      while (!heard.includes(text)) await once(socket, 'data');
    },
  };
}

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

describe('a server that is told to stop', () => {
  it('D12 accepts no connection any more, while what is under way is answered', async () => {
    const { server, release, arrived } = await heldServer({ drainMilliseconds: VERY_LONG });
    const underWay = await client(server, GET('/status/list-1'));
    await arrived(1);
    const closed = server.close();
    const refused = connect(server.port, HOST);
    sockets.push(refused);
    const [error] = await once(refused, 'error');
    expect(error).toMatchObject({ code: 'ECONNREFUSED' });
    release();
    expect(await underWay.heard).toMatch(/^HTTP\/1\.1 200 [\s\S]*connection: close/i);
    expect(await closed).toEqual({ cut: 0 });
  });

  it('D12 closes a connection that waits for its next request at once', async () => {
    const { server } = await heldServer({ drainMilliseconds: VERY_LONG, idleMilliseconds: VERY_LONG });
    const idle = await client(server, GET('/healthz'));
    await idle.has('"ok"');
    expect(await server.close()).toEqual({ cut: 0 });
    await idle.heard;
  });

  it('D12 answers the request a client sends on a connection that is being used, and closes it then', async () => {
    const { server, release, arrived } = await heldServer({ drainMilliseconds: VERY_LONG });
    const busy = await client(server, GET('/healthz'));
    await busy.has('"ok"');
    busy.socket.write(GET('/status/list-1'));
    await arrived(1);
    const closed = server.close();
    release();
    expect(await busy.heard).toMatch(/keep-alive[\s\S]*HTTP\/1\.1 200 [\s\S]*connection: close/i);
    expect(await closed).toEqual({ cut: 0 });
  });

  it('D12 does not wait for a connection on which nothing is asked', async () => {
    const { server } = await heldServer({ drainMilliseconds: VERY_LONG });
    const silent = await client(server);
    const half = await client(server, 'GET /healthz HTTP/1.1\r\nHost: loc');
    // Both are known to the server once a later one was answered.
    await (await client(server, GET('/healthz'))).has('"ok"');
    expect(await server.close()).toEqual({ cut: 0 });
    await Promise.all([silent.heard, half.heard]);
  });

  it('D12 cuts a stuck client off at its limit, and says so', async () => {
    const { server, arrived } = await heldServer({ drainMilliseconds: 200 });
    const stuck = await client(server, GET('/status/list-1'));
    await arrived(1);
    expect(await server.close()).toEqual({ cut: 1 });
    expect(await stuck.heard).toBe('');
  });

  it('is closed once, however often it is told', async () => {
    const { server } = await heldServer({});
    expect(await Promise.all([server.close(), server.close()])).toEqual([{ cut: 0 }, { cut: 0 }]);
  });
});

describe('what a client may take', () => {
  it('a header that never ends is given up (slow loris)', async () => {
    const { server } = await heldServer({ headersMilliseconds: 100, bodyMilliseconds: 100, checkingMilliseconds: 50 });
    const slow = await client(server, 'GET /healthz HTTP/1.1\r\nX-Slow: ');
    const drip = setInterval(() => slow.socket.write('a'), 20);
    expect(await slow.heard).toMatch(/^HTTP\/1\.1 408 /);
    clearInterval(drip);
    await server.close();
  });

  it('a body that never ends is given up', async () => {
    const { server } = await heldServer({ headersMilliseconds: 100, bodyMilliseconds: 100, checkingMilliseconds: 50 });
    const head =
      'POST /verify HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
    const slow = await client(server, head);
    const drip = setInterval(() => slow.socket.write('{'), 20);
    await slow.heard;
    clearInterval(drip);
    expect(await server.close()).toEqual({ cut: 0 });
  });

  it('a connection on which nothing moves is closed, whatever is under way', async () => {
    const { server, arrived, release } = await heldServer({ silentMilliseconds: 200 });
    const silent = await client(server, GET('/status/list-1'));
    await arrived(1);
    expect(await silent.heard).toBe('');
    release();
    await server.close();
  });

  it('more connections than there may be are closed at once, and take nothing from those there are', async () => {
    const { server } = await heldServer({ connections: 2 });
    const [first] = [await client(server), await client(server)];
    const third = await client(server, GET('/healthz'));
    expect(await third.heard).toBe('');
    first.socket.write(GET('/healthz'));
    await first.has('"ok"');
    await server.close();
  });
});
