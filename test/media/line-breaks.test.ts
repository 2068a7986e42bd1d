import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitText } from '../../src/media/line-breaks.js';
import type { Typesetter } from '../../src/media/typeset.js';
import { testTypesetter } from '../support/typesetter.js';

let typesetter: Typesetter;
beforeAll(async () => {
  typesetter = await testTypesetter();
});

const broken = (text: string, width: number, maxLines: number, sizes: readonly [number, ...number[]] = [40, 30, 20]) =>
  fitText(text, { width, maxLines, sizes, weight: 'regular' }, typesetter);

describe('breaking a text into lines', () => {
  it('takes the largest size that fits', () => {
    expect(broken('Mission', 400, 1)).toEqual({ lines: ['Mission'], size: 40, cut: false });
    expect(broken('Mission professionnelle', 400, 1).size).toBe(30);
  });

  it('makes lines as even as they can be', () => {
    expect(broken('Mission industrielle et systèmes', 560, 2, [40]).lines).toEqual([
      'Mission industrielle',
      'et systèmes',
    ]);
    expect(broken('un deux trois quatre', 330, 2, [40]).lines).toEqual(['un deux', 'trois quatre']);
  });

  it('keeps together what a space that does not break holds together', () => {
    const held = '2\u00A0sur\u00A03';
    expect(broken(`Niveau atteint ${held}`, 150, 3, [30]).lines).toEqual(['Niveau', 'atteint', held]);
  });

  it('breaks after hyphens, and between Han letters but not before what ends a phrase', () => {
    expect(broken('co-construire', 200, 2, [40]).lines).toEqual(['co-', 'construire']);
    const { lines } = broken('学生参与能力证书，志愿服务（认可）', 170, 6, [40]);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => /^[，）]|（$/.test(line))).toEqual([]);
  });

  it('begins no line with a dash or a mark that ends a phrase', () => {
    expect(broken('Mission industrielle – Gestion', 400, 2, [40]).lines).toEqual(['Mission industrielle –', 'Gestion']);
    expect(broken('Quel badge ? Le mien', 170, 3, [30]).lines).toEqual(['Quel', 'badge ?', 'Le mien']);
  });

  it('breaks Hangul between words only', () => {
    expect(broken('문제 해결 능력', 120, 3, [40]).lines).toEqual(['문제', '해결', '능력']);
  });

  it('splits a word wider than the line rather than lose its end', () => {
    const { lines, cut } = broken('Donaudampfschifffahrtselektrizitätenhauptbetriebswerk', 300, 5);
    expect(cut).toBe(false);
    expect(lines.join('')).toBe('Donaudampfschifffahrtselektrizitätenhauptbetriebswerk');
  });

  it('shows with an ellipsis that something was left out', () => {
    const { lines, cut, size } = broken('très '.repeat(80), 300, 2);
    expect([cut, size, lines.length, lines.at(-1)?.endsWith('…')]).toEqual([true, 20, 2, true]);
  });

  it('never makes a line wider than asked, and loses no letter unless it says so', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcdéW mi- 学生，예شه() \u00A0…'), maxLength: 90 });
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 120, max: 600 }),
        fc.integer({ min: 1, max: 4 }),
        (typed, width, maxLines) => {
          const { lines, size, cut } = broken(typed, width, maxLines);
          const widest = Math.max(0, ...lines.map((line) => typesetter.measure(line, 'regular') * size));
          const letters = (value: string) => value.replace(/\s/g, '');
          // Letters that join across the border of two pieces may be a hair wider than apart.
          expect(widest).toBeLessThanOrEqual(width * 1.02);
          expect(lines.length).toBeLessThanOrEqual(maxLines);
          if (!cut) expect(letters(lines.join(''))).toBe(letters(typed));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('answers soon for ten megabytes', () => {
    expect(broken('x'.repeat(10_000_000), 300, 2).cut).toBe(true);
  });
});
