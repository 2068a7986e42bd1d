import { describe, expect, it } from 'vitest';
import { inChunks } from '../../src/issuing/in-chunks.js';
import { failed, succeeded, thenAll } from '../../src/issuing/outcome.js';

describe('working through a list in chunks', () => {
  const items = Array.from({ length: 103 }, (_, number) => number);

  it('has no more chunks under way than it may, and answers in the order of the items', async () => {
    let underWay = 0;
    let most = 0;
    const answers = await inChunks(items, { size: 10, atOnce: 3 }, async (chunk) => {
      underWay += 1;
      most = Math.max(most, underWay);
      // The later chunks are done sooner.
      for (let turn = 0; turn < 20 - (chunk[0] ?? 0) / 10; turn += 1) await Promise.resolve();
      underWay -= 1;
      return chunk.map((item) => item * 2);
    });
    expect(answers).toEqual(items.map((item) => item * 2));
    expect(most).toBe(3);
  });

  it('throws what a chunk throws once nothing is under way any more', async () => {
    let underWay = 0;
    const broken = inChunks(items, { size: 10, atOnce: 3 }, async (chunk) => {
      underWay += 1;
      for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
      underWay -= 1;
      if (chunk.includes(15)) throw new Error('chunk 2');
      return chunk;
    });
    await expect(broken).rejects.toThrow('chunk 2');
    expect(underWay).toBe(0);
  });

  it('leaves failures in their places when the others go on', async () => {
    const outcomes = [succeeded(1), failed('no'), succeeded(3)];
    const next = await thenAll(outcomes, async (values) => values.map((value) => succeeded(value * 10)));
    expect(next).toEqual([succeeded(10), failed('no'), succeeded(30)]);
    const error = new Error('all of them');
    const broken = await thenAll(outcomes, () => Promise.reject(error));
    expect(broken).toEqual([failed(error), failed('no'), failed(error)]);
  });
});
