import { describe, expect, it } from 'vitest';
import { countryName, formatDay, formatMoment, formatNumber } from '../../src/text/pages-format.js';

describe('days and moments for people', () => {
  it.each([
    ['2026-06-24', 'fr', '24 juin 2026'],
    ['2026-06-24', 'en', '24 June 2026'],
    ['2025-10-01', 'fr', '1er octobre 2025'],
    ['2025-10-01T00:00:00+02:00', 'fr', '1er octobre 2025'],
    ['2025-10-01T23:59:59-11:00', 'en', '1 October 2025'],
    ['2026-02-30', 'en', '2026-02-30'],
    ['soon', 'fr', 'soon'],
  ] as const)('%s in %s is %s', (text, language, shown) => {
    expect(formatDay(text, language)).toBe(shown);
  });

  it('a moment names its time zone', () => {
    expect(formatMoment('2026-11-22T10:05:00Z', 'en')).toBe('22 November 2026 at 10:05 UTC');
    expect(formatMoment('2026-11-01T11:05:00+01:00', 'fr')).toBe('1er novembre 2026 à 10:05 UTC');
    expect(formatMoment('now', 'en')).toBe('now');
  });
});

it('numbers have the reader’s decimal mark', () => {
  expect(formatNumber(0.5, 'fr')).toBe('0,5');
  expect(formatNumber(0.5, 'en')).toBe('0.5');
});

it('countries have names, and other texts stay as they are', () => {
  expect(countryName('be', 'fr')).toBe('Belgique');
  expect(countryName('BE', 'en')).toBe('Belgium');
  expect(countryName('Wallonie', 'fr')).toBe('Wallonie');
});
