import fc from 'fast-check';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BadgePicture, drawBadge } from '../../src/media/badge-picture.js';
import { contrast } from '../../src/media/colour.js';
import { PAPER, pictureColours } from '../../src/media/picture-colours.js';
import { rasterise } from '../../src/media/rasterise.js';
import type { Typesetter } from '../../src/media/typeset.js';
import { testTypesetter } from '../support/typesetter.js';

const PICTURE: BadgePicture = {
  title: 'Compétences d’engagement',
  institution: 'Université de l’Exemple',
  footing: '3 ECTS · 2025-2026',
  more: (count) => `+ ${count}`,
  colours: {},
  competences: [
    { name: 'Travail en équipe', level: 'Coordonner', reached: 2, steps: 3 },
    { name: 'Développement durable', level: 'Connaître', reached: 1, steps: 3 },
  ],
};
const HOSTILE =
  '"><img src=x onerror=alert(1)></script><script>alert(1)</script>{{7*7}}$' + '{7*7}]]>&amp;\u202E\u0000';

let typesetter: Typesetter;
beforeAll(async () => {
  typesetter = await testTypesetter();
});

const draw = (changes: Partial<BadgePicture> = {}) => drawBadge({ ...PICTURE, ...changes }, typesetter);

/** The drawn picture, without the title that no renderer shows. */
const pixels = async (svg: string) => PNG.sync.read(Buffer.from(await rasterise(svg, 400)));

/** How many pixels of two pictures differ, between two heights given as shares. */
async function difference(one: string, other: string, from = 0, to = 1): Promise<number> {
  const [a, b] = [await pixels(one), await pixels(other)];
  let count = 0;
  for (let at = Math.floor(a.height * from) * a.width * 4; at < Math.floor(a.height * to) * a.width * 4; at += 4) {
    if (a.data[at] !== b.data[at] || a.data[at + 1] !== b.data[at + 1] || a.data[at + 2] !== b.data[at + 2]) count += 1;
  }
  return count;
}

describe('the picture of a badge', () => {
  it('is the same for the same data, to the byte, drawn and as PNG', async () => {
    expect(draw()).toBe(draw());
    expect(await rasterise(draw(), 200)).toEqual(await rasterise(draw(), 200));
  });

  it('is square, as wide as asked, and clear around the seal', async () => {
    const { width, height, data } = await pixels(draw());
    expect([width, height, data[3]]).toEqual([400, 400, 0]);
  });

  it.each([
    ['the name of the recognition', { title: ' ' }],
    ['the institution', { institution: ' ' }],
    ['the foot', { footing: ' ' }],
  ])('shows %s in pixels', async (_, changes) => {
    expect(await difference(draw(), draw(changes))).toBeGreaterThan(150);
  });

  it.each([
    ['Latin', 'Compétences d’engagement œuvré'],
    ['Cyrillic', 'Устойчивое развитие'],
    ['Arabic', 'شهادة المشاركة الطلابية'],
    ['Han', '学生参与能力证书'],
    ['Hangul', '학생 참여 증명서'],
  ])('shows text in %s', async (_, title) => {
    expect(
      await difference(draw({ title, competences: [] }), draw({ title: '\u{E123}', competences: [] })),
    ).toBeGreaterThan(400);
  });

  it('is another one for another level, also without a word of it', async () => {
    const at = (reached: number) =>
      draw({ competences: [{ name: 'Travail en équipe', level: null, reached, steps: 3 }] });
    expect(await difference(at(1), at(2))).toBeGreaterThan(500);
    expect(await difference(at(2), at(3))).toBeGreaterThan(500);
    expect(await difference(at(0), at(1))).toBeGreaterThan(500);
  });

  it('wears the colours of the institution', async () => {
    const { data, width } = await pixels(draw({ colours: { primary: '#0b6e4f', accent: '#f4d35e' } }));
    const middleOfEdge = 4 * (width * Math.floor(width / 2) + 8);
    expect([...data.subarray(middleOfEdge, middleOfEdge + 3)]).toEqual([0x0b, 0x6e, 0x4f]);
  });

  it('stays readable in any colours', () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colour, colour, (primary, accent) => {
        const colours = pictureColours({ primary, accent });
        expect(contrast(colours.heading, PAPER)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(colours.soft, PAPER)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(colours.accent, colours.primary)).toBeGreaterThanOrEqual(2.4);
      }),
    );
  });

  it('counts competences there is no room for, and never hides that a scale is long', () => {
    const competences = Array.from({ length: 9 }, (_, index) => ({
      name: `Compétence ${index}`,
      level: 'Haut',
      reached: 9,
      steps: 12,
    }));
    const said: number[] = [];
    const svg = draw({
      competences,
      more: (count) => {
        said.push(count);
        return `+ ${count}`;
      },
    });
    expect(new Set(said)).toEqual(new Set([5]));
    expect(svg).toContain('Compétence 8: Haut (9/12)');
  });

  it('X1 X3 is made of shapes only, whatever the texts and colours say', () => {
    const svg = draw({
      title: HOSTILE,
      institution: HOSTILE,
      footing: HOSTILE,
      colours: { primary: `red"/><script>`, accent: 'url(https://evil.example)' },
      competences: [{ name: HOSTILE, level: HOSTILE, reached: 1, steps: 3 }],
    });
    const tags = new Set(Array.from(svg.matchAll(/<\/?([^\s/>]+)/g), ([, name]) => name));
    expect(tags).toEqual(new Set(['svg', 'title', 'path', 'circle', 'rect']));
    const attributes = new Set(
      Array.from(svg.replace(/<title>.*<\/title>/, '').matchAll(/ ([a-z:-]+)="/gi), ([, name]) => name),
    );
    expect([...attributes].filter((name) => /^on|href|style|url/i.test(name ?? ''))).toEqual([]);
    expect(svg).not.toMatch(/url\(|https:|javascript:|\u202E/);
    expect(svg).not.toContain('\u0000');
  });

  it('X8 is drawn for names of ten megabytes and of none', async () => {
    const long = 'Œ'.repeat(10_000_000);
    expect(draw({ title: long, institution: long, footing: long }).length).toBeGreaterThan(1000);
    expect((await pixels(draw({ title: '', institution: '', footing: null, competences: [] }))).width).toBe(400);
  });
});
