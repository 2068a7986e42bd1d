import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, createAuthority } from './certificates.js';
import {
  fetcherTo,
  JSON_DOCUMENT,
  type LoopbackServer,
  OTHER_PUBLIC,
  PUBLIC,
  silentLogger,
  startHttps,
  startTcp,
  tableDial,
} from './loopback.js';

let authority: Authority;
let server: LoopbackServer;
beforeAll(async () => {
  authority = await createAuthority();
});
afterEach(() => server.close());

describe('the guarded fetcher', () => {
  it('gets a document over TLS from the address its name leads to', async () => {
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (_, response) => {
      response.setHeader('content-type', 'application/did+json').end('{"a":1}');
    });
    const { fetcher, asked, dialled } = fetcherTo(server, { tls: { ca: [authority.ca] } });
    const answer = await fetcher.fetch('https://issuer.example/did.json', JSON_DOCUMENT);
    expect(answer).toEqual({
      outcome: 'found',
      bytes: new TextEncoder().encode('{"a":1}'),
      contentType: 'application/did+json',
      finalUrl: 'https://issuer.example/did.json',
    });
    expect(asked).toEqual(['issuer.example']);
    expect(dialled).toEqual([`${PUBLIC}:443`]);
  });

  it('sends a bare GET: no cookies, no credentials, identity coding, the name as Host', async () => {
    let seen: unknown;
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (request, response) => {
      seen = { method: request.method, url: request.url, headers: request.rawHeaders };
      response.end();
    });
    const { fetcher } = fetcherTo(server, { tls: { ca: [authority.ca] } });
    await fetcher.fetch('HTTPS://Issuer.EXAMPLE:443/a/../b%2fc?d=é#key-1', JSON_DOCUMENT);
    expect(seen).toEqual({
      method: 'GET',
      url: '/b%2fc?d=%C3%A9',
      headers: [
        ...['host', 'issuer.example'],
        ...['accept', 'application/json'],
        ...['accept-encoding', 'identity'],
        ...['user-agent', 'Sceau'],
        ...['connection', 'close'],
      ],
    });
  });

  it('asks an address that is public by its bytes, with a certificate for that address', async () => {
    server = await startHttps(await authority.sign({ addresses: [PUBLIC] }), (_, response) => response.end('ip'));
    const { fetcher, asked } = fetcherTo(server, { tls: { ca: [authority.ca] } });
    const answer = await fetcher.fetch(`https://${PUBLIC}/`, JSON_DOCUMENT);
    expect(answer).toMatchObject({ outcome: 'found' });
    expect(asked).toEqual([]);
  });

  it('says what an answer other than 200 means', async () => {
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (request, response) => {
      response.writeHead(Number(request.url?.slice(1))).end('body');
    });
    const { fetcher } = fetcherTo(server, { tls: { ca: [authority.ca] }, budgets: { hostBurst: 100 } });
    for (const status of [404, 410]) {
      expect(await fetcher.fetch(`https://issuer.example/${status}`, JSON_DOCUMENT)).toEqual({ outcome: 'not-found' });
    }
    for (const status of [201, 203, 206, 401, 403, 429, 500, 503]) {
      expect(await fetcher.fetch(`https://issuer.example/${status}`, JSON_DOCUMENT)).toEqual({
        outcome: 'unreachable',
        detail: 'http-status',
      });
    }
  });

  it('tries a second address when the first does not answer', async () => {
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (_, response) => response.end('ok'));
    const closed = await startTcp();
    await closed.close();
    const { dial, dialled } = tableDial({ [PUBLIC]: closed, [OTHER_PUBLIC]: server });
    const { fetcher } = fetcherTo(server, {
      tls: { ca: [authority.ca] },
      table: { 'issuer.example': [OTHER_PUBLIC, PUBLIC] },
      connect: dial,
    });
    expect(await fetcher.fetch('https://issuer.example/', JSON_DOCUMENT)).toMatchObject({ outcome: 'found' });
    expect(dialled).toEqual([`${PUBLIC}:443`, `${OTHER_PUBLIC}:443`]);
  });

  it('stops waiting when its caller does, and lets the fetch go on for others', async () => {
    let asked = () => {};
    let answer = () => {};
    const arrived = new Promise<void>((resolve) => {
      asked = resolve;
    });
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (_, response) => {
      answer = () => response.end('late');
      asked();
    });
    const { fetcher } = fetcherTo(server, { tls: { ca: [authority.ca] } });
    const impatient = new AbortController();
    const patient = fetcher.fetch('https://issuer.example/', JSON_DOCUMENT);
    const given = fetcher.fetch('https://issuer.example/', { ...JSON_DOCUMENT, signal: impatient.signal });
    await arrived;
    impatient.abort();
    expect(await given).toEqual({ outcome: 'unreachable', detail: 'aborted' });
    expect(await fetcher.fetch('https://issuer.example/', { ...JSON_DOCUMENT, signal: AbortSignal.abort() })).toEqual({
      outcome: 'unreachable',
      detail: 'aborted',
    });
    answer();
    expect(await patient).toMatchObject({ outcome: 'found', bytes: new TextEncoder().encode('late') });
    expect(server.connections()).toBe(1);
  });

  it('writes the host and the outcome to the log, never the path', async () => {
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (_, response) => response.end('ok'));
    const lines: unknown[] = [];
    const logger = { ...silentLogger, info: (event: string, facts?: object) => lines.push({ event, ...facts }) };
    const { fetcher } = fetcherTo(server, { tls: { ca: [authority.ca] }, logger });
    await fetcher.fetch('https://issuer.example/people/ada', JSON_DOCUMENT);
    expect(lines).toEqual([
      {
        event: 'outbound-fetch',
        purpose: 'controller',
        host: 'issuer.example',
        outcome: 'found',
        detail: '',
        milliseconds: 0,
      },
    ]);
  });
});
