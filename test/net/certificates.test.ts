import { connect as connectTls } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, createAuthority, type ServerCertificate } from './certificates.js';
import { fetcherTo, JSON_DOCUMENT, type LoopbackServer, PUBLIC, startHttps, startTcp, timed } from './loopback.js';

let authority: Authority;
let server: LoopbackServer;
let requests: number;
beforeAll(async () => {
  authority = await createAuthority();
});
afterEach(() => server.close());

async function ask(certificate: ServerCertificate, { ca = authority.ca, url = 'https://issuer.example/' } = {}) {
  requests = 0;
  server = await startHttps(certificate, (_, response) => {
    requests += 1;
    response.end('{}');
  });
  const table = { [new URL(url).hostname]: [PUBLIC] };
  return fetcherTo(server, { tls: { ca: [ca] }, table }).fetcher.fetch(url, JSON_DOCUMENT);
}

const REFUSED = { outcome: 'unreachable', detail: 'certificate-not-valid' };
const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

describe('a certificate (S12)', () => {
  it('in force, for the name asked and of a known authority is accepted', async () => {
    const certificate = await authority.sign({ names: ['other.example', 'issuer.example'] });
    expect(await ask(certificate)).toMatchObject({ outcome: 'found' });
    expect(requests).toBe(1);
  });

  it('for a pattern that covers the name is accepted', async () => {
    const certificate = await authority.sign({ names: ['*.issuer.example'] });
    const answer = await ask(certificate, { url: 'https://badges.issuer.example/' });
    expect(answer).toMatchObject({ outcome: 'found' });
    await server.close();
    expect(await ask(certificate)).toEqual(REFUSED);
  });

  it.each<[string, () => Promise<ServerCertificate>]>([
    ['for another name', () => authority.sign({ names: ['other.example'] })],
    ['for a name below', () => authority.sign({ names: ['a.issuer.example'] })],
    ['for the address only', () => authority.sign({ addresses: [PUBLIC] })],
    ['expired', () => authority.sign({ names: ['issuer.example'], notBefore: hours(-48), notAfter: hours(-1) })],
    ['not yet in force', () => authority.sign({ names: ['issuer.example'], notBefore: hours(1), notAfter: hours(48) })],
    ['self-signed', () => authority.selfSign({ names: ['issuer.example'] })],
    ['of an authority nobody knows', async () => (await createAuthority()).sign({ names: ['issuer.example'] })],
  ])('%s is refused, and nothing is asked', async (_, make) => {
    expect(await ask(await make())).toEqual(REFUSED);
    expect(requests).toBe(0);
  });

  it('is refused even where the environment says not to look', async () => {
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      expect(await ask(await authority.selfSign({ names: ['issuer.example'] }))).toEqual(REFUSED);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('is asked for under the name in the URL, not the address', async () => {
    let asked: string | false | undefined;
    const certificate = await authority.sign({ names: ['issuer.example'] });
    expect(await ask(certificate)).toMatchObject({ outcome: 'found' });
    await new Promise<void>((resolve) => {
      const probe = connectTls({ port: server.port, rejectUnauthorized: false, servername: 'issuer.example' }, () => {
        asked = probe.getPeerCertificate().subjectaltname;
        probe.destroy();
        resolve();
      });
    });
    expect(asked).toBe('DNS:issuer.example');
  });
});

describe('a proxy named in the environment', () => {
  it('is not used', async () => {
    const proxy = await startTcp();
    const names = ['HTTPS_PROXY', 'https_proxy', 'ALL_PROXY'];
    for (const name of names) process.env[name] = `http://127.0.0.1:${proxy.port}`;
    process.env['NODE_USE_ENV_PROXY'] = '1';
    try {
      const certificate = await authority.sign({ names: ['issuer.example'] });
      expect(await ask(certificate)).toMatchObject({ outcome: 'found' });
      expect(proxy.connections()).toBe(0);
    } finally {
      for (const name of [...names, 'NODE_USE_ENV_PROXY']) delete process.env[name];
      await proxy.close();
    }
  });
});

describe('a server that does not get as far as a certificate', () => {
  it('and closes the connection is unreachable', async () => {
    server = await startTcp((socket) => socket.destroy());
    const { fetcher } = fetcherTo(server, {});
    expect(await fetcher.fetch('https://issuer.example/', JSON_DOCUMENT)).toEqual({
      outcome: 'unreachable',
      detail: 'tls-failed',
    });
  });

  it('and speaks plain HTTP is unreachable', async () => {
    server = await startTcp((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
    const { fetcher } = fetcherTo(server, {});
    expect(await fetcher.fetch('https://issuer.example/', JSON_DOCUMENT)).toEqual({
      outcome: 'unreachable',
      detail: 'tls-failed',
    });
  });

  it('and accepts without a word is left when the time to connect is over (S9)', async () => {
    server = await startTcp();
    const { fetcher } = fetcherTo(server, { limits: { connectMilliseconds: 150, totalMilliseconds: 5_000 } });
    const { answer, elapsed } = await timed(() => fetcher.fetch('https://issuer.example/', JSON_DOCUMENT));
    expect(answer).toEqual({ outcome: 'unreachable', detail: 'connect-timed-out' });
    expect(elapsed).toBeLessThan(1_000);
  });

  it('and is not there is unreachable', async () => {
    server = await startTcp();
    await server.close();
    const { fetcher } = fetcherTo(server, {});
    expect(await fetcher.fetch('https://issuer.example/', JSON_DOCUMENT)).toEqual({
      outcome: 'unreachable',
      detail: 'connect-failed',
    });
    server = await startTcp();
  });
});
