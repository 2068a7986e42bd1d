import { request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { ListenError, type Listening, listen } from '../../src/http/listen.js';
import { BADGE_ID, fakeApp, TOKENS } from './support.js';

const HOST = '127.0.0.1';
const running: Listening[] = [];

async function start(port = 0): Promise<Listening> {
  const server = await listen(fakeApp().app, { host: HOST, port });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

/** Sends bytes as they are and reads until the server closes: what no HTTP client would let through. */
function send(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, HOST, () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}

const get = (target: string, method = 'GET') =>
  `${method} ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;

describe('listening', () => {
  it('serves on a port the system draws, once it resolves', async () => {
    const { port } = await start();
    expect(port).toBeGreaterThan(0);
    const answer = await send(port, get('/healthz'));
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer.toLowerCase()).not.toMatch(/\r\n(?:server|x-powered-by):/);
  });

  it('says which port is taken', async () => {
    const { port } = await start();
    const failure = await start(port).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ListenError);
    expect(failure).toMatchObject({ code: 'cannot-listen', reason: 'port-taken', host: HOST, port });
    expect(String(failure)).toContain(`port ${port}: another process uses this port`);
  });

  it('says when the machine has no such address', async () => {
    const failure = await listen(fakeApp().app, { host: '192.0.2.1', port: 0 }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'no-such-address' });
  });

  it('accepts nothing more once closed, and frees the port', async () => {
    const { port } = await start();
    await running.splice(0)[0]?.close();
    const { port: again } = await start(port);
    expect(again).toBe(port);
  });

  it('lets a request under way finish before it closes', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let arrived = () => {};
    const underWay = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { app } = fakeApp({
      statusLists: {
        get: async () => {
          arrived();
          await held;
          return '{}';
        },
      },
    });
    const server = await listen(app, { host: HOST, port: 0 });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      request({ host: HOST, port: server.port, path: '/status/list-1' }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    await underWay;
    const closed = server.close();
    release();
    expect(await answered).toBe(200);
    await closed;
  });
});

describe('addresses as sent, before anything tidies them (A4)', () => {
  it.each([`/v/../v/${BADGE_ID}`, `/./v/${BADGE_ID}`, `//v/${BADGE_ID}`, `/v\\${BADGE_ID}`, `/%2e%2e/healthz`])(
    '%s is not found or not understood',
    async (target) => {
      const { port } = await start();
      expect(await send(port, get(target))).toMatch(/^HTTP\/1\.1 40[04] /);
    },
  );

  it('TRACE is refused', async () => {
    const { port } = await start();
    expect(await send(port, get('/', 'TRACE'))).toMatch(/^HTTP\/1\.1 405 /);
  });

  it('a Host header nobody can read is refused with the headers of every response', async () => {
    const { port } = await start();
    const answer = await send(port, 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  it('an address over 8 KiB is refused', async () => {
    const { port } = await start();
    expect(await send(port, get(`/?badge=${'a'.repeat(8200)}`))).toMatch(/^HTTP\/1\.1 414 /);
  });

  it('headers over 16 KiB are refused', async () => {
    const { port } = await start();
    expect(await send(port, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });

  it('two Authorization headers are not one token (A8)', async () => {
    const { port } = await start();
    const header = `Authorization: Bearer ${TOKENS.house}\r\n`;
    const ask = (headers: string) =>
      send(
        port,
        `GET /api/students/e-2021-7/supplement HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${headers}\r\n`,
      );
    expect(await ask(header)).toMatch(/^HTTP\/1\.1 200 /);
    expect(await ask(header + header)).toMatch(/^HTTP\/1\.1 401 /);
  });

  it.each([
    '/v/%ff',
    '/v/%',
    '/credentials/..%2f..%2fissuer-keys%2fkey.json',
    '/contexts/%00',
    '/issuers/%c3%28/did.json',
    '/status/%5c%5cserver',
    '/achievements/__proto__/constructor',
    '/contexts/toString',
    '/?badge=%ff&lang=%',
  ])('%s breaks nothing (X6)', async (target) => {
    const { port } = await start();
    expect(await send(port, get(target))).toMatch(/^HTTP\/1\.1 (?:200|40[04]) /);
  });
});
