import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sniff, sniffText } from '../../src/media/sniff.js';
import { bytesOf, png } from './png.js';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const JWS = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln';
const utf8 = (text: string) => new TextEncoder().encode(text);
const utf16 = (text: string, mark: readonly number[] = []) => Uint8Array.of(...mark, ...Buffer.from(text, 'utf16le'));
const unknown = (looksLike: string) => ({ format: 'unknown', looksLike });

describe('V61: a file is what its first bytes say', () => {
  it.each([
    ['a badge in JSON', '{"a":1}', 'json'],
    ['JSON after white space', '\r\n\t {', 'json'],
    ['JSON after a byte-order mark', '\uFEFF {"a":1}', 'json'],
    ['JSON after more white space than is looked at', `${' '.repeat(100_000)}[1]`, 'json'],
    ['V4: null', 'null', 'json'],
    ['V4: a number', '42', 'json'],
    ['V4: a text', '"x"', 'json'],
    ['a compact JWS', JWS, 'jws'],
    ['a compact JWS whose header begins with a line break', `ewogImFsZyI6.a.b`, 'jws'],
    ['V66: a compact JWS after a space', ` ${JWS}`, 'jws'],
    ['V35: a JWS of two parts', 'eyJhbGciOiJub25lIn0.e30', 'jws'],
    ['a JWS with a header longer than is looked at', `ey${'A'.repeat(50_000)}.e30.`, 'jws'],
    ['an SVG', SVG, 'svg'],
    [
      'an SVG after a declaration, comments and instructions',
      `\uFEFF<?xml version="1.0"?>\n<!-- <html> --><?a?>${SVG}`,
      'svg',
    ],
    ['an SVG with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>', 'svg'],
    ['V60: an SVG with a DOCTYPE', `<!DOCTYPE svg PUBLIC "a" "b">${SVG}`, 'svg'],
    ['a PDF', '%PDF-1.7', 'pdf'],
  ])('%s', (_, text, format) => {
    expect(sniff(utf8(text))).toEqual({ format });
    expect(sniffText(text)).toEqual({ format });
  });

  it.each([
    ['V1: nothing', '', 'empty'],
    ['V1: white space', ' \n', 'empty'],
    ['V1: a byte-order mark', '\uFEFF', 'empty'],
    ['a word that begins like a JWS', 'eyes', 'something-else'],
    ['a word that begins like JSON', 'nullable', 'something-else'],
    ['an address', 'https://badges.example/1', 'something-else'],
    ['a web page', '<!DOCTYPE html><html></html>', 'html'],
    ['a web page with an SVG in it', `<html><body>${SVG}</body></html>`, 'html'],
    ['a web page that begins with a comment', `<!-- ${SVG} --><HTML>`, 'html'],
    ['a script', '<script>alert(1)</script>', 'html'],
    ['other XML', '<rss version="2.0"/>', 'xml'],
    ['a name that begins with svg', '<svgfoo/>', 'xml'],
    ['a comment without end', `<!-- ${SVG}`, 'xml'],
    ['no tag', '< svg>', 'something-else'],
  ])('%s is unknown', (_, text, looksLike) => {
    expect(sniff(utf8(text))).toEqual(unknown(looksLike));
    expect(sniffText(text)).toEqual(unknown(looksLike));
  });

  it.each([
    ['a PNG', png(), { format: 'png' }],
    ['a PNG with a ZIP behind it', bytesOf(png(), utf8('PK\x03\x04')), { format: 'png' }],
    ['a PDF with a PNG in it', bytesOf(utf8('%PDF-1.7'), png()), { format: 'pdf' }],
    ['a PNG signature damaged by a text-mode copy', png().subarray(1), unknown('something-else')],
    ['a ZIP', utf8('PK\x03\x04'), unknown('zip')],
    ['an empty ZIP', utf8('PK\x05\x06'), unknown('zip')],
    ['a ZIP with an SVG in it', bytesOf(utf8('PK\x03\x04'), utf8(SVG)), unknown('zip')],
    ['V60: gzip', Uint8Array.of(0x1f, 0x8b, 8), unknown('gzip')],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), unknown('jpeg')],
    ['a GIF that is a script and an SVG too', utf8(`GIF89a=1;/*${SVG}*/`), unknown('gif')],
    ['a WebP', utf8('RIFF....WEBP'), unknown('webp')],
    ['V2: UTF-16 with a mark', utf16('{}', [0xff, 0xfe]), unknown('utf-16')],
    ['V2: UTF-16 without a mark', utf16('{"'), unknown('utf-16')],
    ['NULs', new Uint8Array(16), unknown('something-else')],
  ])('%s', (_, bytes, answer) => {
    expect(sniff(bytes)).toEqual(answer);
  });

  it('answers for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => sniff(bytes).format !== undefined));
  });
});
