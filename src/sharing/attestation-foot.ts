import type { Canvas } from '../media/pdf/tagged-document.js';
import { PAGE } from '../media/pdf/tagged-document.js';
import { qrPath } from '../media/qr-path.js';
import type { Attestation } from './attestation.js';
import { type Block, MARGIN, WIDTH } from './attestation-blocks.js';
import type { Palette, SetText } from './attestation-style.js';

/** 32 mm: more than half a millimetre a module, quiet zone included. */
const QR_SIDE = 91;
const SEAL_SIDE = 62;
const GAP = 16;
/** White below the foot. */
const BOTTOM = 30;

/**
 * The foot of the page, always at the same size: the QR code, how to check, what the page is worth, who signs. Its
 * height is what the rest of the page has to leave.
 */
export function footBlock(
  attestation: Attestation,
  { set, palette }: { readonly set: SetText; readonly palette: Palette },
): Block {
  const { text } = attestation;
  const width = WIDTH - QR_SIDE - GAP - SEAL_SIDE - GAP;
  const line = (
    content: string,
    look: { readonly colour?: string; readonly size?: number; readonly maxLines?: number } = {},
  ) =>
    set(content, {
      voice: 'sans',
      size: look.size ?? 8.2,
      colour: look.colour ?? palette.ink,
      width,
      leading: 1.32,
      maxLines: look.maxLines ?? 3,
    });
  const heading = (content: string) =>
    set(content, { voice: 'serif-semibold', size: 11, colour: palette.heading, width, maxLines: 1 });
  const { scan, drop } = attestation.checking;
  const groups = [
    [
      heading(text.check),
      line(scan),
      set(attestation.pageUrl, {
        voice: 'sans-semibold',
        size: 8.6,
        colour: palette.heading,
        width,
        leading: 1.5,
        maxLines: 2,
      }),
      line(drop),
    ],
    [line(attestation.status), line(text.paper, { colour: palette.soft })],
    [
      heading(text.signature),
      ...attestation.signature.map((step) => line(step, { size: 7.6, colour: palette.soft, maxLines: 2 })),
    ],
  ];
  const between = 5;
  const sum = groups.flat().reduce((total, { height }) => total + height, between * (groups.length - 1));
  const height = Math.max(sum, QR_SIDE) + 12 + BOTTOM;
  const qr = qrPath(attestation.pageUrl);
  return {
    height,
    draw({ y, node, decorate }) {
      decorate((canvas) => canvas.fill({ x: MARGIN, y, width: WIDTH, height: 0.8 }, { colour: palette.line }));
      const top = y + 10;
      node.group('Sect', (section) => {
        // The quiet zone reaches into the margin, so that the code itself stands on the edge of the text.
        const scale = QR_SIDE / qr.side;
        const code = { x: MARGIN - 4 * scale, y: top - 4 * scale + 2, width: QR_SIDE, height: QR_SIDE };
        section.show('Figure', (canvas) => canvas.path(qr.data, { ...code, scale, colour: '#000000' }), {
          alt: text.qr(attestation.pageUrl),
          box: code,
        });
        let place = top;
        for (const group of groups) {
          group.forEach((paragraph, index) => {
            const at = { x: MARGIN + QR_SIDE + GAP - 8, y: place, width };
            section.show(index === 0 && group.length > 2 ? 'H2' : 'P', (canvas) => canvas.text(paragraph, at));
            place += paragraph.height;
          });
          place += between;
        }
        const box = { x: PAGE.width - MARGIN - SEAL_SIDE, y: top + 4, width: SEAL_SIDE, height: SEAL_SIDE };
        section.show('Figure', (canvas) => drawSeal(canvas, { ...box, palette }), {
          alt: text.seal(attestation.institution.name),
          box,
        });
      });
    },
  };
}

/** A wax seal with a tick, drawn in a field of 64 × 64: the mark the verification page shows for a valid badge. */
function drawSeal(
  canvas: Canvas,
  { x, y, palette }: { readonly x: number; readonly y: number; readonly palette: Palette },
): void {
  const scale = SEAL_SIDE / 64;
  canvas.path(SEAL_EDGE, { x, y, scale, colour: palette.heading });
  canvas.path(circle(20.5), { x, y, scale, colour: palette.accent, lineWidth: 1.2 });
  canvas.path('M21 33l8 8l15-17', { x, y, scale, colour: '#ffffff', lineWidth: 4.5 });
}

function circle(radius: number): string {
  return `M${32 - radius} 32a${radius} ${radius} 0 1 0 ${2 * radius} 0a${radius} ${radius} 0 1 0 ${-2 * radius} 0z`;
}

const SEAL_EDGE = scallops(16, 29, 6.6);

/** A wreath of arcs round the middle of a 64 × 64 field. */
function scallops(count: number, radius: number, bulge: number): string {
  const at = (step: number) => {
    const angle = (2 * Math.PI * step) / count - Math.PI / 2;
    return `${(32 + radius * Math.cos(angle)).toFixed(2)} ${(32 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  const arcs = Array.from({ length: count }, (_, step) => `A${bulge} ${bulge} 0 0 1 ${at(step + 1)}`);
  return `M${at(0)}${arcs.join('')}z`;
}
