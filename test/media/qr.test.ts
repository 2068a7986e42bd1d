import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { qrPng, qrSvg } from '../../src/media/qr.js';

const URLS = [
  'https://badges.example.org/v/0123456789abcdefghjkmnpqrs',
  'http://localhost:3000/v/zyxwvtsrqpnmkjhgfedcba9876',
  `https://badges.an-institution-with-a-very-long-name.example.org/faculties/sciences/v/0123456789abcdefghjkmnpqrs?lang=fr&from=${'diploma-supplement'.repeat(4)}`,
];

/** What a scanner reads in an RGBA picture. */
function scan(picture: { readonly width: number; readonly height: number; readonly data: Uint8Array }) {
  return jsqr.default(new Uint8ClampedArray(picture.data), picture.width, picture.height)?.data;
}

/** Paints the SVG's rectangles at 8 pixels a module: enough of SVG to read what a browser would show. */
function paint(svg: string) {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const scale = 8;
  const width = size * scale;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column += 1) {
        data.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

describe('a QR code', () => {
  it.each(URLS)('as PNG says %s', async (url) => {
    expect(scan(PNG.sync.read(Buffer.from(await qrPng(url))))).toBe(url);
  });

  it.each(URLS)('as SVG says %s', (url) => {
    expect(scan(paint(qrSvg(url, 'Vérifier ce badge')))).toBe(url);
  });

  it('keeps four modules of margin, and at least eight pixels a module', async () => {
    const { width, data } = PNG.sync.read(Buffer.from(await qrPng(URLS[0] ?? '')));
    const dark = Array.from({ length: width * width }, (_, index) => index).filter((index) => data[index * 4] === 0);
    const margin = Math.min(...dark.map((index) => index % width), Math.floor((dark[0] ?? 0) / width));
    expect(margin % 4).toBe(0);
    expect(margin / 4).toBeGreaterThanOrEqual(8);
    expect(/viewBox="0 0 (\d+)/.exec(qrSvg(URLS[0] ?? '', 'x'))?.[1]).toBe(String(width / (margin / 4)));
  });

  it('is the same each time', async () => {
    const [url = ''] = URLS;
    expect(await qrPng(url)).toEqual(await qrPng(url));
    expect(qrSvg(url, 'x')).toBe(qrSvg(url, 'x'));
  });

  it('has a title for those who cannot see it, in which nothing is markup (X1)', () => {
    const svg = qrSvg('https://badges.example.org/v/x', '"><script>alert(1)</script>&');
    expect(svg).toContain('role="img"');
    expect(svg).toContain('<title>"&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;</title>');
    expect(svg).not.toContain('<script');
  });

  it('refuses what no QR code can hold', async () => {
    expect(() => qrSvg('x'.repeat(3_000), 'x')).toThrow(/too big/);
    await expect(qrPng('x'.repeat(3_000))).rejects.toThrow(/too big/);
  });
});
