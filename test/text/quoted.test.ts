import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../src/text/check-messages.js';

describe('quoting what a badge says', () => {
  it('keeps ordinary text, and cuts it after 120 characters', () => {
    expect(quoted('Université d’essai 🎓')).toBe('Université d’essai 🎓');
    expect(quoted('é'.repeat(120))).toBe('é'.repeat(120));
    expect(quoted('🎓'.repeat(121))).toBe(`${'🎓'.repeat(120)}…`);
  });

  it('never writes more than 300 characters, however many marks it shows by number', () => {
    expect(quoted('\u{2ab9e}'.repeat(100)).length).toBeLessThanOrEqual(301);
    expect(quoted('\u{10ffff}'.repeat(120))).toMatch(/^(?:\\u\{10ffff\})+…$/);
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => quoted(text).length <= 301));
  });
});
