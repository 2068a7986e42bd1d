import { toBuffer } from 'qrcode';
import { ERROR_CORRECTION, QUIET_MODULES, qrPath } from './qr-path.js';

/** Pixels of one module in the PNG: sharp when printed 25 mm wide at 300 dpi. */
const PIXELS_PER_MODULE = 10;

/**
 * A QR code as SVG, one unit a module, that grows to any size. The same URL and title give the same text.
 * @param url what the code says; longer URLs make finer codes.
 * @param title what it is, for those who cannot see it.
 * @see https://www.iso.org/standard/83389.html (ISO/IEC 18004)
 */
export function qrSvg(url: string, title: string): string {
  const { data, side } = qrPath(url);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" role="img" shape-rendering="crispEdges">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${side}" height="${side}" fill="#fff"/>`,
    `<path fill="#000" d="${data}"/>`,
    '</svg>',
  ].join('');
}

/** A QR code as PNG, black on white, 10 pixels a module. The same URL gives the same bytes. */
export async function qrPng(url: string): Promise<Uint8Array> {
  const png = await toBuffer(url, {
    type: 'png',
    errorCorrectionLevel: ERROR_CORRECTION,
    margin: QUIET_MODULES,
    scale: PIXELS_PER_MODULE,
  });
  return new Uint8Array(png);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}
