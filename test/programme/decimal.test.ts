import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanToHundredths, subtractDecimals, sumDecimals } from '../../src/programme/decimal.js';

describe('exact decimals', () => {
  it.each([
    [[0.1, 0.2], 0.3],
    [[1.1, 2.2, 3.3], 6.6],
    [[20, 4.5], 24.5],
    [[1e-7, 2e-7], 3e-7],
    [[1e21, 1], 1e21],
    [[-0.1, 0.3], 0.2],
    [[], 0],
  ])('the sum of %j is %d', (values, sum) => {
    expect(sumDecimals(values)).toBe(sum);
  });

  it('subtracts without binary rounding', () => {
    expect(subtractDecimals(0.3, 0.1)).toBe(0.2);
    expect(subtractDecimals(2, 0.5)).toBe(1.5);
  });

  it.each([
    [[2.925], 2.93],
    [[2.995], 3],
    [[1.005], 1.01],
    [[2.924999], 2.92],
    [[3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3, 3], 2.92],
    [[2, 2, 3], 2.33],
    [[2, 3, 3], 2.67],
    [[1, 1, 1, 1, 1, 1, 1, 2], 1.13],
    [[-1, -1, -1, -1, -1, -1, -1, -2], -1.12],
    [[-2.005], -2],
    [[4], 4],
  ])('the mean of %j, half up, is %d', (values, mean) => {
    expect(meanToHundredths(values)).toBe(mean);
  });

  it('agree with whole-number arithmetic on hundredths, whatever the order', () => {
    const hundredths = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(fc.array(hundredths, { minLength: 1, maxLength: 12 }), (units) => {
        const values = units.map((unit) => unit / 100);
        const total = units.reduce((sum, unit) => sum + unit, 0);
        expect(sumDecimals(values)).toBe(total === 0 ? 0 : total / 100);
        expect(sumDecimals(values.toReversed())).toBe(sumDecimals(values));
        expect(Math.round(meanToHundredths(values) * 100)).toBe(
          Math.floor((2 * total + units.length) / (2 * units.length)),
        );
      }),
      { numRuns: 200 },
    );
  });
});
