import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8 } from '../../src/text/utf8.js';

const bytes = (...values: number[]) => Uint8Array.from(values);
const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));

describe('decoding UTF-8', () => {
  it('reads back what a UTF-8 encoder wrote, except for a leading byte-order mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.startsWith('\0') && text[1] !== '\0');
        expect(decodeUtf8(new TextEncoder().encode(`x${text}`))).toEqual({ ok: true, text: `x${text}` });
      }),
    );
    expect(decodeUtf8(bytes(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toEqual({ ok: true, text: '{}' });
    expect(decodeUtf8(bytes())).toEqual({ ok: true, text: '' });
  });

  it.each([
    ['UTF-16 little endian with its mark', [0xff, 0xfe, 0x7b, 0], 'utf-16le', 0],
    ['UTF-16 big endian with its mark', [0xfe, 0xff, 0, 0x7b], 'utf-16be', 0],
    ['UTF-16 little endian without a mark', [0x7b, 0, 0x22, 0], 'utf-16le', 0],
    ['UTF-16 big endian without a mark', [0, 0x7b, 0, 0x22], 'utf-16be', 0],
    ['an é of windows-1252', [...ascii('caf'), 0xe9, ...ascii(' noir')], 'windows-1252?', 3],
    ['a byte that windows-1252 lacks', [...ascii('a'), 0x81], 'invalid', 1],
    ['UTF-8 damaged after good UTF-8', [0xc3, 0xa9, 0xc3, 0x28], 'invalid', 2],
    ['a character cut short', [0xc3, 0xa9, 0xe2, 0x82], 'invalid', 2],
    ['an overlong slash', [0xc3, 0xa9, 0xc0, 0xaf], 'invalid', 2],
    ['a surrogate half', [0xc3, 0xa9, 0xed, 0xa0, 0x80], 'invalid', 2],
    ['beyond U+10FFFF', [0xc3, 0xa9, 0xf4, 0x90, 0x80, 0x80], 'invalid', 2],
  ] as const)('refuses %s and names it', (_name, values, encoding, offset) => {
    expect(decodeUtf8(bytes(...values))).toEqual({ ok: false, encoding, offset });
  });

  it('finds the same offset as the longest prefix that decodes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (tail) => {
        const input = bytes(0x61, 0x62, ...tail);
        const result = decodeUtf8(input);
        fc.pre(!result.ok && !result.encoding.startsWith('utf-16'));
        if (result.ok) return;
        expect(decodeUtf8(input.slice(0, result.offset)).ok).toBe(true);
        const fatal = new TextDecoder('utf-8', { fatal: true });
        for (let extra = 1; result.offset + extra <= input.length; extra += 1) {
          expect(() => fatal.decode(input.slice(0, result.offset + extra))).toThrow();
        }
      }),
    );
  });
});
