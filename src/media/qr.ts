import { create, type QRCode, toBuffer } from 'qrcode';

/** Error correction M restores 15 % of the symbol; four modules of margin are the quiet zone the standard asks for. */
const ERROR_CORRECTION = 'M';
const MARGIN_MODULES = 4;
/** Pixels of one module in the PNG: sharp when printed 25 mm wide at 300 dpi. */
const PIXELS_PER_MODULE = 10;

/**
 * A QR code as SVG, one unit a module, that grows to any size. The same URL and title give the same text.
 * @param url what the code says; longer URLs make finer codes.
 * @param title what it is, for those who cannot see it.
 * @see https://www.iso.org/standard/83389.html (ISO/IEC 18004)
 */
export function qrSvg(url: string, title: string): string {
  const { modules } = create(url, { errorCorrectionLevel: ERROR_CORRECTION });
  const size = modules.size + 2 * MARGIN_MODULES;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" shape-rendering="crispEdges">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${size}" height="${size}" fill="#fff"/>`,
    `<path fill="#000" d="${darkRuns(modules)}"/>`,
    '</svg>',
  ].join('');
}

/** A QR code as PNG, black on white, 10 pixels a module. The same URL gives the same bytes. */
export async function qrPng(url: string): Promise<Uint8Array> {
  const png = await toBuffer(url, {
    type: 'png',
    errorCorrectionLevel: ERROR_CORRECTION,
    margin: MARGIN_MODULES,
    scale: PIXELS_PER_MODULE,
  });
  return new Uint8Array(png);
}

/** One rectangle for each run of dark modules in a row. */
function darkRuns(modules: QRCode['modules']): string {
  const { size } = modules;
  const isDark = (row: number, column: number) => modules.get(row, column) !== 0;
  const runs: string[] = [];
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const start = column;
      while (column < size && isDark(row, column)) column += 1;
      if (column > start) {
        const length = column - start;
        runs.push(`M${start + MARGIN_MODULES} ${row + MARGIN_MODULES}h${length}v1h-${length}z`);
      }
    }
  }
  return runs.join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}
