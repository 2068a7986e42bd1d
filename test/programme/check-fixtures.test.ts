import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkProgramme } from '../../src/programme/check.js';
import { zRule } from '../../src/programme/rule.js';
import { zProgramme } from '../../src/programme/schema.js';

const fixture = (name: string) => readFileSync(join('test/fixtures/programmes', name));

describe('definition files', () => {
  it('accepts a sixth programme that is a file and nothing else', () => {
    expect(checkProgramme(fixture('sixth.json'))).toMatchObject({ ok: true, warnings: [] });
  });

  it('tells every one of many mistakes', () => {
    const result = checkProgramme(fixture('many-mistakes.json'));
    expect(result.ok ? [] : result.mistakes.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/code bad-format',
      '/institution/country missing-member',
      '/timezone bad-format',
      '/measures/0/certifiedBy/0 unknown-role',
      '/lifecycle/transitions/2/guard/kind unknown-evidence-kind',
      '/competences/0/levels/0/rule/min/param param-type',
      '/competences/0/levels/1/level levels-out-of-order',
      '/criteria/0/rule/min/param param-type',
      '/criteria/1/rule/kind missing-argument',
      '/criteria/2/rule/fact unknown-evidence-field',
      '/optionSelection/max more-than-there-is',
      '/recognitionOptions/0/credits/table/1/credits not-ascending',
      '/achievement/achievementType unknown-achievement-type',
      '/diplomaSupplement/template/fr placeholder-in-one-language',
      '/diplomaSupplement/template/fr placeholder-in-one-language',
      '/diplomaSupplement/template/fr placeholder-in-one-language',
      '/diplomaSupplement/template/fr placeholder-in-one-language',
      '/diplomaSupplement/template/en unknown-placeholder',
    ]);
  });

  it.each([
    ['duplicate-member.json.txt', '/code', 5, 3],
    ['trailing-comma.json.txt', '/languages/2', 20, 3],
    ['comment.json.txt', '', 1, 1],
    ['prototype.json.txt', '/params/__proto__', 52, 5],
  ])('names the place of what is wrong in %s', (name, pointer, line, column) => {
    expect(checkProgramme(fixture(name))).toMatchObject({
      ok: false,
      mistakes: [{ code: 'not-json', pointer, line, column }],
    });
    expect('polluted' in {}).toBe(false);
  });

  it('refuses a file that was cut short', () => {
    expect(checkProgramme(fixture('cut-short.json.txt'))).toMatchObject({
      ok: false,
      mistakes: [{ code: 'not-json' }],
    });
  });

  it.each([
    ['utf-16le', Buffer.from('\ufeff{}', 'utf16le')],
    ['latin1', Buffer.from('{"name":"é"}', 'latin1')],
    ['invalid', Buffer.from([0x7b, 0xc3, 0xa9, 0xc3, 0x28])],
  ])('names the encoding of a file in %s', (_name, bytes) => {
    expect(checkProgramme(bytes)).toMatchObject({ ok: false, mistakes: [{ code: 'encoding', pointer: '' }] });
  });

  it('refuses 65 levels of nesting and a hundred thousand brackets without falling over', () => {
    for (const depth of [65, 100_000]) {
      expect(checkProgramme(`{"criteria":${'['.repeat(depth)}${']'.repeat(depth)}}`)).toMatchObject({
        mistakes: [{ code: 'not-json' }],
      });
    }
  });
});

describe('the guide to writing a programme', () => {
  const guide = readFileSync('docs/programmes.md', 'utf8');
  const sixth = JSON.parse(fixture('sixth.json').toString('utf8'));
  const blocks = [...guide.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => JSON.parse(text));

  it('shows the whole sixth programme, as it is in its file', () => {
    expect(Object.assign({}, ...blocks)).toEqual(sixth);
  });

  it('explains every member and every rule operator of the schema', () => {
    const members = [...Object.keys(zProgramme.shape), ...zRule.options.map((option) => option.shape.op.value)];
    expect(members.length).toBeGreaterThan(40);
    for (const member of members) expect(guide, member).toMatch(new RegExp(`["\`]${member}["\`]`));
  });
});
