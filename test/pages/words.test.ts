import { describe, expect, it } from 'vitest';
import { visible } from '../../src/pages/words.js';
import { typedInMarkdown } from '../../src/text/badge-markdown.js';

describe('text somebody else wrote (V12)', () => {
  it.each([
    ['a right-to-left override', 'Ada\u202Eecalevol', 'Ada[U+202E]ecalevol'],
    ['an embedding and its end', '\u202Aa\u202C', '[U+202A]a[U+202C]'],
    ['an isolate left open', 'a\u2067b', 'a[U+2067]b'],
    ['NUL and escape', 'a\u0000b\u001Bc', 'a[U+0000]b[U+001B]c'],
    ['a line separator', 'a\u2028b', 'a[U+2028]b'],
  ])('shows %s as a mark', (_name, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it.each([
    ['Arabic', 'محمد بن علي'],
    ['Chinese', '王小明'],
    ['Persian with a joiner', 'می\u200Cخواهم'],
    ['an emoji of several characters', '👩\u200D🎓'],
    ['tabs and line breaks', 'a\tb\nc'],
  ])('leaves %s as written', (_name, text) => {
    expect(visible(text)).toBe(text);
  });

  it('reads the line breaks of Windows as line breaks', () => {
    expect(visible('a\r\nb')).toBe('a\nb');
  });
});

it('shows Markdown as it was typed, without the backslashes other readers need', () => {
  expect(typedInMarkdown('see [this\\](https://example.org) and \\<b> and C:\\data')).toBe(
    'see [this](https://example.org) and <b> and C:\\data',
  );
});
