import { describe, expect, it } from 'vitest';
import { bakePng } from '../../../src/media/png-bake.js';
import { bakeSvg } from '../../../src/media/svg-bake.js';
import { readInput } from '../../../src/verification/inputs/read-input.js';
import { attached, pdfWith } from '../../media/pdf.js';
import { bytesOf, chunk, itxt, png } from '../../media/png.js';
import { compactJws, problemOf, utf8 } from './reading.js';

const BADGE = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"Zoé"}';
const JWS = compactJws({ alg: 'ES256' }, { iss: 'did:web:a.example' });
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:ob="https://purl.imsglobal.org/ob/v3p0">';
const KEYWORD = 'openbadgecredential';
const both = (text: string) => [problemOf(readInput(text)), problemOf(readInput(utf8(text)))];

describe('reading JSON', () => {
  it.each([
    ['V1: nothing', '', '400 empty-input PARSING_ERROR'],
    ['V1: white space only', ' \r\n\t', '400 empty-input PARSING_ERROR'],
    ['V2: truncated JSON', '{"a":', '400 json-syntax PARSING_ERROR'],
    ['V4: null', 'null', '400 not-an-object PARSING_ERROR'],
    ['V4: a list', '[]', '400 not-an-object PARSING_ERROR'],
    ['V4: a number', '42', '400 not-an-object PARSING_ERROR'],
    ['V4: a text that is no JWT', '"x"', '400 not-an-object PARSING_ERROR'],
    ['V7: a member twice', '{"issuer":"did:a","issuer":"did:b"}', '400 duplicate-member PARSING_ERROR'],
    [
      'V7: a member twice in another spelling, deep',
      '{"a":[{"b":1,"\\u0062":2}]}',
      '400 duplicate-member PARSING_ERROR',
    ],
    ['V8: 65 deep', `{"a":${'['.repeat(64)}${']'.repeat(64)}}`, '400 too-complex too-complex'],
    ['V8: 100,000 brackets', '['.repeat(100_000), '400 too-complex too-complex'],
    ['V9: 20,001 values', `[${'0,'.repeat(20_000)}0]`, '400 too-complex too-complex'],
    ['V10: __proto__', '{"__proto__":{"polluted":true}}', '400 malformed-value MALFORMED_VALUE_ERROR'],
    ['V10: constructor.prototype', '{"constructor":{"prototype":{}}}', '400 malformed-value MALFORMED_VALUE_ERROR'],
    ['V11: 1e400', '{"a":1e400}', '200 malformed-value MALFORMED_VALUE_ERROR'],
    ['V12: half a character', '{"a":"\\ud800"}', '200 malformed-value MALFORMED_VALUE_ERROR'],
  ])('%s', (_, text, problem) => {
    expect(both(text)).toEqual([problem, problem]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it('V2: accepts a byte-order mark, and refuses UTF-16 by name', () => {
    expect(readInput(utf8(`\uFEFF${BADGE}`))).toMatchObject({ kind: 'json', text: BADGE });
    expect(readInput(`\uFEFF${BADGE}`)).toMatchObject({ kind: 'json', document: { name: 'Zoé' } });
    const utf16 = readInput(Uint8Array.of(0xff, 0xfe, ...Buffer.from(BADGE, 'utf16le')));
    expect(problemOf(utf16)).toBe('400 not-utf-8 PARSING_ERROR');
    expect(utf16).toMatchObject({ finding: { message: { en: expect.stringContaining('utf-16') } } });
  });

  it('V3: never replaces bytes that are not UTF-8', () => {
    const bytes = utf8('{"name":"__"}');
    bytes.set([0xc3, 0x28], 9);
    expect(problemOf(readInput(bytes))).toBe('400 not-utf-8 PARSING_ERROR');
  });

  it('V6: takes 2 MiB and not one byte more, as bytes of UTF-8', () => {
    const filled = (size: number) => `{"a":"${'x'.repeat(size - 8)}"}`;
    const accented = `{"a":"${'é'.repeat(1024 * 1024)}"}`;
    expect(both(filled(2 * 1024 * 1024))).toEqual(['json', 'json']);
    const problem = '413 payload-too-large payload-too-large';
    expect(both(filled(2 * 1024 * 1024 + 1))).toEqual([problem, problem]);
    expect(both(accented)).toEqual([problem, problem]);
  });

  it('benign twin: reads a badge, its text kept', () => {
    expect(readInput(BADGE)).toEqual({ kind: 'json', document: JSON.parse(BADGE), text: BADGE });
    expect(readInput(utf8(` ${BADGE}\n`))).toMatchObject({ kind: 'json', text: ` ${BADGE}\n` });
  });
});

describe('reading pictures', () => {
  const noBadge = '422 no-credential-in-image no-credential-in-image';
  const several = '422 multiple-credentials-in-image multiple-credentials-in-image';
  const compressed = '422 compressed-credential-in-image compressed-credential-in-image';
  const damaged = '422 damaged-image PARSING_ERROR';
  const forbidden = '422 forbidden-markup forbidden-markup';

  it.each([
    ['V58: no badge', png(), noBadge],
    ['V58: two badges', png(itxt(KEYWORD, BADGE), itxt(KEYWORD, BADGE)), several],
    ['V58: compressed iTXt', png(itxt(KEYWORD, BADGE, { flag: 1 })), compressed],
    ['V58: zTXt', png(chunk('zTXt', `${KEYWORD}\0\0x`)), compressed],
    [
      'V58: tEXt',
      png(chunk('tEXt', `${KEYWORD}\0{}`)),
      '422 misplaced-credential-in-image misplaced-credential-in-image',
    ],
    ['V58: a wrong check sum', png(itxt(KEYWORD, BADGE)).with(-13, 0x7f), damaged],
    ['V58: a keyword that merely begins alike', png(itxt(`${KEYWORD}2`, BADGE)), noBadge],
    ['V60: a DOCTYPE', utf8(`<!DOCTYPE svg>${SVG}</svg>`), forbidden],
    ['V60: an entity', utf8(`${SVG}&x;</svg>`), forbidden],
    ['V60: two tags', utf8(`${SVG}<ob:credential verify="a"/><ob:credential verify="a"/></svg>`), several],
    ['V60: verify and body', utf8(`${SVG}<ob:credential verify="a">{}</ob:credential></svg>`), several],
    ['V60: svgz', Uint8Array.of(0x1f, 0x8b, 8, 0, 0), compressed],
    ['V60: a tag that is not closed', utf8(`${SVG}<g></svg>`), damaged],
    ['an address in a picture', png(itxt(KEYWORD, 'https://badges.example/1')), '400 json-syntax PARSING_ERROR'],
    ['V7: a member twice in a picture', png(itxt(KEYWORD, '{"a":1,"a":2}')), '400 duplicate-member PARSING_ERROR'],
    ['V66: a JWS and a space in a picture', png(itxt(KEYWORD, `${JWS} `)), '400 unreadable-jws PARSING_ERROR'],
    [
      'a badge of 3 MiB in a picture',
      png(itxt(KEYWORD, `{"a":"${'x'.repeat(3 * 1024 * 1024)}"}`)),
      '413 payload-too-large payload-too-large',
    ],
    [
      'V6: a picture of 5 MiB and one byte',
      bytesOf(png(), new Uint8Array(5 * 1024 * 1024 + 1 - png().length)),
      '413 payload-too-large payload-too-large',
    ],
  ])('%s', (_, picture, problem) => {
    expect(problemOf(readInput(picture))).toBe(problem);
  });

  it.each([
    ['a ZIP', 'PK\x03\x04', 'ZIP'],
    ['a GIF', 'GIF89a', 'GIF'],
    ['a web page', '<html>', 'web page'],
    ['other XML', '<rss/>', 'SVG'],
    ['anything else', 'hello', 'not recognised'],
  ])('V61: %s is refused by what it is', (_, text, name) => {
    const reading = readInput(utf8(text));
    expect(problemOf(reading)).toBe('415 unsupported-media-type unsupported-media-type');
    expect(reading).toMatchObject({ finding: { message: { en: expect.stringContaining(name) } } });
  });

  it('V59: reads a picture that claims 100,000 × 100,000 pixels', () => {
    const baked = bakePng(png(), BADGE);
    new DataView(baked.buffer).setUint32(16, 100_000);
    expect(problemOf(readInput(baked))).toBe(damaged);
  });

  it('benign twin: reads what was baked, JSON and JWS, as bytes and as pasted SVG', () => {
    for (const picture of [
      bakePng(png(), BADGE),
      bakeSvg(`${SVG}</svg>`, BADGE),
      new TextDecoder().decode(bakeSvg(`${SVG}</svg>`, BADGE)),
    ]) {
      expect(readInput(picture)).toMatchObject({ kind: 'json', text: BADGE });
    }
    for (const picture of [bakePng(png(), JWS), bakeSvg(`${SVG}</svg>`, JWS)]) {
      expect(readInput(picture)).toMatchObject({ kind: 'jws', jws: { compact: JWS } });
    }
    expect(readInput(bytesOf(bakePng(png(), BADGE), utf8('PK\x03\x04')))).toMatchObject({ kind: 'json', text: BADGE });
  });

  it('hands on what a picture of Open Badges 2.0 carries', () => {
    const assertion = '{"type":"Assertion"}';
    expect(readInput(png(itxt('openbadges', assertion)))).toEqual({ kind: 'open-badges-2', text: assertion });
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg"><o:assertion xmlns:o="http://openbadges.org" verify="https://b.example/1"/></svg>';
    expect(readInput(svg)).toEqual({ kind: 'open-badges-2', text: 'https://b.example/1' });
  });
});

describe('reading an address', () => {
  it.each([
    'file:///etc/passwd',
    'http://127.0.0.1/',
    'http://badges.example/1',
    'HTTP://badges.example/1',
    'ftp://badges.example/1',
    'javascript:alert(1)',
    'data:application/json,{}',
    'did:web:badges.example',
    'urn:uuid:0',
    'https://user@badges.example/1',
    'https://user:secret@badges.example/1',
    'https:///badges.example',
    'https:badges.example',
    'https://badges.example\\@evil.example/',
    'https://[::1',
    'https://badges.example:99999/',
    `https://badges.example/${'x'.repeat(8_192)}`,
  ])('V62: %s is not allowed', (text) => {
    expect(problemOf(readInput(text))).toBe('422 url-not-allowed url-not-allowed');
  });

  it('benign twin: an https address is read as one, when pasted, and for the fetcher to judge', () => {
    const url = 'https://badges.example/credentials/1?format=json';
    expect(readInput(` ${url}\n`)).toEqual({ kind: 'url', url });
    expect(readInput('https://127.0.0.1/')).toEqual({ kind: 'url', url: 'https://127.0.0.1/' });
    expect(problemOf(readInput(utf8(url)))).toBe('415 unsupported-media-type unsupported-media-type');
  });

  it('words with a colon are no address', () => {
    expect(problemOf(readInput('note: see the other file'))).toBe('400 json-syntax PARSING_ERROR');
  });
});

describe('reading PDF attestations', () => {
  const changed = '422 changed-pdf changed-pdf';

  it('benign twin: reads what is attached, JSON and JWS', async () => {
    expect(readInput(await pdfWith(attached(BADGE)))).toMatchObject({ kind: 'json', text: BADGE });
    expect(readInput(await pdfWith(attached(JWS)))).toMatchObject({ kind: 'jws', jws: { compact: JWS } });
  });

  it('refuses one without a badge, with several files, changed, active or damaged', async () => {
    const ours = Buffer.from(await pdfWith(attached(BADGE))).toString('latin1');
    const problem = (latin1: string) => problemOf(readInput(new Uint8Array(Buffer.from(latin1, 'latin1'))));
    expect(problemOf(readInput(await pdfWith()))).toBe('422 no-credential-in-pdf no-credential-in-pdf');
    const several = '422 multiple-credentials-in-pdf multiple-credentials-in-pdf';
    expect(problemOf(readInput(await pdfWith(attached(BADGE), attached(BADGE, 'b.json'))))).toBe(several);
    expect(problem(ours.replace('trailer\n<<', 'trailer\n<<\n/Prev 9'))).toBe(changed);
    expect(problem(ours.replace('trailer\n<<', 'trailer\n<<\n/Encrypt 9'))).toBe('422 active-pdf active-pdf');
    expect(problem('%PDF-1.7')).toBe('422 damaged-pdf PARSING_ERROR');
    expect(problem('%PDF-1.4\r\nsomebody else’s\r\nstartxref\r\n1\r\n%%EOF\r\n')).toBe(changed);
  });

  it('holds what is attached to the rules of any input', async () => {
    const read = async (text: string) => problemOf(readInput(await pdfWith(attached(text))));
    expect(await read('https://badges.example/1')).toBe('400 json-syntax PARSING_ERROR');
    expect(await read('{"a":1,"a":2}')).toBe('400 duplicate-member PARSING_ERROR');
    expect(await read(`{"a":"${'x'.repeat(2 * 1024 * 1024)}"}`)).toBe('413 payload-too-large payload-too-large');
  });

  it('does not take a pasted PDF for text', () => {
    expect(problemOf(readInput('%PDF-1.7 …'))).toBe('415 unsupported-media-type unsupported-media-type');
  });
});
