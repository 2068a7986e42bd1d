import { describe, expect, it } from 'vitest';
import { creditsOf, totalCredits } from '../../src/programme/credits.js';
import type { CreditRule } from '../../src/programme/schema.js';

describe('credits', () => {
  const byHours: CreditRule = {
    mode: 'byHours',
    fact: 'measures.hours',
    table: [
      { minHours: 12.5, credits: 0.5 },
      { minHours: 25, credits: 1 },
      { minHours: 50, credits: 2 },
    ],
  };
  it.each([
    [12, undefined],
    [12.49, undefined],
    [12.5, 0.5],
    [24.5, 0.5],
    [25, 1],
    [49.99, 1],
    [50, 2],
    [500, 2],
    ['50', undefined],
    [undefined, undefined],
  ])('%j hours give %j', (hours, credits) => {
    expect(creditsOf(byHours, undefined, () => hours)).toBe(credits);
    const unsorted = { ...byHours, table: byHours.table.toReversed() };
    expect(creditsOf(unsorted, undefined, () => hours)).toBe(credits);
  });

  it('are fixed, by variant, or left out', () => {
    const table: CreditRule = { mode: 'byVariant', table: { architecture: 4, free: 0 } };
    expect(creditsOf({ mode: 'fixed', value: 3 }, undefined, () => 0)).toBe(3);
    expect(creditsOf({ mode: 'none' }, 'architecture', () => 0)).toBeUndefined();
    expect(creditsOf(table, 'architecture', () => 0)).toBe(4);
    expect(creditsOf(table, 'free', () => 0)).toBe(0);
    for (const variant of ['mentoring', undefined, 'constructor', '__proto__']) {
      expect(creditsOf(table, variant, () => 0)).toBeUndefined();
    }
  });

  it('add up to nothing at all, rather than zero, when none is stated', () => {
    expect(totalCredits([])).toBeUndefined();
    expect(totalCredits([undefined, undefined])).toBeUndefined();
    expect(totalCredits([undefined, 0])).toBe(0);
    expect(totalCredits([0.5, undefined, 1.5, 0.5])).toBe(2.5);
  });
});
