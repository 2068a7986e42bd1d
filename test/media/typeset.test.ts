import { beforeAll, describe, expect, it } from 'vitest';
import type { Typesetter } from '../../src/media/typeset.js';
import { testTypesetter } from '../support/typesetter.js';

const AT = { x: 0, y: 0, size: 100, weight: 'semibold' } as const;
/** No font has it: what stands for it is the box of a missing character. */
const MISSING = '\u{E123}';

let typesetter: Typesetter;
beforeAll(async () => {
  typesetter = await testTypesetter();
});

describe('setting text', () => {
  it.each([
    ['Latin', 'Éœǆỹ'],
    ['Greek', 'Ωμέγα'],
    ['Cyrillic', 'Щїѓў'],
    ['Arabic', 'ڢشهادة'],
    ['Han', '张學習喆'],
    ['kana', 'ひらガナ'],
    ['Hangul', '예시힣'],
    ['punctuation', '«–…’»€№'],
  ])('draws every letter of %s in both weights, none as a missing one', (_, letters) => {
    for (const weight of ['regular', 'semibold'] as const) {
      const missing = typesetter.outline(MISSING, { ...AT, weight });
      for (const letter of letters) {
        const outline = typesetter.outline(letter, { ...AT, weight });
        expect([letter, outline === '' || outline === missing]).toEqual([letter, false]);
      }
    }
  });

  it('joins Arabic letters: a word is no row of single letters', () => {
    const word = 'شهادة';
    const single = [...word].reduce((sum, letter) => sum + typesetter.measure(letter, 'regular'), 0);
    expect(typesetter.measure(word, 'regular')).toBeLessThan(single * 0.95);
  });

  it('puts the words of a line that runs from right to left in order, with numbers and Latin words in it', () => {
    const leftmost = (line: string, word: string) =>
      typesetter.outline(line, AT).startsWith(typesetter.outline(word, AT));
    expect(leftmost('شهادة المشاركة الطلابية', 'الطلابية')).toBe(true);
    expect(leftmost('شهادة 2026', '2026')).toBe(true);
    expect(leftmost('شهادة Sceau', 'Sceau')).toBe(true);
    expect(leftmost('Sceau شهادة', 'Sceau')).toBe(true);
    expect([typesetter.direction('شهادة Sceau'), typesetter.direction('Sceau شهادة')]).toEqual(['rtl', 'ltr']);
  });

  it('turns brackets round in text that runs from right to left', () => {
    const inArabic = typesetter.outline('(ش', AT);
    expect(inArabic.endsWith(typesetter.outline(')', { ...AT, x: typesetter.measure('ش', 'semibold') * 100 }))).toBe(
      true,
    );
  });

  it('anchors a line at its left edge, its middle or its right edge', () => {
    const width = typesetter.measure('Sceau', 'semibold') * 100;
    const right = typesetter.outline('Sceau', { ...AT, x: 300, anchor: 'right' });
    expect(right).toBe(typesetter.outline('Sceau', { ...AT, x: 300 - width }));
    expect(typesetter.outline('Sceau', { ...AT, x: 300, anchor: 'middle' })).toBe(
      typesetter.outline('Sceau', { ...AT, x: 300 - width / 2 }),
    );
  });

  it('draws nothing for joiners and variation selectors', () => {
    expect(typesetter.outline('a\u200D\uFE0F', AT)).toBe(typesetter.outline('a', AT));
    expect(typesetter.measure('', 'regular')).toBe(0);
  });

  it('takes any text: lone surrogates, controls, thousands of marks on one letter', () => {
    for (const text of ['\uD800', 'a\u0000b', '\u202E\u2066x', `e${'\u0301'.repeat(5000)}`, '👩‍👩‍👧‍👦🇫🇷']) {
      expect(typesetter.outline(text, AT)).toMatch(/^[MLQCZ0-9. -]*$/);
    }
  });
});
