import { deflateSync, gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { bakePng } from '../../../src/media/png-bake.js';
import { qrSvg } from '../../../src/media/qr.js';
import { bakeSvg } from '../../../src/media/svg-bake.js';
import { bytesOf, chunk, END, header, itxt, PIXELS, png, SIGNATURE } from '../../media/png.js';
import { fullBadge, sign } from '../../verification/house.js';
import { formOf, serve } from './served.js';

const served = serve();
const KEYWORD = 'openbadgecredential';
const OB = 'https://purl.imsglobal.org/ob/v3p0';
const utf8 = (text: string) => new TextEncoder().encode(text);

let badge: string;
beforeAll(async () => {
  badge = JSON.stringify(await sign(fullBadge()));
});

/** Posts a picture as it is, and as a browser does: the answer is one. */
async function verdict(picture: Uint8Array, contentType = 'image/png'): Promise<string> {
  const plain = await served.verdict(picture, contentType);
  expect(await served.verdict(formOf({ file: picture }))).toBe(plain);
  return plain;
}

describe('a posted PNG', () => {
  it('V58 has a twin: a badge in an iTXt chunk is valid, as the library of ours and by hand', async () => {
    expect(await verdict(bakePng(png(), badge))).toBe('200 valid');
    expect(await verdict(png(itxt(KEYWORD, badge)))).toBe('200 valid');
    expect(await verdict(png(itxt('Comment', 'a picture'), itxt(KEYWORD, badge, { language: 'fr' })))).toBe(
      '200 valid',
    );
    const changed = badge.replace('Engagement étudiant', 'Doctorat');
    expect(await verdict(png(itxt(KEYWORD, changed)))).toMatch(/^200 invalid proof\/signature-invalid /);
  });

  const compressed = () => new Uint8Array(deflateSync(badge));
  it.each<[string, () => Uint8Array, string]>([
    ['V58 no badge', () => png(), '422 no-credential-in-image'],
    ['V58 another keyword that begins the same', () => png(itxt(`${KEYWORD}s`, badge)), '422 no-credential-in-image'],
    ['V58 half the keyword', () => png(itxt('openbadge', badge)), '422 no-credential-in-image'],
    ['V58 two badges', () => png(itxt(KEYWORD, badge), itxt(KEYWORD, badge)), '422 multiple-credentials-in-image'],
    [
      'V58 a badge and a bomb beside it',
      () => png(itxt(KEYWORD, badge), chunk('zTXt', bytesOf(utf8(`${KEYWORD}\0\0`), compressed()))),
      '422 multiple-credentials-in-image',
    ],
    ['V58 compressed iTXt', () => png(itxt(KEYWORD, 'x', { flag: 1 })), '422 compressed-credential-in-image'],
    [
      'V58 zTXt',
      () => png(chunk('zTXt', bytesOf(utf8(`${KEYWORD}\0\0`), compressed()))),
      '422 compressed-credential-in-image',
    ],
    ['V58 tEXt', () => png(chunk('tEXt', `${KEYWORD}\0{}`)), '422 misplaced-credential-in-image'],
    ['V58 a wrong check sum', () => withByte(png(itxt(KEYWORD, badge)), -30), '422 PARSING_ERROR'],
    [
      'V58 a chunk of 4 GiB',
      () => bytesOf(SIGNATURE, header(), Uint8Array.of(0xff, 0xff, 0xff, 0xff), utf8('iTXt')),
      '422 PARSING_ERROR',
    ],
    ['V58 a PNG cut short', () => png(itxt(KEYWORD, badge)).subarray(0, 60), '422 PARSING_ERROR'],
    [
      'V58 a badge after the end',
      () => bytesOf(SIGNATURE, header(), PIXELS, END, itxt(KEYWORD, badge)),
      '422 no-credential-in-image',
    ],
    ['V58 a badge that is an address', () => png(itxt(KEYWORD, 'https://badges.univ.example/b')), '400 PARSING_ERROR'],
  ])('%s is refused, and nothing inflated', async (_, picture, expected) => {
    expect(await verdict(picture())).toBe(expected);
    expect(served.internet.requested).toEqual([]);
  });

  it('V58 what follows the end is not looked at', async () => {
    const good = png(itxt(KEYWORD, badge));
    expect(await verdict(bytesOf(good, itxt(KEYWORD, '{}'), utf8('<script>')))).toBe('200 valid');
  });

  it('V59 a picture of 100,000 by 100,000 pixels costs nothing: no pixel is decoded', async () => {
    const huge = bytesOf(SIGNATURE, header(100_000, 100_000), itxt(KEYWORD, badge), PIXELS, END);
    const before = process.memoryUsage().arrayBuffers;
    // A header that promises more than 4096 by 4096 is no picture of a badge, or one whose pixels nobody looks at.
    expect(await verdict(huge)).toMatch(/^(?:200 valid|422 [a-z-]+)$/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('a posted SVG', () => {
  const svg = (inside: string, attributes = `xmlns:openbadges="${OB}"`) =>
    utf8(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes} width="1" height="1">${inside}</svg>`);
  const tag = (text: string) => `<openbadges:credential><![CDATA[${text}]]></openbadges:credential>`;

  it('V60 has a twin: a badge in a CDATA section is valid, ours and by hand', async () => {
    const baked = bakeSvg(qrSvg('https://badges.univ.example', 'A badge'), badge);
    expect(await verdict(baked, 'image/svg+xml')).toBe('200 valid');
    expect(await verdict(svg(tag(badge)), 'image/svg+xml')).toBe('200 valid');
    expect(await verdict(svg(tag(badge.replace('Engagement étudiant', 'Doctorat'))), 'image/svg+xml')).toMatch(
      /^200 invalid proof\/signature-invalid /,
    );
  });

  const entity = (value: string) => `<!DOCTYPE svg [<!ENTITY e ${value}>]>`;
  it.each<[string, () => Uint8Array, RegExp]>([
    ['V60 an external entity', () => prefixed(entity('SYSTEM "file:///etc/passwd"'), svg(tag('&e;'))), /^422 /],
    ['V60 a thousand laughs', () => prefixed(laughs(), svg(tag('&l9;'))), /^422 /],
    ['V60 a DOCTYPE alone', () => prefixed('<!DOCTYPE svg>', svg(tag(badge))), /^422 /],
    ['V60 two badges', () => svg(tag(badge) + tag(badge)), /^422 multiple-credentials-in-image$/],
    [
      'V60 a badge in an attribute and in the body',
      () => svg(`<openbadges:credential verify="e30.e30.AAAA"><![CDATA[${badge}]]></openbadges:credential>`),
      /^422 multiple-credentials-in-image$/,
    ],
    ['V60 a badge in a comment', () => svg(`<!-- ${tag(badge)} -->`), /^422 no-credential-in-image$/],
    [
      'V60 a badge under the prefix of something else',
      () => svg(tag(badge), 'xmlns:openbadges="https://evil.example/"'),
      /^422 (?:no-credential-in-image|PARSING_ERROR|misplaced-credential-in-image)$/,
    ],
    ['V60 compressed', () => new Uint8Array(gzipSync(svg(tag(badge)))), /^422 compressed-credential-in-image$/],
    ['V60 no badge', () => svg(''), /^422 no-credential-in-image$/],
    ['V60 never closed', () => svg(tag(badge)).subarray(0, -10), /^422 PARSING_ERROR$/],
  ])('%s is refused', async (_, picture, expected) => {
    expect(await verdict(picture(), 'image/svg+xml')).toMatch(expected);
    expect(served.internet.requested).toEqual([]);
  });

  it.each<[string, () => Uint8Array, string]>([
    ['V61 an SVG called PNG', () => svg(tag(badge)), '200 valid'],
    ['V61 HTML', () => utf8('<!doctype html><script>alert(1)</script>'), '415 unsupported-media-type'],
    ['V61 a ZIP', () => utf8('PK\u0003\u0004'), '415 unsupported-media-type'],
    ['V61 a GIF', () => utf8('GIF89a'), '415 unsupported-media-type'],
    ['V61 a JPEG', () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), '415 unsupported-media-type'],
    [
      'V61 a badge behind a JPEG head',
      () => bytesOf(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), png(itxt(KEYWORD, badge))),
      '415 unsupported-media-type',
    ],
    ['V61 a PNG and a ZIP in one', () => bytesOf(png(itxt(KEYWORD, badge)), utf8('PK\u0003\u0004')), '200 valid'],
  ])('%s is judged by its bytes', async (_, file, expected) => {
    expect(await verdict(file())).toBe(expected);
  });
});

function prefixed(text: string, picture: Uint8Array): Uint8Array {
  return bytesOf(utf8(text), picture);
}

function laughs(): string {
  const lines = Array.from({ length: 9 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
  return `<!DOCTYPE svg [<!ENTITY l0 "ha">${lines.join('')}]>`;
}

/** One bit of the byte so far from the end is flipped. */
function withByte(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.map((byte, index) => (index === bytes.length + at ? byte ^ 1 : byte));
}
