import { describe, expect, it } from 'vitest';
import { createAnswerCache } from '../../src/net/answer-cache.js';
import { freshSeconds } from '../../src/net/freshness.js';
import type { FetchAnswer } from '../../src/ports/fetcher.js';
import { handClock } from './loopback.js';

const NOT_FOUND: FetchAnswer = { outcome: 'not-found' };
const found = (length: number): FetchAnswer => ({
  outcome: 'found',
  bytes: new Uint8Array(length),
  contentType: undefined,
  finalUrl: '',
});

describe('the memory of answers', () => {
  it('holds an answer for its time and no longer', () => {
    const clock = handClock();
    const cache = createAnswerCache({ clock, maxEntries: 10, maxBytes: 10_000 });
    cache.put('a', NOT_FOUND, 10);
    cache.put('b', NOT_FOUND, 0);
    clock.advanceSeconds(9.999);
    expect([cache.get('a'), cache.get('b')]).toEqual([NOT_FOUND, undefined]);
    clock.advanceSeconds(0.001);
    expect(cache.get('a')).toBeUndefined();
  });

  it('forgets an answer of the future, should the clock be set back', () => {
    const clock = handClock();
    const cache = createAnswerCache({ clock, maxEntries: 10, maxBytes: 10_000 });
    cache.put('a', NOT_FOUND, 10);
    clock.advanceSeconds(-3_600);
    expect(cache.get('a')).toBeUndefined();
  });

  it('forgets the least recently used beyond its number', () => {
    const cache = createAnswerCache({ clock: handClock(), maxEntries: 2, maxBytes: 10_000 });
    cache.put('a', NOT_FOUND, 10);
    cache.put('b', NOT_FOUND, 10);
    cache.get('a');
    cache.put('c', NOT_FOUND, 10);
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
  });

  it('forgets beyond its bytes, keys counted, and takes in nothing larger than itself', () => {
    const cache = createAnswerCache({ clock: handClock(), maxEntries: 100, maxBytes: 3_000 });
    cache.put('a', found(1_000), 10);
    cache.put('b', found(1_000), 10);
    cache.put('c', found(1_000), 10);
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([false, true, true]);
    cache.put('d', found(3_000), 10);
    cache.put('k'.repeat(1_500), NOT_FOUND, 10);
    expect(['b', 'c', 'd'].map((key) => cache.get(key) !== undefined)).toEqual([true, true, false]);
    // The same key again takes the place of the old answer, not a place beside it.
    for (let round = 0; round < 10; round += 1) cache.put('c', found(1_000), 10);
    expect(['b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, true]);
  });
});

describe('how long a document may be believed', () => {
  const bounds = { defaultSeconds: 60, maxSeconds: 300 };

  it.each([
    [undefined, undefined, 60],
    ['max-age=120', undefined, 120],
    ['Public, Max-Age="120"', undefined, 120],
    ['max-age=120, s-maxage=20', undefined, 20],
    ['max-age=120, max-age=20', undefined, 20],
    ['max-age=1000000', undefined, 300],
    ['max-age=1000000', '999900', 100],
    ['max-age=100', '200', 0],
    ['max-age=100', 'old', 100],
    ['max-age=-1', undefined, 0],
    ['max-age', undefined, 0],
    ['max-age=1e9', undefined, 0],
    ['max-age=99999999999999999999', undefined, 0],
    ['no-store, max-age=100', undefined, 0],
    ['private="x", max-age=100', undefined, 0],
    ['must-revalidate', undefined, 60],
    ['x-max-age=7', undefined, 60],
  ])('follows Cache-Control %s and Age %s: %i s', (control, age, seconds) => {
    const headers = {
      ...(control === undefined ? {} : { 'cache-control': control }),
      ...(age === undefined ? {} : { age }),
    };
    expect(freshSeconds(headers, bounds)).toBe(seconds);
  });
});
