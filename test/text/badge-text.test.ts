import { describe, expect, it } from 'vitest';
import { badgeDay } from '../../src/text/badge-dates.js';
import { plainInMarkdown } from '../../src/text/badge-markdown.js';
import { badgeNumber, badgeQuantity } from '../../src/text/badge-numbers.js';
import { BADGE_RULE_TEXT } from '../../src/text/badge-rule-text.js';
import { BADGE_TEXT } from '../../src/text/badge-text.js';

describe('days and numbers of a badge', () => {
  it('are written as each language writes them', () => {
    expect(badgeDay('2026-06-01', 'fr')).toBe('1er juin 2026');
    expect(badgeDay('2026-06-01', 'en')).toBe('1 June 2026');
    expect(badgeDay('2026-08-24', 'fr')).toBe('24 août 2026');
    expect(badgeNumber(55.5, 'fr')).toBe('55,5');
    expect(badgeNumber(55.5, 'en')).toBe('55.5');
  });

  it('put the unit in words, singular where the language has it', () => {
    expect(badgeQuantity(1, 'session', 'fr')).toBe('1\u00a0séance');
    expect(badgeQuantity(1.5, 'session', 'fr')).toBe('1,5\u00a0séance');
    expect(badgeQuantity(1.5, 'session', 'en')).toBe('1.5\u00a0sessions');
    expect(badgeQuantity(40, 'h', 'en')).toBe('40\u00a0h');
    expect(badgeQuantity(3, 'constructor', 'en')).toBe('3\u00a0constructor');
    expect(badgeQuantity(3, undefined, 'en')).toBe('3');
  });
});

describe('typed text in Markdown', () => {
  it.each([
    ['Jardin partagé', 'Jardin partagé'],
    [' two\n\n# lines\t', 'two # lines'],
    ['[x](y)', '[x\\](y)'],
    ['![x] (y)', '![x\\] (y)'],
    ['[a]: https://b.example', '[a\\]: https://b.example'],
    ['<b>x</b> 1 < 2', '\\<b>x\\</b> 1 < 2'],
    ['Projet [RE]START', 'Projet [RE]START'],
  ])('%j becomes %j', (typed, safe) => {
    expect(plainInMarkdown(typed)).toBe(safe);
  });
});

describe('the two dictionaries', () => {
  it.each([
    ['badge', BADGE_TEXT],
    ['rule', BADGE_RULE_TEXT],
  ])('of %s phrases never leave an English phrase in French', (_name, dictionary) => {
    const [fr, en] = [Object.entries(dictionary.fr), new Map(Object.entries(dictionary.en))];
    const shared = fr.filter(([key, text]) => typeof text === 'string' && text === en.get(key)).map(([key]) => key);
    expect(shared.filter((key) => !['jury', 'decision'].includes(key))).toEqual([]);
  });
});
