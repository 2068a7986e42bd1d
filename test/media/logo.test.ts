import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast } from '../../src/media/colour.js';
import { MAX_LOGO_BYTES, readLogo } from '../../src/media/logo.js';
import { lookStyleSheet, PAGE_GROUND } from '../../src/media/page-colours.js';
import { bakePng } from '../../src/media/png-bake.js';
import { extractFromPng } from '../../src/media/png-extract.js';
import { qrPng } from '../../src/media/qr.js';
import { STYLESHEET } from '../../src/pages/stylesheet.js';

const bytes = (text: string) => new TextEncoder().encode(text);
const drawing = (inside: string, attributes = '') =>
  bytes(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`,
  );

describe('a logo', () => {
  it.each([
    [
      'paths and gradients',
      '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs><path fill="url(#g)" d="M0 0h9v9z"/>',
    ],
    [
      'a symbol that is used',
      '<symbol id="s"><circle cx="1" cy="1" r="1"/></symbol><use href="#s"/><use xlink:href="#s"/>',
    ],
    ['styles of its own', '<g style="fill:#123456;stroke:none"><rect width="1" height="1"/></g>'],
    [
      'a title and white space',
      '<title>Université</title>\n<!-- drawn by hand --><path xml:space="preserve" d="M0 0"/>',
    ],
  ])('may be an SVG with %s', (_name, inside) => {
    const file = drawing(inside, 'viewBox="0 0 9 9"');
    expect(readLogo(file)).toEqual({ ok: true, mediaType: 'image/svg+xml', bytes: file });
  });

  it.each([
    ['script', '<script>alert(1)</script>'],
    ['script', '<g><g><script href="#x"/></g></g>'],
    ['onload', '<path onload="alert(1)" d=""/>'],
    ['foreignObject', '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'],
    ['a', '<a href="javascript:alert(1)"><path d=""/></a>'],
    ['href', '<use href="data:image/svg+xml,x"/>'],
    ['href', '<use xlink:href="https://evil.test/x.svg#a"/>'],
    ['animate', '<animate attributeName="href" to="x"/>'],
    ['set', '<set attributeName="onload" to="x"/>'],
    ['style', '<style>@import "https://evil.test/x.css";</style>'],
    ['image', '<image href="https://evil.test/x.png"/>'],
    ['fill', '<path fill="url(https://evil.test/x)" d=""/>'],
    ['style', '<path style="background:url(//evil.test/x)" d=""/>'],
    ['style', '<path style="fill:u\\rl(//evil.test/x)" d=""/>'],
    ['text', '<text font-family="x">Université</text>'],
    ['namedview', '<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/x"/>'],
    ['script', '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'],
  ])('X3 may not hold %s: %s', (name, inside) => {
    expect(readLogo(drawing(inside))).toEqual({ ok: false, refusal: { reason: 'content', name } });
  });

  it('X3 may not bring a document type, nor be another document that holds a drawing', () => {
    const typed = bytes('<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"/>');
    expect(readLogo(typed)).toEqual({ ok: false, refusal: { reason: 'content', name: '<!DOCTYPE>' } });
    for (const file of ['<html><svg xmlns="http://www.w3.org/2000/svg"/></html>', 'GIF89a', '{}', '', '<svg/>']) {
      expect(readLogo(bytes(file)), file).toMatchObject({ ok: false });
    }
  });

  it('loses of a PNG what is not seen: a badge, words, what follows its end', async () => {
    const plain = await qrPng('https://badges.example.org');
    const baked = bakePng(plain, '{"a":"badge"}');
    const padded = new Uint8Array([...baked, ...bytes('<script>')]);
    const logo = readLogo(padded);
    if (!logo.ok) throw new Error('refused');
    expect(logo.mediaType).toBe('image/png');
    expect(extractFromPng(baked)).toMatchObject({ ok: true });
    expect(extractFromPng(logo.bytes)).toMatchObject({ ok: false, problem: 'none' });
    expect(logo.bytes.length).toBeLessThanOrEqual(plain.length);
  });

  it('is neither heavy, nor wide, nor broken', async () => {
    const png = await qrPng('x');
    const refusalOf = (file: Uint8Array) => readLogo(file);
    expect(refusalOf(new Uint8Array(MAX_LOGO_BYTES + 1))).toEqual({ ok: false, refusal: { reason: 'size' } });
    expect(refusalOf(png.slice(0, -20))).toEqual({ ok: false, refusal: { reason: 'damaged' } });
    const broken = Uint8Array.from(png);
    broken[20] = 1;
    expect(refusalOf(broken)).toEqual({ ok: false, refusal: { reason: 'damaged' } });
  });
});

describe('an institution’s colour', () => {
  it('is what text is written in when it can be read, and moved until it can be when not', () => {
    expect(lookStyleSheet({ primary: '#7a1f3d' })).toBe(':root{--brand:#7a1f3d;--accent:#7a1f3d}\n');
    const colour = fc.integer({ min: 0, max: 0xff_ff_ff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, (primary) => {
        const brand = /--brand:(#[0-9a-f]{6})/.exec(lookStyleSheet({ primary }))?.[1] ?? '';
        expect(contrast(brand, PAGE_GROUND)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(brand, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('is measured against the ground the pages have', () => {
    expect(STYLESHEET).toContain(`--paper: ${PAGE_GROUND}`);
  });
});
