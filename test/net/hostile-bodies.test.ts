import type { TLSSocket } from 'node:tls';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, createAuthority, type ServerCertificate } from './certificates.js';
import { fetcherTo, JSON_DOCUMENT, type LoopbackServer, startTls, timed } from './loopback.js';

let authority: Authority;
let certificate: ServerCertificate;
let server: LoopbackServer;
beforeAll(async () => {
  authority = await createAuthority();
  certificate = await authority.sign({ names: ['issuer.example'] });
});
afterEach(() => server.close());

const TIMEOUT = 600;
const LIMITS = { connectMilliseconds: 5_000, totalMilliseconds: TIMEOUT };
const unreachable = (detail: string) => ({ outcome: 'unreachable', detail });

/** Asks a server that, once it has the request, does as the test says. */
async function ask(serve: (socket: TLSSocket) => unknown, { maxBytes = 1000, totalMilliseconds = 5_000 } = {}) {
  server = await startTls(certificate, (socket) => socket.once('data', () => void serve(socket)));
  const { fetcher } = fetcherTo(server, { tls: { ca: [authority.ca] }, limits: { ...LIMITS, totalMilliseconds } });
  return timed(() => fetcher.fetch('https://issuer.example/', { ...JSON_DOCUMENT, maxBytes }));
}

/** A whole response. */
function respond(body: Uint8Array | string, headers: Readonly<Record<string, string>> = {}) {
  const head = Object.entries({ 'content-length': String(Buffer.byteLength(body)), ...headers });
  return (socket: TLSSocket) => {
    socket.write(`HTTP/1.1 200 OK\r\n${head.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
    socket.end(body);
  };
}

/** Writes a piece again and again until nobody listens; says how many bytes went out. */
async function pour(socket: TLSSocket, piece: Uint8Array | string): Promise<number> {
  let sent = 0;
  let wake = () => {};
  socket.on('drain', () => wake());
  socket.on('close', () => wake());
  while (!socket.destroyed) {
    sent += Buffer.byteLength(piece);
    if (socket.write(piece)) continue;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  return sent;
}

describe('a body (S8)', () => {
  it('of exactly the limit is read, one byte more is not', async () => {
    expect((await ask(respond('a'.repeat(1000)))).answer).toMatchObject({ outcome: 'found' });
    await server.close();
    expect((await ask(respond('a'.repeat(1001)))).answer).toEqual(unreachable('too-large'));
  });

  it('that lies about its length is cut at the length it stated or at the limit', async () => {
    expect((await ask(respond('a'.repeat(5000), { 'content-length': '10' }))).answer).toMatchObject({
      outcome: 'found',
      bytes: new TextEncoder().encode('a'.repeat(10)),
    });
    await server.close();
    expect((await ask(respond('short', { 'content-length': '999' }))).answer).toEqual(unreachable('connection-lost'));
    await server.close();
    expect((await ask(respond('', { 'content-length': '9'.repeat(30) }))).answer).toMatchObject({
      outcome: 'unreachable',
    });
  });

  it.each([
    ['with no length', 'HTTP/1.1 200 OK\r\n\r\n', 'a'.repeat(16_384)],
    ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', `4000\r\n${'a'.repeat(16_384)}\r\n`],
    ['announced as endless', 'HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n', 'a'.repeat(16_384)],
  ])('without end, %s, is cut at the limit and the connection closed', async (_, head, piece) => {
    let sent: Promise<number> | undefined;
    const { answer } = await ask(
      (socket) => {
        socket.write(head);
        sent = pour(socket, piece);
      },
      { maxBytes: 100_000 },
    );
    expect(answer).toEqual(unreachable('too-large'));
    // What the limit lets in, and what buffers on the way hold.
    expect(await sent).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([404, 500, 302])('of status %i is not read at all', async (status) => {
    let sent: Promise<number> | undefined;
    const { answer } = await ask((socket) => {
      socket.write(`HTTP/1.1 ${status} -\r\n\r\n`);
      sent = pour(socket, 'a'.repeat(16_384));
    });
    expect(answer).not.toMatchObject({ outcome: 'found' });
    expect(await sent).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['GZIP', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('in %s, which nobody asked for, is decoded once and counted after decoding', async (coding, encode) => {
    const headers = { 'content-encoding': coding };
    expect((await ask(respond(encode('{"a":1}'), headers))).answer).toMatchObject({
      outcome: 'found',
      bytes: new TextEncoder().encode('{"a":1}'),
    });
    await server.close();
    expect((await ask(respond(encode('a'.repeat(1000)), headers))).answer).toMatchObject({ outcome: 'found' });
    await server.close();
    expect((await ask(respond(encode('a'.repeat(1001)), headers))).answer).toEqual(unreachable('too-large'));
  });

  it('that is a bomb of 256 MiB costs less than 64 MiB', async () => {
    const bomb = gzipSync(new Uint8Array(256 * 1024 * 1024));
    const before = process.memoryUsage().rss;
    const { answer } = await ask(respond(bomb, { 'content-encoding': 'gzip' }), { maxBytes: 1024 * 1024 });
    expect(answer).toEqual(unreachable('too-large'));
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('that grows without ever yielding a byte is counted as it comes', async () => {
    // Empty stored blocks: five bytes each, nothing inside, no last one.
    const nothing = Buffer.alloc(5 * 2000, Uint8Array.of(0, 0, 0, 0xff, 0xff));
    const head = gzipSync('').subarray(0, 10);
    const { answer } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
      socket.write(head);
      return pour(socket, nothing);
    });
    expect(answer).toEqual(unreachable('too-large'));
  });

  it.each(['gzip, gzip', 'gzip, br', 'br,identity', 'zstd', 'compress', 'aes128gcm', '__proto__'])(
    'in %s is not decoded',
    async (coding) => {
      const { answer } = await ask(respond(gzipSync(gzipSync('{}')), { 'content-encoding': coding }));
      expect(answer).toEqual(unreachable('content-encoding'));
    },
  );

  it('encoded twice, the second time unsaid, is decoded once', async () => {
    const inner = gzipSync('{}');
    const { answer } = await ask(respond(gzipSync(inner), { 'content-encoding': 'gzip' }));
    expect(answer).toMatchObject({ outcome: 'found', bytes: new Uint8Array(inner) });
  });

  it.each([
    ['gzip', Buffer.from('not gzip')],
    ['gzip', gzipSync('{"a":1}').subarray(0, 15)],
    ['deflate', Buffer.from('not deflate')],
    ['br', Buffer.from('not brotli')],
  ])('damaged in %s is no answer', async (coding, body) => {
    expect((await ask(respond(body, { 'content-encoding': coding }))).answer).toEqual(unreachable('content-encoding'));
  });
});

describe('a server that plays for time (S9)', () => {
  const slow = { totalMilliseconds: TIMEOUT };
  const every = (socket: TLSSocket, piece: string) => {
    const timer = setInterval(() => socket.write(piece), 20);
    socket.on('close', () => clearInterval(timer));
  };

  it.each<[string, (socket: TLSSocket) => unknown]>([
    ['accepts and stays silent', () => {}],
    ['sends its status one byte at a time', (socket) => every(socket, 'H')],
    [
      'sends headers for ever, slowly',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\n');
        every(socket, 'a: b\r\n');
      },
    ],
    [
      'sends its body one byte at a time',
      (socket) => {
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n');
        every(socket, 'a');
      },
    ],
    ['sends preliminary answers for ever', (socket) => every(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n')],
    [
      'stops in the middle of an encoded body',
      (socket) => {
        const body = gzipSync('a'.repeat(500));
        socket.write('HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n');
        socket.write(body.subarray(0, 12));
      },
    ],
  ])('and %s is left when the time is over', async (_, serve) => {
    const closed: Promise<unknown>[] = [];
    const { answer, elapsed } = await ask((socket) => {
      // Not `once` of node:events, which would take a write into the cut connection for a failure of the test.
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
      return serve(socket);
    }, slow);
    expect(answer).toMatchObject({ outcome: 'unreachable' });
    expect(['timed-out', 'not-http']).toContain('detail' in answer ? answer.detail : '');
    expect(elapsed).toBeLessThan(TIMEOUT + 1_400);
    await Promise.all(closed);
  });

  it('and never ends its headers is cut at their limit', async () => {
    const { answer } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      return pour(socket, `x-${'a'.repeat(1000)}: b\r\n`);
    });
    expect(answer).toEqual(unreachable('headers-too-large'));
  });

  it('and sends one endless header is cut at the limit', async () => {
    const { answer } = await ask((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-a: ');
      return pour(socket, 'a'.repeat(1000));
    });
    expect(answer).toEqual(unreachable('headers-too-large'));
  });
});

describe('a server that does not speak HTTP', () => {
  it.each([
    ['SSH-2.0-OpenSSH\r\n\r\n', 'not-http'],
    ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nabcde', 'not-http'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\nabcde', 'not-http'],
    ['HTTP/1.1 200 OK\nno: carriage return\n\n', 'not-http'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'connection-lost'],
    ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}', 'connection-lost'],
    ['', 'connection-lost'],
    ['HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n', 'not-http'],
  ])('and says %j is no answer', async (said, detail) => {
    expect((await ask((socket) => socket.end(said))).answer).toEqual(unreachable(detail));
  });
});
