import type { Attestation } from './attestation.js';
import { type Block, type BlockOptions, MARGIN, WIDTH } from './attestation-blocks.js';

/** The facts in two columns, each under its name. */
export function factsBlock(
  attestation: Attestation,
  { set, palette, plan: { scale } }: BlockOptions,
): Block | undefined {
  const gap = 26;
  const width = (WIDTH - gap) / 2;
  const cells = attestation.facts.map(({ name, value }) => {
    const label = set(name, { voice: 'sans', size: 8.2, colour: palette.soft, width, maxLines: 2 });
    const content = set(value, { voice: 'sans', size: 10, colour: palette.ink, width, maxLines: 4 });
    return { label, content, height: label.height + content.height + 7 * scale };
  });
  if (cells.length === 0) return undefined;
  const rows = Array.from({ length: Math.ceil(cells.length / 2) }, (_, row) => cells.slice(2 * row, 2 * row + 2));
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)));
  const height = heights.reduce((sum, own) => sum + own, 0);
  return {
    height,
    draw({ y, node, decorate }) {
      let top = y;
      const lines = [y, ...heights.map((own) => (top += own))];
      decorate((canvas) => {
        for (const [index, line] of lines.entries()) {
          const edge = index === 0 || index === lines.length - 1;
          canvas.fill({ x: MARGIN, y: line, width: WIDTH, height: edge ? 0.8 : 0.4 }, { colour: palette.line });
        }
      });
      node.group('L', (list) => {
        cells.forEach(({ label, content }, index) => {
          const x = MARGIN + (index % 2) * (width + gap);
          const place = (lines[Math.floor(index / 2)] ?? y) + 3.5 * scale;
          list.group('LI', (item) => {
            item.show('Lbl', (canvas) => canvas.text(label, { x, y: place, width }));
            item.show('LBody', (canvas) => canvas.text(content, { x, y: place + label.height, width }));
          });
        });
      });
    },
  };
}
