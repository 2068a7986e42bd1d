import { BlockList, isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../src/net/address.js';
import { specialBlockOf } from '../../src/net/special-addresses.js';
import { ensureDefined } from '../support/ensure-defined.js';

const blockOf = (text: string) => specialBlockOf(ensureDefined(parseAddress(text)));

describe('an address as bytes', () => {
  it('is read from every spelling of RFC 4291', () => {
    expect(parseAddress('192.0.2.235')).toEqual(Uint8Array.of(192, 0, 2, 235));
    const expected = Uint8Array.of(0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 2, 0x21);
    for (const text of ['2001:db8::c000:221', '2001:DB8:0:0:0:0:192.0.2.33', '2001:db8::192.0.2.33']) {
      expect(parseAddress(text)).toEqual(expected);
    }
    expect(parseAddress('::')).toEqual(new Uint8Array(16));
    expect(parseAddress('1::')?.[1]).toBe(1);
  });

  it('is not read from anything else (S2)', () => {
    const others = [
      '',
      '127.1',
      '0x7f.0.0.1',
      '010.0.0.1',
      '2130706433',
      '1.2.3.4.',
      '256.1.1.1',
      'fe80::1%lo',
      '[::1]',
    ];
    for (const text of [...others, ':::', '1::2::3', '::ffff:1.2.3', '１.1.1.1'])
      expect(parseAddress(text)).toBeUndefined();
  });

  it('agrees with the URL parser on any IPv6 address', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        const bytes = ensureDefined(parseAddress(text));
        const groups = Array.from({ length: 8 }, (_, index) =>
          (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16),
        );
        expect(new URL(`http://[${groups.join(':')}]`).host).toBe(new URL(`http://[${text}]`).host);
      }),
    );
  });
});

const NOT_PUBLIC: readonly (readonly [string, string])[] = [
  // Each with its first and last address.
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '239.255.255.255'],
  ['240.0.0.0', '255.255.255.255'],
  ['::', '::1'],
  ['::ffff:0.0.0.0', '::ffff:255.255.255.255'],
  ['64:ff9b::', '64:ff9b::ffff:ffff'],
  ['64:ff9b:1::', '64:ff9b:1:ffff:ffff:ffff:ffff:ffff'],
  ['100::', '100::ffff:ffff:ffff:ffff'],
  ['2001::', '2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2001:db8::', '2001:db8:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['2002::', '2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['3fff::', '3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['5f00::', '5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fc00::', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fe80::', 'febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['fec0::', 'feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['ff00::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ['4000::', '5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
];

/** Refused as well, and not in the table above: what is not given out, and small blocks of infrastructure. */
const NARROW = ['unallocated', 'IPv4-compatible', 'IPv4-translated', 'AS112', 'multicast tunnelling', 'returned 6bone'];

describe('a special address', () => {
  it.each(NOT_PUBLIC)('lies between %s and %s, ends included (S1)', (first, last) => {
    expect(blockOf(first)).toBeDefined();
    expect(blockOf(last)).toBeDefined();
  });

  it('is not the neighbour of a block', () => {
    const neighbours = ['1.0.0.0', '9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '126.255.255.255'];
    neighbours.push('128.0.0.0', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0', '192.0.1.0');
    neighbours.push('192.0.3.0', '192.167.255.255', '192.169.0.0', '198.17.255.255', '198.20.0.0', '223.255.255.255');
    neighbours.push('2001:200::', '2001:db7:ffff::', '2001:db9::', '2003::', '2606:4700::1111', '3fff:1000::');
    for (const text of neighbours) expect([text, blockOf(text)]).toEqual([text, undefined]);
  });

  it('carries an inner IPv4 address in no form whatever (S2)', () => {
    const forms = [
      '::ffff:a9fe:a9fe',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '64:ff9b::808:808',
      '2002:7f00:1::',
      '::7f00:1',
    ];
    for (const text of [...forms, '::ffff:0:127.0.0.1', '2001:0:4136:e378:8000:63bf:3fff:fdd2']) {
      expect([text, blockOf(text)]).not.toEqual([text, undefined]);
    }
  });

  it('is what the engine’s own list of blocks says it is', () => {
    // Two lists: the engine takes an IPv4 address for its mapped form in the other family.
    const [older, newer] = [new BlockList(), new BlockList()];
    for (const [first, last] of NOT_PUBLIC) {
      if (isIPv6(first)) newer.addRange(first, last, 'ipv6');
      else older.addRange(first, last, 'ipv4');
    }
    const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6(), fc.stringMatching(/^(10|100|127|172|192|198)\.\d\.\d\.\d$/));
    fc.assert(
      fc.property(anyAddress, (text) => {
        const isListed = isIPv6(text) ? newer.check(text, 'ipv6') : older.check(text, 'ipv4');
        const block = blockOf(text);
        if (isListed) expect([text, block]).not.toEqual([text, undefined]);
        else if (block !== undefined) expect(NARROW).toContain(block);
      }),
    );
  });

  it('is decided by the bits of the prefix alone', () => {
    fc.assert(
      fc.property(
        fc.tuple(fc.integer({ min: 16, max: 31 }), fc.uint8Array({ minLength: 2, maxLength: 2 })),
        ([second, rest]) => {
          expect(specialBlockOf(Uint8Array.of(172, second, ...rest))).toBe('private use');
          expect(specialBlockOf(Uint8Array.of(172, second + 16, ...rest))).toBeUndefined();
        },
      ),
    );
  });
});
