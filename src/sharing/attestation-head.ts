import type { Paragraph } from '../media/pdf/paragraph.js';
import { PAGE } from '../media/pdf/tagged-document.js';
import type { Attestation } from './attestation.js';
import { type Block, type BlockOptions, MARGIN, WIDTH } from './attestation-blocks.js';

/** Title, institution, holder, achievement: the sentence the page is about, in the middle of it. */
export function headBlock(attestation: Attestation, { set, palette, plan: { scale } }: BlockOptions): Block {
  const { holder, institution } = attestation;
  const width = WIDTH - 20;
  const plain = (text: string) =>
    set(text, { voice: 'serif-italic', size: 12.5, colour: palette.soft, width, maxLines: 3 });
  const titled = (size: number) =>
    set(attestation.title, {
      voice: 'serif-semibold',
      size,
      colour: palette.heading,
      width,
      leading: 1.25,
      maxLines: 3,
    });
  const title = [24, 21, 19].map(titled).find(({ lines }) => lines.length === 1) ?? titled(22);
  const [first = '', ...others] = holder.names;
  const named = (size: number) =>
    set(first, { voice: 'serif', size, colour: palette.ink, width, leading: 1.3, maxLines: 3 });
  const names = [
    holder.isNamed
      ? ([27, 22].map(named).find(({ lines, broken }) => lines.length <= 2 && !broken) ?? named(17))
      : set(first, { voice: 'serif-italic', size: 15, colour: palette.ink, width, leading: 1.3, maxLines: 3 }),
    ...others.map((name) =>
      set(name, { voice: 'serif', size: 19, colour: palette.ink, width, leading: 1.5, maxLines: 2 }),
    ),
  ];
  const pieces: readonly (readonly [gap: number, paragraph: Paragraph])[] = [
    [22, plain(`${institution.name} ${attestation.certifies}`)],
    ...names.map((name, index) => [index === 0 ? 5 : 0, name] as const),
    [6, plain(attestation.awarded)],
    [
      4,
      set(attestation.achievement, {
        voice: 'serif-semibold',
        size: 17,
        colour: palette.ink,
        width,
        leading: 1.3,
        maxLines: 3,
      }),
    ],
    ...(attestation.activity === undefined
      ? []
      : [
          [
            2,
            set(attestation.activity, { voice: 'serif', size: 12.5, colour: palette.ink, width, maxLines: 3 }),
          ] as const,
        ]),
  ];
  const height = title.height + pieces.reduce((sum, [gap, { height: own }]) => sum + gap * scale + own, 0);
  return {
    height,
    draw({ y, node, decorate }) {
      const at = { x: MARGIN + 10, width, align: 'center' as const };
      decorate((canvas) =>
        canvas.fill(
          { x: PAGE.width / 2 - 34, y: y + title.height + 9 * scale, width: 68, height: 1.6 },
          { colour: palette.accent },
        ),
      );
      node.show('H1', (canvas) => canvas.text(title, { ...at, y }));
      let top = y + title.height;
      for (const [gap, paragraph] of pieces) {
        const place = top + gap * scale;
        node.show('P', (canvas) => canvas.text(paragraph, { ...at, y: place }));
        top = place + paragraph.height;
      }
    },
  };
}
