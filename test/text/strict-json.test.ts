import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStrictJson, type StrictJsonLimits } from '../../src/text/strict-json.js';

function refusal(text: string, limits?: StrictJsonLimits) {
  const result = parseStrictJson(text, limits);
  if (result.ok) throw new Error(`accepted: ${text.slice(0, 60)}`);
  return result;
}

const ROOMY = { maxDepth: 1000, maxNodes: 1_000_000 };

describe('reading strict JSON', () => {
  it('agrees with JSON.parse on whatever JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), fc.constantFrom(undefined, 2, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('"__proto__"'));
        expect(parseStrictJson(text, ROOMY)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it('agrees with it on a long text, whose strings are copied out of it', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ stringUnit: 'binary' }), { minLength: 1 }), (values) => {
        const long = 'é\u{1f393}"\\\n'.repeat(15_000);
        const text = JSON.stringify([long, ...values, { [long]: values, again: long }]);
        fc.pre(!text.includes('"__proto__"'));
        expect(parseStrictJson(text, ROOMY)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
      { numRuns: 50 },
    );
    const lone = `["${'a'.repeat(70_000)}", "\\ud800"]`;
    expect(refusal(lone).reason).toBe('lone-surrogate');
  });

  it('refuses whatever JSON.parse refuses', () => {
    const nearlyJson = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'u', '0', '1', '-', '.', 'e', ' ', 'true', 'null'),
    });
    fc.assert(
      fc.property(nearlyJson, (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const result = parseStrictJson(text, ROOMY);
        if (!valid) expect(result.ok).toBe(false);
        else if (!result.ok) expect(result.reason).not.toBe('syntax');
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['', 1, 1],
    ['  \n\t ', 2, 3],
    ['{"a":', 1, 6],
    ['{"a":1,}', 1, 8],
    ['[1,]', 1, 4],
    ['[1 2]', 1, 4],
    ['{a:1}', 1, 2],
    ["{'a':1}", 1, 2],
    ['{"a" 1}', 1, 6],
    ['01', 1, 2],
    ['-', 1, 1],
    ['1.', 1, 2],
    ['.5', 1, 1],
    ['+1', 1, 1],
    ['1e', 1, 2],
    ['NaN', 1, 1],
    ['tru', 1, 1],
    ['truex', 1, 5],
    ['{} {}', 1, 4],
    ['"a', 1, 3],
    ['"a\tb"', 1, 3],
    ['"\\x"', 1, 3],
    ['"\\u12g4"', 1, 3],
    ['[1]\u00a0', 1, 4],
    ['// note\n1', 1, 1],
    ['{\r\n "a": 1,\r\n "b": oops\r\n}', 3, 7],
  ])('refuses %j and names line %d, column %d', (text, line, column) => {
    expect(refusal(text)).toMatchObject({ reason: 'syntax', line, column });
  });

  it('says what it found and what it wanted, in both languages', () => {
    expect(refusal('{"a":1,}').detail).toEqual({
      fr: '« } » se trouve là où il fallait un nom de membre entre guillemets droits',
      en: 'found "}" where a member name in double quotes was expected',
    });
    expect(refusal('[1').detail.en).toBe(
      'found the end of the text where a comma or the closing bracket "]" was expected',
    );
    expect(refusal('[\u0000]').detail.en).toContain('the character U+0000');
  });

  it.each([
    ['{"issuer":"did:a","issuer":"did:b"}', '/issuer'],
    ['{"a":[{"b":1},{"b":1,"c":2,"b":3}]}', '/a/1/b'],
    ['{"a":1,"\\u0061":2}', '/a'],
    ['{"":1,"":2}', '/'],
    ['{"a/b~c":1,"a/b~c":1}', '/a~1b~0c'],
  ])('refuses a member named twice: %s', (text, pointer) => {
    expect(refusal(text)).toMatchObject({ reason: 'duplicate-member', pointer });
  });

  it('keeps the same name in different objects, and names of built-in properties', () => {
    expect(parseStrictJson('{"a":{"a":{"a":1}},"toString":1,"constructor":{"x":1},"prototype":2}')).toMatchObject({
      ok: true,
    });
  });

  it.each([
    ['{"__proto__":{"polluted":true}}', '/__proto__'],
    ['{"a":{"\\u005f_proto__":1}}', '/a/__proto__'],
    ['[{"constructor":{"x":1,"prototype":{"polluted":true}}}]', '/0/constructor/prototype'],
  ])('refuses a name that reaches prototypes: %s', (text, pointer) => {
    expect(refusal(text)).toMatchObject({ reason: 'forbidden-member', pointer });
    expect('polluted' in {}).toBe(false);
  });

  it.each(['"\\ud800"', '"\\udc00\\ud800"', '"a\ud800b"', '{"\\udfff":1}', '"\\ud83dx\\ude00"'])(
    'refuses half a character: %j',
    (text) => {
      expect(refusal(text).reason).toBe('lone-surrogate');
    },
  );

  it('joins the two halves of a character, however they are written', () => {
    expect(parseStrictJson('["\\ud83d\\ude00","😀","\\u0000","\\u202e"]')).toEqual({
      ok: true,
      value: ['😀', '😀', '\0', '\u202e'],
    });
  });

  it('takes 64 levels of nesting and refuses the 65th', () => {
    expect(parseStrictJson('['.repeat(64) + ']'.repeat(64)).ok).toBe(true);
    expect(refusal('['.repeat(65) + ']'.repeat(65))).toMatchObject({ reason: 'too-deep', column: 65 });
    expect(refusal('{"a":'.repeat(65)).reason).toBe('too-deep');
  });

  it('does not overflow on 100,000 opening brackets, whatever the limit', () => {
    expect(refusal('['.repeat(100_000)).reason).toBe('too-deep');
    expect(refusal('['.repeat(100_000), { maxDepth: Infinity, maxNodes: Infinity }).reason).toBe('syntax');
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(parseStrictJson(deep, { maxDepth: Infinity, maxNodes: Infinity }).ok).toBe(true);
  });

  it('counts every value against the limit', () => {
    const list = (length: number) => JSON.stringify(new Array(length).fill(0));
    expect(parseStrictJson(list(19_999)).ok).toBe(true);
    expect(refusal(list(20_000)).reason).toBe('too-many-nodes');
    expect(refusal(JSON.stringify({ type: new Array(100_000).fill('x') })).pointer).toBe('/type/19998');
  });

  it('refuses a number beyond the range of doubles instead of reading infinity', () => {
    expect(refusal('{"a":[1,-1e400]}')).toMatchObject({
      reason: 'number-out-of-range',
      pointer: '/a/1',
      line: 1,
      column: 9,
    });
    expect(parseStrictJson('[1e308,-0,1E-2]')).toEqual({ ok: true, value: [1e308, -0, 0.01] });
  });

  it('skips one byte-order mark and no other', () => {
    expect(parseStrictJson('\ufeff{"a":1}')).toEqual({ ok: true, value: { a: 1 } });
    expect(refusal('\ufeff\ufeff{}')).toMatchObject({ reason: 'syntax', line: 1, column: 1 });
  });
});
