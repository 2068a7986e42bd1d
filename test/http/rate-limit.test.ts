import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientAddress, limitKey } from '../../src/http/client-address.js';
import { createRateLimit } from '../../src/http/rate-limit.js';

describe('R1 rate limits', () => {
  it('lets a minute’s worth pass at once, then one at a time as time passes', () => {
    const limit = createRateLimit(60);
    for (let count = 0; count < 60; count += 1) expect(limit.take('a', 0)).toBeUndefined();
    expect(limit.take('a', 0)).toBe(1);
    expect(limit.take('b', 0)).toBeUndefined();
    expect(limit.take('a', 999)).toBe(1);
    expect(limit.take('a', 1_000)).toBeUndefined();
    expect(limit.take('a', 1_000)).toBe(1);
  });

  it('says how long to wait in whole seconds', () => {
    const limit = createRateLimit(2);
    limit.take('a', 0);
    limit.take('a', 0);
    expect(limit.take('a', 0)).toBe(30);
    expect(limit.take('a', 29_000)).toBe(1);
    expect(limit.take('a', 30_000)).toBeUndefined();
  });

  it('is off at 0', () => {
    const limit = createRateLimit(0);
    for (let count = 0; count < 1_000; count += 1) expect(limit.take('a', 0)).toBeUndefined();
  });

  it('remembers a bounded number of addresses and never lets a known one burst', () => {
    const limit = createRateLimit(1, 100);
    for (let address = 0; address < 100_000; address += 1) limit.take(`address-${address}`, 0);
    expect(limit.take('address-99999', 0)).toBe(60);
    expect(limit.take('address-0', 0)).toBeUndefined();
  });

  it('never lets more pass than burst and refill allow, whatever the rhythm', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { maxLength: 300 }), (pauses) => {
        const limit = createRateLimit(30);
        let now = 0;
        let passed = 0;
        for (const pause of pauses) {
          now += pause;
          if (limit.take('a', now) === undefined) passed += 1;
        }
        expect(passed).toBeLessThanOrEqual(30 + Math.floor(now / 2_000));
      }),
      { numRuns: 100 },
    );
  });
});

describe('A9 whose address it is', () => {
  const proxies = new BlockList();
  proxies.addAddress('10.0.0.1');
  proxies.addSubnet('fd00::', 8, 'ipv6');

  it('is the connection’s when no proxy is trusted', () => {
    expect(clientAddress('203.0.113.9', '198.51.100.1', new BlockList())).toBe('203.0.113.9');
  });

  it('is what the nearest trusted proxies say, and nothing a client wrote itself', () => {
    expect(clientAddress('10.0.0.1', '6.6.6.6, 203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('::ffff:10.0.0.1', '203.0.113.9', proxies)).toBe('203.0.113.9');
    expect(clientAddress('fd00::1', '2001:db8::7, 10.0.0.1', proxies)).toBe('2001:db8::7');
    expect(clientAddress('10.0.0.1', 'nonsense', proxies)).toBe('10.0.0.1');
    expect(clientAddress('10.0.0.1', undefined, proxies)).toBe('10.0.0.1');
    expect(clientAddress(undefined, '203.0.113.9', proxies)).toBe('unknown');
  });

  it('counts an IPv6 house as one, by its /64', () => {
    expect(limitKey('203.0.113.9')).toBe('203.0.113.9');
    expect(limitKey('2001:db8:0:1::7')).toBe('2001:db8:0:1::/64');
    expect(limitKey('2001:db8:0:1:ffff:ffff:ffff:ffff')).toBe('2001:db8:0:1::/64');
    expect(limitKey('2001:0db8::1')).toBe('2001:db8:0:0::/64');
    expect(limitKey('::1')).toBe('0:0:0:0::/64');
  });
});
