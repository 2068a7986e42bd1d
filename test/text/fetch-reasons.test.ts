import { describe, expect, it } from 'vitest';
import { FETCH_REASONS } from '../../src/text/fetch-reasons.js';

describe('the reasons why a document could not be had', () => {
  it('are each a clause of their own, in both languages, that ends a sentence', () => {
    for (const [detail, reason] of Object.entries(FETCH_REASONS)) {
      for (const text of Object.values(reason))
        expect([detail, text]).toEqual([detail, expect.stringMatching(/^\p{Ll}.*\p{L}$/u)]);
    }
  });

  it('differ from one another, save where the difference would be told of an inner network', () => {
    const { 'address-not-public': inner, ...others } = FETCH_REASONS;
    const sentences = Object.values(others).map(({ en }) => en);
    expect(sentences.toSorted()).toEqual([...new Set(sentences)].toSorted());
    expect(inner).toEqual(others['name-not-resolved']);
  });
});
