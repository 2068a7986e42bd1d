import { describe, expect, it } from 'vitest';
import { FETCH_REASONS } from '../../src/text/fetch-reasons.js';

describe('the reasons why a document could not be had', () => {
  it('are each a clause of their own, in both languages, that ends a sentence', () => {
    for (const [detail, reason] of Object.entries(FETCH_REASONS)) {
      for (const text of Object.values(reason))
        expect([detail, text]).toEqual([detail, expect.stringMatching(/^\p{Ll}.*\p{L}$/u)]);
    }
    const sentences = Object.values(FETCH_REASONS).map(({ en }) => en);
    expect(sentences.toSorted()).toEqual([...new Set(sentences)].toSorted());
  });
});
