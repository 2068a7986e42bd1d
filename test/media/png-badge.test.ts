import { crc32 as platformCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { BakingError } from '../../src/media/baking.js';
import { crc32 } from '../../src/media/crc32.js';
import { bakePng } from '../../src/media/png-bake.js';
import { extractFromPng } from '../../src/media/png-extract.js';
import { qrPng } from '../../src/media/qr.js';
import { bytesOf, chunk, END, header, itxt, PIXELS, png, SIGNATURE } from './png.js';
import { credentialTexts } from './texts.js';

const KEYWORD = 'openbadgecredential';
const BADGE = '{"name":"Engagement étudiant 🎓"}';
const JWS = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln';

describe('CRC-32', () => {
  it('gives the check value of the standard', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array())).toBe(0);
  });

  it('agrees with the platform’s own', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => crc32(bytes) === platformCrc32(bytes)));
  });
});

describe('baking into PNG', () => {
  it('gives back every badge byte for byte', () => {
    fc.assert(
      fc.property(credentialTexts, (text) => {
        expect(extractFromPng(bakePng(png(), text))).toEqual({ ok: true, text, size: { width: 1, height: 1 } });
      }),
      { numRuns: 200 },
    );
  });

  it('writes one uncompressed iTXt chunk before the first IDAT and changes nothing else', async () => {
    const picture = await qrPng('https://badges.univ.example/v/0a1b');
    const baked = bakePng(picture, BADGE);
    const written = itxt(KEYWORD, BADGE);
    const place = Buffer.from(baked).indexOf(Buffer.from(written));
    expect(Buffer.from(baked).indexOf('IDAT')).toBe(place + written.length + 4);
    expect(Buffer.concat([baked.subarray(0, place), baked.subarray(place + written.length)]).equals(picture)).toBe(
      true,
    );
    const pixels = (bytes: Uint8Array) => Buffer.from(PNG.sync.read(Buffer.from(bytes)).data);
    expect(pixels(baked).equals(pixels(picture))).toBe(true);
  });

  it('replaces the badge that was there, and only that', () => {
    const picture = png(itxt('Title', 'Titre'), itxt(KEYWORD, '{"old":1}'), itxt(KEYWORD, '{"older":1}'));
    expect(bakePng(picture, BADGE)).toEqual(png(itxt('Title', 'Titre'), itxt(KEYWORD, BADGE)));
    const badge = bakePng(bakePng(png(), JWS), BADGE);
    expect(badge).toEqual(bakePng(png(), BADGE));
  });

  it('leaves out what followed the picture', () => {
    expect(bakePng(bytesOf(png(), Uint8Array.of(1, 2, 3)), BADGE)).toEqual(bakePng(png(), BADGE));
  });

  it('V59: refuses to write into a picture of 100,000 × 100,000 pixels, and takes one of 4,096 × 4,096', () => {
    const sized = (side: number) => bytesOf(SIGNATURE, header(side, side), PIXELS, END);
    expect(() => bakePng(sized(100_000), BADGE)).toThrow(expect.objectContaining({ reason: 'size' }));
    expect(() => bakePng(sized(4_097), BADGE)).toThrow(BakingError);
    expect(extractFromPng(bakePng(sized(4_096), BADGE))).toMatchObject({ ok: true, text: BADGE });
  });

  it.each([
    '',
    'hello',
    '[1]',
    '"x"',
    'null',
    '{"a":1',
    '{"a":1,"a":2}',
    'a.b',
    'https://x.example/',
    '\uFEFF{"a":1}',
    '{"a":"\0"}',
  ])('refuses %j, which is no badge', (text) => {
    expect(() => bakePng(png(), text)).toThrow(expect.objectContaining({ code: 'unbakeable', reason: 'credential' }));
  });

  it('refuses a picture it cannot read', () => {
    expect(() => bakePng(png().subarray(0, -1), BADGE)).toThrow(expect.objectContaining({ reason: 'picture' }));
    expect(() => bakePng(new Uint8Array(), BADGE)).toThrow(BakingError);
  });
});

describe('extracting from PNG', () => {
  it.each([
    ['V58: no badge in it', png(itxt('Title', 'Titre')), 'none'],
    ['V58: two badges', png(itxt(KEYWORD, BADGE), itxt(KEYWORD, BADGE)), 'several'],
    [
      'V58: one badge before and one after the pixels',
      bytesOf(png(itxt(KEYWORD, BADGE)).subarray(0, -12), itxt(KEYWORD, BADGE), END),
      'several',
    ],
    ['V58: a badge and a compressed one', png(itxt(KEYWORD, BADGE), itxt(KEYWORD, 'x', { flag: 1 })), 'several'],
    ['V58: a badge flagged as compressed', png(itxt(KEYWORD, BADGE, { flag: 1 })), 'compressed'],
    ['V58: a badge in zTXt', png(chunk('zTXt', `${KEYWORD}\0\0${BADGE}`)), 'compressed'],
    ['V58: a badge in tEXt', png(chunk('tEXt', `${KEYWORD}\0{}`)), 'misplaced'],
    ['V58: the keyword as a mere prefix', png(itxt(`${KEYWORD}s`, BADGE)), 'none'],
    ['V58: the keyword in other case', png(itxt('OpenBadgeCredential', BADGE)), 'none'],
    ['V58: the keyword without its end', png(chunk('iTXt', KEYWORD)), 'none'],
    ['V58: a badge after IEND only', bytesOf(png(), itxt(KEYWORD, BADGE)), 'none'],
  ])('%s', (_, picture, problem) => {
    expect(extractFromPng(picture)).toMatchObject({ ok: false, problem, size: { width: 1, height: 1 } });
  });

  it.each([
    ['V58: a wrong check sum on the badge', damagedAt(png(itxt(KEYWORD, BADGE)), 60), 'png-checksum'],
    ['V58: a wrong check sum on the pixels', damagedAt(png(itxt(KEYWORD, BADGE)), -20), 'png-checksum'],
    ['V58: a chunk claiming 4 GiB', claiming(0xffffffff), 'png-chunk-length'],
    ['V58: a chunk claiming 256 MiB', claiming(0x10000000), 'png-chunk-length'],
    ['V58: a chunk one byte longer than the file', claiming(1), 'png-chunk-length'],
    ['a file cut short', png(itxt(KEYWORD, BADGE)).subarray(0, -5), 'png-truncated'],
    ['a signature and nothing else', SIGNATURE, 'png-truncated'],
    [
      'a text-mode copy',
      bytesOf(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0a, 0x1a, 0x0a), header(), PIXELS, END),
      'not-png',
    ],
    ['no header', bytesOf(SIGNATURE, PIXELS, END), 'png-structure'],
    ['two headers', png(header()), 'png-structure'],
    ['no pixels', bytesOf(SIGNATURE, header(), END), 'png-structure'],
    ['a long header', bytesOf(SIGNATURE, chunk('IHDR', '0'.repeat(14)), PIXELS, END), 'png-structure'],
    ['no width', bytesOf(SIGNATURE, header(0), PIXELS, END), 'png-structure'],
    ['a chunk without a name', png(chunk('\0\0\0\0')), 'png-chunk-type'],
    ['20,001 chunks', png(new Uint8Array(Buffer.alloc(12 * 20_000, chunk('tEXt')))), 'png-too-many-chunks'],
    ['a NUL in the text', png(itxt(KEYWORD, '{"a":"\0"}')), 'png-text-chunk'],
    ['an iTXt chunk that ends after the flags', png(chunk('iTXt', `${KEYWORD}\0\0\0`)), 'png-text-chunk'],
    ['a compression flag of 7', png(itxt(KEYWORD, BADGE, { flag: 7 })), 'png-text-chunk'],
    ['V3: text that is not UTF-8', png(chunk('iTXt', `${KEYWORD}\0\0\0\0\0{"a":"\xc3("}`)), 'credential-not-utf-8'],
    ['a byte-order mark before the text', png(itxt(KEYWORD, `\uFEFF${BADGE}`)), 'credential-not-utf-8'],
  ])('%s is damaged', (_, picture, damage) => {
    expect(extractFromPng(picture)).toMatchObject({ ok: false, problem: 'damaged', damage });
  });

  it('reads a badge after the pixels, with a language tag and a translated keyword, and ignores what follows IEND', () => {
    const badge = itxt(KEYWORD, BADGE, { language: 'fr', translated: 'badge signé' });
    const picture = bytesOf(png().subarray(0, -12), badge, END, Uint8Array.of(0x50, 0x4b, 3, 4), itxt(KEYWORD, '{}'));
    expect(extractFromPng(picture)).toMatchObject({ ok: true, text: BADGE });
  });

  it('recognises a badge of Open Badges 2.0 and prefers one of 3.0 beside it', () => {
    const older = itxt('openbadges', '{"type":"Assertion"}');
    expect(extractFromPng(png(older))).toMatchObject({ problem: 'open-badges-2', text: '{"type":"Assertion"}' });
    const address = 'https://badges.example/assertions/1';
    expect(extractFromPng(png(chunk('tEXt', `openbadges\0${address}`)))).toMatchObject({ text: address });
    expect(extractFromPng(png(older, older))).toMatchObject({ problem: 'several' });
    expect(extractFromPng(png(older, itxt(KEYWORD, BADGE)))).toMatchObject({ ok: true, text: BADGE });
  });

  it('V59: reads the badge of a picture of 100,000 × 100,000 pixels without decoding one of them', () => {
    const picture = bytesOf(SIGNATURE, header(100_000, 100_000), itxt(KEYWORD, BADGE), PIXELS, END);
    expect(extractFromPng(picture)).toEqual({ ok: true, text: BADGE, size: { width: 100_000, height: 100_000 } });
  });

  it('V58: spends nothing on lengths that are only claimed', () => {
    const pictures = [0x10000000, 0x7fffffff, 0xffffffff].map(claiming);
    const before = process.memoryUsage().arrayBuffers;
    const start = performance.now();
    for (let round = 0; round < 1_000; round += 1) for (const picture of pictures) extractFromPng(picture);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1024 * 1024);
  });

  it('reads a view into a larger buffer by its own bounds', () => {
    const picture = png(itxt(KEYWORD, BADGE));
    const around = bytesOf(Uint8Array.of(9, 9, 9), picture, Uint8Array.of(9));
    expect(extractFromPng(around.subarray(3, 3 + picture.length))).toMatchObject({ ok: true, text: BADGE });
  });
});

function damagedAt(bytes: Uint8Array, at: number): Uint8Array {
  const place = at < 0 ? bytes.length + at : at;
  return bytes.with(place, (bytes[place] ?? 0) ^ 0x20);
}

/** A PNG whose last chunk claims a length and holds nothing. */
function claiming(length: number): Uint8Array {
  const empty = chunk('iTXt');
  new DataView(empty.buffer, empty.byteOffset).setUint32(0, length);
  return bytesOf(SIGNATURE, header(), empty);
}
