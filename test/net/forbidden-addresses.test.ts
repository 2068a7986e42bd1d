import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createGuardedFetcher } from '../../src/net/guarded-fetcher.js';
import type { HostResolver } from '../../src/ports/host-resolver.js';
import { type Authority, createAuthority } from './certificates.js';
import {
  fetcherTo,
  handClock,
  JSON_DOCUMENT,
  type LoopbackServer,
  OTHER_PUBLIC,
  PUBLIC,
  SHORT,
  silentLogger,
  startHttps,
  startTcp,
  tableDial,
  tableResolver,
} from './loopback.js';

let authority: Authority;
let server: LoopbackServer;
beforeAll(async () => {
  authority = await createAuthority();
});
afterEach(() => server.close());

describe('a server on a forbidden address', () => {
  beforeEach(async () => {
    server = await startTcp();
  });

  /** The real way out: nothing stands between it and the listening socket but its own checks. */
  function fetcherWith(table: Readonly<Record<string, readonly string[]>>) {
    const { dns, asked } = tableResolver(table);
    const allowedPorts = [443, server.port];
    const fetcher = createGuardedFetcher({
      clock: handClock(),
      logger: silentLogger,
      dns,
      allowedPorts,
      limits: SHORT,
    });
    return { fetcher, asked };
  }

  it.each([
    '127.0.0.1',
    'localhost',
    'localhost.',
    '0.0.0.0',
    '127.1',
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127。0。0。1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::1]',
  ])('gets not one packet when asked for as %s (S1, S2)', async (host) => {
    const { fetcher, asked } = fetcherWith({});
    for (const url of [`https://${host}:${server.port}/`, `https://${host}/`]) {
      expect(await fetcher.fetch(url, JSON_DOCUMENT)).toMatchObject({ outcome: 'refused' });
    }
    expect(asked).toEqual([]);
    expect(server.connections()).toBe(0);
  });

  it.each([
    ['its only address', ['127.0.0.1']],
    ['one beside a public one', [PUBLIC, '127.0.0.1']],
    ['one after many public ones', [PUBLIC, OTHER_PUBLIC, '1.1.1.1', '8.8.8.8', '127.0.0.1']],
    ['a mapped one', ['::ffff:127.0.0.1']],
    ['one with a zone', ['fe80::1%lo']],
    ['no address at all', ['localhost']],
  ])('gets not one packet when a public name leads to %s (S3)', async (_, addresses) => {
    const { fetcher, asked } = fetcherWith({ 'issuer.example': addresses });
    expect(await fetcher.fetch(`https://issuer.example:${server.port}/`, JSON_DOCUMENT)).toEqual({
      outcome: 'refused',
      detail: 'address-not-public',
    });
    expect(asked).toEqual(['issuer.example']);
    expect(server.connections()).toBe(0);
  });

  it('would be counted: the same dialler reaches it once the check is not in the way', async () => {
    const { dns } = tableResolver({ 'issuer.example': [PUBLIC] });
    const fetcher = createGuardedFetcher({
      clock: handClock(),
      logger: silentLogger,
      dns,
      connect: tableDial({ [PUBLIC]: server }).dial,
      limits: { connectMilliseconds: 100 },
    });
    await fetcher.fetch('https://issuer.example/', JSON_DOCUMENT);
    expect(server.connections()).toBe(1);
  });

  it('gets not one packet on ports of other services (S6)', async () => {
    const { dns, asked } = tableResolver({ 'issuer.example': [PUBLIC] });
    const { dial, dialled } = tableDial({});
    const fetcher = createGuardedFetcher({ clock: handClock(), logger: silentLogger, dns, connect: dial });
    for (const port of [22, 25, 5432, 6379, server.port]) {
      expect(await fetcher.fetch(`https://issuer.example:${port}/`, JSON_DOCUMENT)).toEqual({
        outcome: 'refused',
        detail: 'port-not-allowed',
      });
    }
    expect([...asked, ...dialled]).toEqual([]);
  });
});

describe('a name that is rebound (S4)', () => {
  it('is connected to at the address that was checked, and resolved once', async () => {
    server = await startHttps(await authority.sign({ names: ['issuer.example'] }), (_, response) => response.end('{}'));
    const answers = [[PUBLIC], ['127.0.0.1']];
    let asked = 0;
    const dns: HostResolver = {
      async addressesOf() {
        asked += 1;
        return answers.shift() ?? ['127.0.0.1'];
      },
    };
    const { dial, dialled } = tableDial({ [PUBLIC]: server });
    const { fetcher } = fetcherTo(server, { dns, connect: dial, tls: { ca: [authority.ca] } });
    expect(await fetcher.fetch('https://issuer.example/1', JSON_DOCUMENT)).toMatchObject({ outcome: 'found' });
    expect(asked).toBe(1);
    expect(dialled).toEqual([`${PUBLIC}:443`]);
    // A second document is a second question, and its answer is checked like the first.
    expect(await fetcher.fetch('https://issuer.example/2', JSON_DOCUMENT)).toEqual({
      outcome: 'refused',
      detail: 'address-not-public',
    });
    expect(dialled).toHaveLength(1);
  });
});

describe('a redirect (S5)', () => {
  const REDIRECTED = { ...JSON_DOCUMENT, redirects: 2 } as const;
  let locations: Record<string, string | undefined>;
  let requests: string[];

  beforeEach(async () => {
    locations = {};
    requests = [];
    const names = ['issuer.example', 'other.example'];
    server = await startHttps(await authority.sign({ names }), (request, response) => {
      const url = `https://${request.headers.host}${request.url}`;
      requests.push(url);
      const location = locations[request.url ?? ''];
      if (location === undefined) response.end('{}');
      else response.writeHead(302, location === '' ? {} : { location }).end('moved');
    });
  });

  function follower() {
    return fetcherTo(server, {
      tls: { ca: [authority.ca] },
      table: { 'issuer.example': [PUBLIC], 'other.example': [PUBLIC], 'inside.example': ['10.0.0.5'] },
      ownOrigins: ['https://badges.univ.example'],
    });
  }

  it.each([
    ['http://169.254.169.254/', 'scheme-not-allowed'],
    ['https://169.254.169.254/', 'address-not-public'],
    ['https://2130706433/', 'address-not-public'],
    ['//localhost/', 'host-not-allowed'],
    ['https://inside.example/', 'address-not-public'],
    ['file:///etc/passwd', 'scheme-not-allowed'],
    ['http://issuer.example/', 'scheme-not-allowed'],
    ['https://other.example:22/', 'port-not-allowed'],
    ['https://badges.univ.example/verify', 'own-address'],
    ['https://a@other.example/', 'malformed-url'],
    ['/\\169.254.169.254/', 'malformed-url'],
    ['https://other.example/ x', 'malformed-url'],
    ['https://é.example/', 'malformed-url'],
    ['https://[::1', 'malformed-url'],
  ])('to %s is not followed', async (location, detail) => {
    locations['/'] = location;
    const { fetcher, dialled } = follower();
    expect(await fetcher.fetch('https://issuer.example/', REDIRECTED)).toEqual({ outcome: 'refused', detail });
    expect(dialled).toEqual([`${PUBLIC}:443`]);
  });

  it('is followed twice, to another host too, with each address resolved and checked', async () => {
    locations = { '/': '/b?c', '/b?c': 'https://other.example/d#e' };
    const { fetcher, asked } = follower();
    expect(await fetcher.fetch('https://issuer.example/', REDIRECTED)).toMatchObject({
      outcome: 'found',
      finalUrl: 'https://other.example/d',
    });
    expect(asked).toEqual(['issuer.example', 'issuer.example', 'other.example']);
  });

  it('is not followed a third time, in a chain of eleven or in a loop', async () => {
    const { fetcher } = follower();
    for (let hop = 0; hop < 11; hop += 1) locations[`/${hop}`] = `/${hop + 1}`;
    locations['/loop'] = '/loop';
    for (const path of ['0', 'loop']) {
      expect(await fetcher.fetch(`https://issuer.example/${path}`, REDIRECTED)).toEqual({
        outcome: 'unreachable',
        detail: 'too-many-redirects',
      });
    }
    expect(requests).toHaveLength(6);
  });

  it.each([
    ['did-document', 2],
    ['status-list', 2],
    ['controller', 0],
    ['credential', 0],
  ] as const)('is off for purpose %s with %i allowed', async (purpose, redirects) => {
    locations['/'] = '/b';
    const { fetcher } = follower();
    expect(await fetcher.fetch('https://issuer.example/', { ...JSON_DOCUMENT, purpose, redirects })).toEqual({
      outcome: 'unreachable',
      detail: 'redirected',
    });
    expect(requests).toEqual(['https://issuer.example/']);
  });

  it('to nowhere is no answer', async () => {
    locations['/'] = '';
    const { fetcher } = follower();
    expect(await fetcher.fetch('https://issuer.example/', REDIRECTED)).toEqual({
      outcome: 'unreachable',
      detail: 'redirected',
    });
  });
});
