import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { createBitstring, getBit, readEntry, STATUS_LIST_LENGTH, withBit } from '../../src/status/bitstring.js';
import { decodeStatusList, encodeStatusList } from '../../src/status/encoded-list.js';

const crypto = createNodeCrypto();
const SHORT = 4096;
const indexes = (length: number) => fc.uniqueArray(fc.nat(length - 1), { maxLength: 40 });
const listOf = (set: readonly number[], length = STATUS_LIST_LENGTH) => set.reduce(withBit, createBitstring(length));

describe('a bitstring', () => {
  it('has index 0 left-most: only index 0 set is byte 0x80 (V56)', () => {
    expect([...withBit(createBitstring(16), 0)]).toEqual([0x80, 0]);
    expect([...withBit(createBitstring(16), 7)]).toEqual([0x01, 0]);
    expect([...withBit(createBitstring(16), 8)]).toEqual([0, 0x80]);
    expect(withBit(createBitstring(), 131_071).at(-1)).toBe(0x01);
  });

  it('has 16 KiB for 131,072 entries', () => {
    expect(createBitstring()).toHaveLength(16 * 1024);
  });

  it('holds exactly the bits that were set, whatever their order; setting changes no other copy', () => {
    fc.assert(
      fc.property(indexes(SHORT), fc.nat(SHORT - 1), (set, probe) => {
        const bits = listOf(set, SHORT);
        const before = bits.slice();
        expect(getBit(bits, probe)).toBe(set.includes(probe));
        for (const index of set) expect(getBit(bits, index)).toBe(true);
        expect(listOf([...set].reverse(), SHORT)).toEqual(bits);
        withBit(bits, probe);
        expect(bits).toEqual(before);
      }),
      { numRuns: 50 },
    );
  });

  it('has no entry outside', () => {
    for (const index of [-1, 16, 1.5, Number.NaN, 2 ** 60]) {
      expect(() => getBit(createBitstring(16), index)).toThrow(RangeError);
      expect(() => withBit(createBitstring(16), index)).toThrow(RangeError);
    }
  });

  it('is read in entries of several bits, most significant first', () => {
    const bits = Uint8Array.of(0b1011_0001, 0b1000_0000);
    expect([0, 1, 2, 3].map((index) => readEntry(bits, index, 2))).toEqual([2, 3, 0, 1]);
    expect(readEntry(bits, 1, 3)).toBe(0b100);
    expect(readEntry(Uint8Array.of(255, 255, 255, 255), 0, 32)).toBe(2 ** 32 - 1);
  });
});

describe('an encoded list', () => {
  it('gives the bits back', async () => {
    await fc.assert(
      fc.asyncProperty(indexes(STATUS_LIST_LENGTH), async (set) => {
        const bits = listOf(set);
        const encoded = await encodeStatusList(bits, crypto);
        expect(encoded).toMatch(/^u[A-Za-z0-9_-]+$/);
        const decoded = await decodeStatusList(encoded, crypto);
        expect(decoded.ok && Buffer.compare(decoded.bits, bits)).toBe(0);
      }),
      { numRuns: 30 },
    );
  });

  it('of the Bitstring Status List recommendation is read', async () => {
    // Example 1 of the recommendation: an empty list of 131,072 entries, compressed by another implementation.
    const encoded = 'uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA';
    expect(await decodeStatusList(encoded, crypto)).toEqual({ ok: true, bits: createBitstring() });
  });

  it.each([
    ['no prefix', (good: string) => good.slice(1)],
    ['another base', (good: string) => `z${good.slice(1)}`],
    ['padding', (good: string) => `${good}=`],
    ['another alphabet', (good: string) => `u+/${good.slice(3)}`],
    ['unused bits set', (good: string) => good.replace(/.$/, '_')],
    ['white space', (good: string) => `${good}\n`],
    ['bytes after the member', (good: string) => `${good}AAAA`],
    ['nothing', () => ''],
    ['only a prefix', () => 'u'],
    ['text that is no GZIP', () => 'uaGVsbG8'],
  ])('with %s is damaged (V55)', async (_, damage) => {
    // 20 set bits leave unused bits in the last base64url character.
    let good = '';
    for (let count = 1; good.length % 4 !== 3; count++) {
      good = await encodeStatusList(listOf(Array.from({ length: count }, (_unused, index) => index * 31)), crypto);
    }
    expect((await decodeStatusList(good, crypto)).ok).toBe(true);
    expect(await decodeStatusList(damage(good), crypto)).toEqual({ ok: false, reason: 'damaged' });
  });

  it('that inflates beyond the cap is too large', async () => {
    const encoded = await encodeStatusList(createBitstring(), crypto);
    expect(await decodeStatusList(encoded, crypto, 16 * 1024 - 1)).toEqual({ ok: false, reason: 'too-large' });
  });
});
