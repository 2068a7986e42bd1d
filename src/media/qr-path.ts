import { create } from 'qrcode';

/** Error correction M restores 15 % of the symbol; four modules of margin are the quiet zone the standard asks for. */
export const ERROR_CORRECTION = 'M';
export const QUIET_MODULES = 4;

/** A QR code as SVG path data, one unit a module, and its side with the quiet zone, in modules. */
export interface QrPath {
  readonly data: string;
  readonly side: number;
}

/** Draws what a URL says as a QR code. @see https://www.iso.org/standard/83389.html (ISO/IEC 18004) */
export function qrPath(url: string): QrPath {
  const { modules } = create(url, { errorCorrectionLevel: ERROR_CORRECTION });
  const isDark = (row: number, column: number) => modules.get(row, column) !== 0;
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      const start = column;
      while (column < modules.size && isDark(row, column)) column += 1;
      const length = column - start;
      if (length > 0) runs.push(`M${start + QUIET_MODULES} ${row + QUIET_MODULES}h${length}v1h-${length}z`);
    }
  }
  return { data: runs.join(''), side: modules.size + 2 * QUIET_MODULES };
}
