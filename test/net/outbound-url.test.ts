import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readOutboundUrl } from '../../src/net/outbound-url.js';

const RULES = { allowedPorts: [443], ownOrigins: ['https://badges.univ.example'], maxUrlLength: 8192 };
const detailOf = (text: string, rules = RULES) => {
  const reading = readOutboundUrl(text, rules);
  return reading.ok ? 'ok' : reading.detail;
};

describe('a URL to be asked', () => {
  it.each([
    'https://issuer.example/',
    'https://issuer.example',
    'HTTPS://ISSUER.example:443/a?b=c#d',
    'https://xn--mnchen-3ya.example/',
    'https://münchen.example/é',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
    'https://issuer.example/a@b/..;/%2e%2e/%0d%0a',
    'https://issuer.example/#@127.0.0.1/',
  ])('may be %s', (text) => {
    expect(detailOf(text)).toBe('ok');
  });

  it.each([
    '127.0.0.1',
    '0.0.0.0',
    '169.254.169.254',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '192.0.0.192',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::1]',
    '[fc00::1]',
    '[fe80::1]',
    '[ff02::1]',
  ])('may not lead to %s (S1)', (host) => {
    expect(detailOf(`https://${host}/`)).toBe('address-not-public');
  });

  it.each([
    '2130706433',
    '0x7f.1',
    '017700000001',
    '127.1',
    '0x7f000001',
    '127。0。0。1',
    '１２７.０.０.１',
    '127%2e0%2E0.1',
    '127.0.0.1.',
    '[::ffff:a9fe:a9fe]',
    '[::ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[0:0:0:0:0:0:0:1]',
  ])('may not lead to a special address spelled %s (S2)', (host) => {
    expect(detailOf(`https://${host}/`)).toBe('address-not-public');
    expect(detailOf(`http://${host}/`)).toBe('scheme-not-allowed');
  });

  it.each([
    'localhost',
    'LOCALHOST',
    'ｌｏｃａｌｈｏｓｔ',
    'a.localhost',
    'localhost.',
    'a.localhost.',
    'issuer.example.',
    'intranet',
  ])('may not name %s (S1, S2)', (host) => {
    expect(detailOf(`https://${host}/`)).toBe('host-not-allowed');
  });

  it.each(['printer.local', 'metadata.google.internal', 'a.onion', 'router.home.arpa', 'a_b.example', '-a.example'])(
    'may not name %s, which is no public name',
    (host) => {
      expect(detailOf(`https://${host}/`)).toBe('host-not-allowed');
    },
  );

  it.each([
    'file:///etc/passwd',
    'http://issuer.example/',
    'ftp://issuer.example/',
    'data:text/plain,x',
    'javascript:0',
  ])('may not be %s (V62)', (text) => {
    expect(detailOf(text)).toBe('scheme-not-allowed');
  });

  it.each([22, 25, 80, 5432, 6379, 8443])('may not name port %i (S6)', (port) => {
    expect(detailOf(`https://issuer.example:${port}/`)).toBe('port-not-allowed');
    expect(detailOf(`https://issuer.example:${port}/`, { ...RULES, allowedPorts: [443, port] })).toBe('ok');
  });

  it('may not be our own, whatever its spelling (S6)', () => {
    expect(detailOf('https://badges.univ.example/verify')).toBe('own-address');
    expect(detailOf('https://BADGES.univ.example:443/')).toBe('own-address');
    const onPort = { ...RULES, allowedPorts: [443, 8443], ownOrigins: ['https://badges.univ.example:8443'] };
    expect(detailOf('https://badges.univ.example:8443/', onPort)).toBe('own-address');
    expect(detailOf('https://badges.univ.example/', onPort)).toBe('ok');
  });

  it.each([
    'https://a@b.example/',
    'https://a:b@c.example/',
    'https://@issuer.example/',
    'https://issuer.example\\@127.0.0.1/',
    'https:\\\\issuer.example/',
    'https:/issuer.example/',
    'https:issuer.example/',
    'https:///issuer.example/',
    'https://issuer.example/a\r\nHost: b',
    'https://issuer.example/\ta',
    'https://issuer.example/a b',
    ' https://issuer.example/',
    'https://issuer.example/\u0000',
    'https://issuer.example/\u00a0',
    'https://issuer.example/\u202e',
    'https://issu\u00ader.example/',
    'https://issuer.example/\ud800',
    'https://issuer.example:99999/',
    'https://%00.example/',
    'https://issuer%2f.example/',
    'https://foo.0x4/',
    'https://[::1',
    'https://[fe80::1%25lo]/',
    'https://',
    'issuer.example',
    '',
  ])('may not be written %j (S7)', (text) => {
    expect(detailOf(text)).toBe('malformed-url');
  });

  it('is no longer than the limit, before and after the parser has encoded it (S7)', () => {
    const of = (path: string) => `https://issuer.example/${path}`;
    expect(detailOf(of('a'.repeat(8192 - 23)))).toBe('ok');
    expect(detailOf(of('a'.repeat(8192 - 22)))).toBe('malformed-url');
    expect(detailOf(of('é'.repeat(2000)))).toBe('malformed-url');
  });

  it('never throws, and is never repaired into another host', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        detailOf(text);
        const reading = readOutboundUrl(`https://issuer.example/${text}`, RULES);
        if (reading.ok) expect(reading.url.host).toBe('issuer.example');
        const query = readOutboundUrl(`https://issuer.example?${text}`, RULES);
        if (query.ok) expect(query.url.host).toBe('issuer.example');
      }),
    );
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (text) => {
        const reading = readOutboundUrl(text, RULES);
        if (reading.ok) expect(readOutboundUrl(reading.url.href, RULES)).toEqual(reading);
      }),
    );
  });
});
