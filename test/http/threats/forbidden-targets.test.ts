import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/ports/json.js';
import { OTHER_PUBLIC, PUBLIC } from '../../net/loopback.js';
import { fixedKey } from '../../proof/badge.js';
import { controllerDocument, fullBadge, LIST_URL, objectAt, sign, signWith } from '../../verification/house.js';
import { formOf, ISSUER_DOCUMENT, type Served, serve, withPages } from './served.js';

/** Names whose addresses are not, or not all, public. */
const INSIDE: Readonly<Record<string, readonly string[]>> = {
  'ten.example': ['10.0.0.5'],
  'mixed.example': [PUBLIC, '10.0.0.5'],
  'last.example': [PUBLIC, OTHER_PUBLIC, '1.1.1.1', '8.8.8.8', '127.0.0.1'],
  'metadata.example': ['169.254.169.254'],
  'mapped.example': ['::ffff:10.0.0.5'],
  'six.example': ['fd00::1'],
  'both.example': [PUBLIC, 'fe80::1'],
  'nat.example': ['64:ff9b::a00:5'],
  'odd.example': ['localhost'],
};
const served = serve({}, {}, INSIDE);

const UNRESOLVED = /^200 indeterminate issuer\/did-unresolved proof\/key-unavailable .*did-unresolved/;
const RETRIEVAL = '200 indeterminate status/status-not-retrieved STATUS_RETRIEVAL_ERROR';
const NOT_ALLOWED = '422 url-not-allowed';

const KEY = fixedKey().key.publicKeyMultibase;

/** A badge in which somebody else is the issuer. */
function badgeOf(issuer: string): JsonObject {
  const { credentialStatus: _, ...badge } = fullBadge();
  return { ...badge, issuer: { id: issuer, type: ['Profile'], name: 'Autre' } };
}

/** What comes of an issuer with this id that signed a badge. */
async function issuerVerdict(house: Served, id: string): Promise<string> {
  return house.verdict(await signWith(badgeOf(id), { verificationMethod: `${id}#${KEY}` }));
}

/** What comes of a good badge whose status list is said to be there. */
async function listVerdict(house: Served, statusListCredential: string): Promise<string> {
  const status = { ...objectAt(fullBadge(), 'credentialStatus'), statusListCredential };
  return house.verdict(await sign({ ...fullBadge(), credentialStatus: status }));
}

/** Only the issuer's own document may have been asked for. */
function expectNoPacket(): void {
  const allowed = new Set([`${PUBLIC}:443`]);
  expect(served.internet.requested.filter((url) => url !== ISSUER_DOCUMENT)).toEqual([]);
  expect(served.internet.dialled.filter((target) => !allowed.has(target))).toEqual([]);
}

describe('S1 to S7 have a twin: a public https server', () => {
  it('is asked for a did:web, an https controller, a status list and a badge', async () => {
    const page = 'https://issuer.example';
    withPages(served, {
      [`${page}/.well-known/did.json`]: controllerDocument('did:web:issuer.example'),
      [`${page}/keys`]: controllerDocument(`${page}/keys`),
      [`${page}/badge`]: await sign(fullBadge()),
    });
    expect(await issuerVerdict(served, 'did:web:issuer.example')).toBe('200 valid');
    expect(await issuerVerdict(served, `${page}/keys`)).toBe('200 valid');
    expect(await listVerdict(served, LIST_URL)).toBe('200 valid');
    expect(await served.verdict(formOf({ url: `${page}/badge` }))).toBe('200 valid');
    expect(new Set(served.internet.dialled)).toEqual(new Set([`${PUBLIC}:443`]));
  });
});

const FORBIDDEN_HOSTS: readonly (readonly [row: string, host: string])[] = [
  ['S1 this host', '127.0.0.1'],
  ['S1 this host by name', 'localhost'],
  ['S1 this host on a port', 'localhost:8080'],
  ['S1 this host in IPv6', '[::1]'],
  ['S1 no host', '0.0.0.0'],
  ['S1 the metadata service', '169.254.169.254'],
  ['S1 10/8', '10.1.2.3'],
  ['S1 172.16/12', '172.16.0.1'],
  ['S1 172.16/12, its end', '172.31.255.255'],
  ['S1 192.168/16', '192.168.1.1'],
  ['S1 100.64/10', '100.64.0.1'],
  ['S1 192.0.0/24', '192.0.0.170'],
  ['S1 198.18/15', '198.19.255.255'],
  ['S1 224/4', '224.0.0.251'],
  ['S1 240/4', '255.255.255.255'],
  ['S1 fc00::/7', '[fd12:3456::1]'],
  ['S1 fe80::/10', '[fe80::1]'],
  ['S1 ff00::/8', '[ff02::1]'],
  ['S1 a name of this network', 'printer.local'],
  ['S1 a name without a dot', 'intranet'],
  ['S2 one number', '2130706433'],
  ['S2 hexadecimal', '0x7f.1'],
  ['S2 octal', '017700000001'],
  ['S2 two parts', '127.1'],
  ['S2 full-width dots', '127。0。0。1'],
  ['S2 full-width digits', '１２７.0.0.1'],
  ['S2 a trailing dot', 'localhost.'],
  ['S2 an address with a trailing dot', '127.0.0.1.'],
  ['S2 percent signs', '%31%32%37.0.0.1'],
  ['S2 mapped', '[::ffff:a9fe:a9fe]'],
  ['S2 mapped, with dots', '[::ffff:169.254.169.254]'],
  ['S2 compatible', '[::127.0.0.1]'],
  ['S2 NAT64', '[64:ff9b::7f00:1]'],
  ['S2 6to4', '[2002:7f00:1::]'],
];

describe('an address nobody may be led to', () => {
  it.each(FORBIDDEN_HOSTS)('%s (%s) gets not one packet, whatever points to it', async (_, host) => {
    expect(await listVerdict(served, `https://${host}/list`)).toMatch(/^200 (?:indeterminate|invalid) status\//);
    expect(await served.verdict(formOf({ url: `https://${host}/badge` }))).toBe(NOT_ALLOWED);
    // As an issuer, it may be too odd to be an id at all.
    const issuers = [`did:web:${host.replace(':', '%3A')}`, `https://${host}/keys`];
    for (const issuer of issuers) {
      expect(await issuerVerdict(served, issuer)).toMatch(
        /^200 (?:indeterminate issuer\/did-unresolved|invalid .*issuer\/malformed-issuer)/,
      );
    }
    expectNoPacket();
    expect(served.internet.resolved.filter((name) => name !== 'badges.univ.example')).toEqual([]);
  });

  it.each(Object.keys(INSIDE))('S3 %s is refused: not every address of its is public', async (host) => {
    expect(await issuerVerdict(served, `did:web:${host}`)).toMatch(UNRESOLVED);
    expect(await issuerVerdict(served, `https://${host}/keys`)).toMatch(UNRESOLVED);
    expect(await listVerdict(served, `https://${host}/list`)).toBe(RETRIEVAL);
    expect(await served.verdict(formOf({ url: `https://${host}/badge` }))).toMatch(/^422 /);
    expectNoPacket();
    expect(served.internet.resolved).toContain(host);
  });
});

describe('a name that is rebound', () => {
  const answers: Record<string, string[][]> = {};
  const rebound = serve(
    {},
    {
      network: {
        dns: {
          addressesOf: async (host) =>
            answers[host]?.shift() ?? (host === 'badges.univ.example' ? [PUBLIC] : ['127.0.0.1']),
        },
      },
    },
  );

  it('S4 is connected to at the address that was checked, and asked about once for each question', async () => {
    withPages(rebound, { 'https://issuer.example/.well-known/did.json': controllerDocument('did:web:issuer.example') });
    answers['issuer.example'] = [[PUBLIC], ['127.0.0.1']];
    expect(await issuerVerdict(rebound, 'did:web:issuer.example')).toBe('200 valid');
    expect(await issuerVerdict(rebound, 'did:web:issuer.example')).toMatch(UNRESOLVED);
    expect(rebound.internet.dialled).toEqual([`${PUBLIC}:443`]);
    expect(answers['issuer.example']).toEqual([]);
  });
});

describe('a redirect', () => {
  const to =
    (location: string, status = 302) =>
    (_: IncomingMessage, response: ServerResponse) =>
      response.writeHead(status, { location }).end();

  it.each([
    'http://169.254.169.254/',
    'https://169.254.169.254/',
    'https://2130706433/',
    'https://ten.example/',
    '//localhost/',
    'file:///etc/passwd',
    'https://issuer.example:22/',
    'https://badges.example.org/verify',
    'gopher://issuer.example/',
    'data:application/json,{}',
  ])('S5 to %s is followed by nobody', async (location) => {
    const page = 'https://issuer.example';
    withPages(served, { [`${page}/moved`]: to(location), [`${page}/moved/did.json`]: to(location) });
    expect(await issuerVerdict(served, 'did:web:issuer.example:moved')).toMatch(UNRESOLVED);
    expect(await issuerVerdict(served, `${page}/moved`)).toMatch(UNRESOLVED);
    expect(await listVerdict(served, `${page}/moved`)).toBe(RETRIEVAL);
    expect(await served.verdict(formOf({ url: `${page}/moved` }))).toMatch(/^422 /);
    expect(new Set(served.internet.dialled)).toEqual(new Set([`${PUBLIC}:443`]));
  });

  it('S5 is off for did:web and status lists, even to a good document on the same host', async () => {
    const page = 'https://issuer.example';
    withPages(served, {
      [`${page}/a/did.json`]: to(`${page}/b/did.json`),
      [`${page}/b/did.json`]: controllerDocument('did:web:issuer.example:a'),
      [`${page}/list`]: to(LIST_URL, 301),
    });
    expect(await issuerVerdict(served, 'did:web:issuer.example:a')).toMatch(UNRESOLVED);
    expect(await listVerdict(served, `${page}/list`)).toBe(RETRIEVAL);
    expect(served.internet.requested).not.toContain(`${page}/b/did.json`);
  });

  it('S5 is followed twice elsewhere, and not a third time, in a chain of eleven or in a loop', async () => {
    const page = 'https://issuer.example';
    const badge = await sign(fullBadge());
    const chain = Array.from({ length: 11 }, (_, hop) => [`${page}/${hop}`, to(`/${hop + 1}`)] as const);
    withPages(served, { ...Object.fromEntries(chain), [`${page}/11`]: badge, [`${page}/loop`]: to('/loop') });
    expect(await served.verdict(formOf({ url: `${page}/9` }))).toBe('200 valid');
    served.internet.forget();
    expect(await served.verdict(formOf({ url: `${page}/0` }))).toMatch(/^422 /);
    expect(await served.verdict(formOf({ url: `${page}/loop` }))).toMatch(/^422 /);
    expect(served.internet.requested).toHaveLength(6);
  });
});

describe('a port or an address that is written oddly', () => {
  it.each([22, 25, 80, 5432, 6379, 8443, 3000])('S6 port %i is not connected to', async (port) => {
    expect(await issuerVerdict(served, `did:web:issuer.example%3A${port}`)).toMatch(UNRESOLVED);
    expect(await issuerVerdict(served, `https://issuer.example:${port}/keys`)).toMatch(UNRESOLVED);
    expect(await listVerdict(served, `https://issuer.example:${port}/list`)).toBe(RETRIEVAL);
    expect(await served.verdict(formOf({ url: `https://issuer.example:${port}/badge` }))).toBe(NOT_ALLOWED);
    expectNoPacket();
    expect(served.internet.resolved).not.toContain('issuer.example');
  });

  it.each([
    'https://a@issuer.example/',
    'https://a:b@issuer.example/',
    'https://issuer.example\\@evil.example/',
    'https:\\\\issuer.example/',
    'https:///issuer.example/',
    'https://issuer.example/a\r\nHost: evil.example',
    'https://issuer.example/a\tb',
    'https://evil.example#@issuer.example/\\',
    'http://issuer.example/',
    'ftp://issuer.example/',
    'HTTPS:issuer.example',
  ])('S7 %j is asked by nobody', async (url) => {
    expect(await listVerdict(served, url).catch(() => 'unsigned')).toMatch(
      /^200 (?:indeterminate|invalid) |^unsigned$/,
    );
    expect(await served.verdict(formOf({ url }))).toMatch(/^422 url-not-allowed$|^400 PARSING_ERROR$/);
    expect(await issuerVerdict(served, url).catch(() => 'unsigned')).toMatch(
      /^200 (?:indeterminate|invalid) .*issuer\/|^unsigned$/,
    );
    expectNoPacket();
    expect(served.internet.resolved.filter((name) => name !== 'badges.univ.example')).toEqual([]);
  });

  it.each([
    ['a slash', 'did:web:issuer.example:a%2Fb'],
    ['a slash in the host', 'did:web:issuer.example%2Fa'],
    ['an at sign', 'did:web:a%40issuer.example'],
    ['two dots', 'did:web:issuer.example:..'],
    ['two dots, encoded', 'did:web:issuer.example:%2e%2e'],
    ['two dots, encoded twice', 'did:web:issuer.example:%252e%252e'],
    ['NUL', 'did:web:issuer.example:a%00'],
    ['a question mark', 'did:web:issuer.example:a%3Fb'],
    ['a number sign', 'did:web:issuer.example:a%23b'],
    ['half a character', 'did:web:issuer.example:%ff'],
    ['an empty part', 'did:web:issuer.example::a'],
    ['a port of its own making', 'did:web:issuer.example%3A0x1bb'],
  ])('S7 a did:web that decodes to %s is asked by nobody', async (_, did) => {
    expect(await issuerVerdict(served, did)).toMatch(UNRESOLVED);
    expectNoPacket();
    expect(served.internet.resolved).toEqual([]);
  });
});

describe('a pasted address', () => {
  it.each([
    'file:///etc/passwd',
    'http://127.0.0.1/',
    'https://127.0.0.1/',
    'https://badges.example.org/console',
    'https://badges.example.org/api/issuers',
    'https://badges.example.org/verify',
    'https://BADGES.example.org/verify',
    'javascript:alert(1)',
    'data:application/json,{}',
    'did:web:issuer.example',
    'urn:uuid:0',
  ])('V62 %s is followed by nobody', async (url) => {
    expect(await served.verdict(formOf({ url }))).toBe(NOT_ALLOWED);
    expect(await served.verdict(formOf({ credential: url }))).toBe(NOT_ALLOWED);
    expect(served.internet.dialled).toEqual([]);
    expect(served.internet.resolved).toEqual([]);
  });

  it('V62 leads one step and no further: what lies there must be a badge', async () => {
    const page = 'https://issuer.example/badge';
    withPages(served, { [page]: await sign(fullBadge()) });
    expect(await served.verdict(formOf({ url: page }))).toBe('200 valid');
    for (const lies of ['https://evil.example/badge', '<html></html>', '']) {
      withPages(served, { [page]: lies });
      expect(await served.verdict(formOf({ url: page }))).toMatch(/^4\d\d /);
    }
    expect(served.internet.resolved).not.toContain('evil.example');
  });
});
