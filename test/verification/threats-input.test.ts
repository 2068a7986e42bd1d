import { describe, expect, it } from 'vitest';
import { bakePng } from '../../src/media/png-bake.js';
import { bakeSvg } from '../../src/media/svg-bake.js';
import { png } from '../media/png.js';
import { check, fullBadge, problems, sign, verify } from './house.js';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('hostile and broken input', () => {
  it.each([
    ['V1: nothing', ''],
    ['V1: white space only', ' \n\t '],
    ['V2: truncated JSON', '{"a":'],
    ['V4: null', 'null'],
    ['V4: a list', '[]'],
    ['V4: a number', '42'],
    ['V4: a text that is no JWT', '"x"'],
    ['V7: a member twice', '{"issuer":"did:web:a.example","issuer":"did:web:b.example"}'],
    ['V7: a member twice, deep inside', '{"a":{"b":[{"c":1,"\\u0063":2}]}}'],
  ])('%s is refused as unreadable', async (_, text) => {
    const report = await verify(text);
    expect(report.outcome).toBe('invalid');
    expect(problems(report)).toEqual(['PARSING_ERROR']);
    expect(report.checks.slice(1).every(({ state }) => state === 'skipped')).toBe(true);
    expect(report.credential).toBeNull();
  });

  it('V2: UTF-16 is refused and named', async () => {
    const text = Uint8Array.of(0xff, 0xfe, ...[...'{}'].flatMap((character) => [character.charCodeAt(0), 0]));
    const report = await verify(text);
    expect(problems(report)).toEqual(['PARSING_ERROR']);
    expect(report.checks[0]?.message.en).toContain('utf-16');
  });

  it('V3: invalid UTF-8 inside a name is never replaced', async () => {
    const text = JSON.stringify(await sign({ ...fullBadge(), name: 'Ab' }));
    const place = text.indexOf('"name":"Ab"') + 8;
    const damaged = bytes(text);
    damaged.set([0xc3, 0x28], new TextEncoder().encode(text.slice(0, place)).length);
    const report = await verify(damaged);
    expect(check(report, 'parse')).toEqual({ state: 'fail', code: 'not-utf-8' });
    expect((await verify(bytes(text))).outcome).toBe('valid');
  });

  it.each([
    ['V8: nesting 65 deep', `${'['.repeat(65)}${']'.repeat(65)}`],
    ['V8: 100,000 brackets', '['.repeat(100_000)],
    ['V9: 20,001 members', `{${Array.from({ length: 20_001 }, (_, index) => `"m${index}":0`).join(',')}}`],
    ['V9: a type list of 100,000', JSON.stringify({ type: Array.from({ length: 100_000 }, () => 't') })],
  ])('%s is too complex', async (_, text) => {
    expect(problems(await verify(text))).toEqual(['too-complex']);
    expect(problems(await verify(bytes(text)))).toEqual(['too-complex']);
  });

  it('V6: 2 MiB and one byte is too large', async () => {
    const text = `{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`;
    for (const input of [text, bytes(text), JSON.parse(text)]) {
      expect(problems(await verify(input))).toEqual(['payload-too-large']);
    }
  });

  it('V8: nesting 64 deep is read', async () => {
    const text = `{"a":${'['.repeat(63)}${']'.repeat(63)}}`;
    expect(check(await verify(text), 'parse').state).toBe('pass');
  });

  it.each([
    ['V10: __proto__', '{"__proto__":{"polluted":true}}'],
    ['V10: constructor.prototype', '{"a":{"constructor":{"prototype":{"polluted":true}}}}'],
    ['V11: a number beyond the doubles', '{"creditsEarned":1e400}'],
    ['V12: half a character', '{"name":"\\ud800"}'],
  ])('%s is a malformed value', async (_, text) => {
    expect(problems(await verify(text))).toEqual(['MALFORMED_VALUE_ERROR']);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('V12: marks that change the direction of a name verify, and are shown as they are signed', async () => {
    const signed = await sign({ ...fullBadge(), name: 'Badge \u202Eevitcerid' });
    const report = await verify(signed);
    expect(report.outcome).toBe('valid');
    expect(report.credential?.name).toBe('Badge \u202Eevitcerid');
  });

  it('JSON that came parsed meets the same rules', async () => {
    const deep = JSON.parse(`{"a":${'['.repeat(64)}${']'.repeat(64)}}`);
    expect(problems(await verify(deep))).toEqual(['too-complex']);
    const abyss = JSON.parse(`{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
    expect(problems(await verify(abyss))).toEqual(['too-complex']);
    expect(problems(await verify(JSON.parse('{"name":"\\ud800"}')))).toEqual(['MALFORMED_VALUE_ERROR']);
  });

  it.each([
    ['a picture without a badge', png(), 'no-credential-in-image'],
    ['an SVG picture without a badge', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'no-credential-in-image'],
    ['a PDF', '%PDF-1.7', 'unsupported-media-type'],
    ['an address, which nobody looks up here', 'https://badges.example/1', 'url-not-allowed'],
  ])('%s is not called invalid but not checked', async (_, input, problem) => {
    const report = await verify(input);
    expect(report).toMatchObject({ verified: false, outcome: 'indeterminate' });
    expect(problems(report)).toEqual([problem]);
  });

  it('a picture with a badge is verified like the badge, whatever it is handed in as', async () => {
    const text = JSON.stringify(await sign(fullBadge()));
    for (const picture of [bakePng(png(), text), bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"/>', text)]) {
      expect((await verify(picture)).outcome).toBe('valid');
    }
  });

  it('never quotes more than 120 characters of what it was given', async () => {
    const report = await verify({ ...(await sign(fullBadge())), issuer: `javascript:${'x'.repeat(5_000)}` });
    for (const { message } of report.checks) expect(message.fr.length).toBeLessThan(400);
    for (const { detail } of report.problemDetails) expect(detail.length).toBeLessThan(400);
  });
});
