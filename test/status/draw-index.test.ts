import { describe, expect, it } from 'vitest';
import { systemRandom } from '../../src/platform/system.js';
import type { Random } from '../../src/ports/random.js';
import { createBitstring, withBit } from '../../src/status/bitstring.js';
import {
  drawFreeIndexes,
  STATUS_LIST_LENGTH,
  StatusListFullError,
  shouldOpenNextList,
} from '../../src/status/draw-index.js';
import { ensureDefined } from '../support/ensure-defined.js';

function drawFreeIndex(list: Parameters<typeof drawFreeIndexes>[1]): number {
  const [index] = drawFreeIndexes(1, list);
  return ensureDefined(index);
}

/** A reproducible stand-in: xorshift32. */
function seeded(seed: number): Random {
  let state = seed;
  const word = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state & 255;
  };
  return { bytes: (length) => Uint8Array.from({ length }, word) };
}

/** Pearson's statistic of counts that should be equal. */
function chiSquared(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function fill(length: number, isUsed: (index: number) => boolean): Uint8Array {
  let bits = createBitstring(length);
  for (let index = 0; index < length; index++) if (isUsed(index)) bits = withBit(bits, index);
  return bits;
}

describe('drawing a free index', () => {
  it('never repeats one until every one was drawn, then says that the list is full', () => {
    const length = 256;
    const random = seeded(20261122);
    const drawn = new Set<number>();
    let used = createBitstring(length);
    for (let draw = 0; draw < length; draw++) {
      const index = drawFreeIndex({ used, length, random });
      drawn.add(index);
      used = withBit(used, index);
    }
    expect(drawn.size).toBe(length);
    expect(Math.min(...drawn)).toBe(0);
    expect(Math.max(...drawn)).toBe(length - 1);
    expect(() => drawFreeIndex({ used, length, random })).toThrow(StatusListFullError);
  });

  it.each([
    ['in an empty list', () => false],
    ['in a half full list', (index: number) => index % 2 === 0],
    // Blind draws nearly always fail here, so the free places are counted.
    ['in a nearly full list', (index: number) => index % 100 !== 7],
  ])('is fair %s', (_, isUsed) => {
    const length = 1000;
    const used = fill(length, isUsed);
    const random = seeded(7);
    const counts = new Map<number, number>();
    for (let index = 0; index < length; index++) if (!isUsed(index)) counts.set(index, 0);
    const draws = counts.size * 50;
    for (let draw = 0; draw < draws; draw++) {
      const index = drawFreeIndex({ used, length, random });
      const count = counts.get(index);
      if (count === undefined) throw new Error(`${index} is not free`);
      counts.set(index, count + 1);
    }
    const freedom = counts.size - 1;
    // Four standard deviations from the mean of the distribution.
    expect(chiSquared([...counts.values()])).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
  });

  it.each([1, 40, 128])('%d at once: all different, none used before, and fair', (count) => {
    const length = 256;
    const used = fill(length, (index) => index % 2 === 0);
    const random = seeded(11);
    const counts = new Map<number, number>();
    for (let index = 1; index < length; index += 2) counts.set(index, 0);
    const rounds = Math.ceil((counts.size * 50) / count);
    for (let round = 0; round < rounds; round++) {
      const drawn = drawFreeIndexes(count, { used, length, random });
      expect(new Set(drawn).size).toBe(count);
      for (const index of drawn) counts.set(index, (counts.get(index) ?? Number.NaN) + 1);
    }
    const freedom = counts.size - 1;
    expect(chiSquared([...counts.values()])).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
    expect(() => drawFreeIndexes(129, { used, length, random })).toThrow(StatusListFullError);
  });

  it('finds the one free place of a full-size list', () => {
    const used = new Uint8Array(STATUS_LIST_LENGTH / 8).fill(255);
    used[16_000] = 0b1110_1111;
    expect(drawFreeIndex({ used, length: STATUS_LIST_LENGTH, random: systemRandom })).toBe(16_000 * 8 + 3);
  });

  it('spreads over the whole of a real list', () => {
    const used = createBitstring();
    const quarters = [0, 0, 0, 0];
    for (let draw = 0; draw < 4000; draw++) {
      const index = drawFreeIndex({ used, length: STATUS_LIST_LENGTH, random: systemRandom });
      const quarter = Math.floor((index * 4) / STATUS_LIST_LENGTH);
      quarters[quarter] = (quarters[quarter] ?? 0) + 1;
    }
    // Less than once in a million fair runs.
    expect(chiSquared(quarters)).toBeLessThan(31);
  });
});

describe('the next list', () => {
  it('is opened before the first is full', () => {
    expect(shouldOpenNextList(0, STATUS_LIST_LENGTH)).toBe(false);
    expect(shouldOpenNextList(117_964, STATUS_LIST_LENGTH)).toBe(false);
    expect(shouldOpenNextList(117_965, STATUS_LIST_LENGTH)).toBe(true);
    expect(shouldOpenNextList(STATUS_LIST_LENGTH, STATUS_LIST_LENGTH)).toBe(true);
  });
});
