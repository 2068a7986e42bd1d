import { beforeAll, describe, expect, it } from 'vitest';
import { layOut } from '../../src/media/pdf/paragraph.js';
import { PAGE, writeTaggedPage } from '../../src/media/pdf/tagged-document.js';
import { createTextMeasure } from '../../src/media/pdf/text-measure.js';
import { createTypefaces, type Typefaces } from '../../src/media/pdf/typefaces.js';
import { shapeRun } from '../../src/media/text-runs.js';
import { readDocumentFont } from '../../src/platform/document-fonts.js';
import { flatten, inflated, linesOf, tagsOf, withPdf } from '../support/read-pdf.js';

const CREATED = Date.parse('2026-11-22T10:00:00Z');
const openTypefaces = createTypefaces(readDocumentFont);

const TEXTS = {
  latin: 'L’étudiante a su coordonner l’équipe d’accueil, efficacement',
  ligatures: 'office, fiction, affluent',
  vietnamese: 'Nguyễn Thị Phương Thảo',
  cyrillic: 'Оксана Шевченко',
  greek: 'Ελένη Παπαδοπούλου',
  arabic: 'محمد أمين بن سعيد',
  'arabic with the ligature of lam and alef': 'السلام عليكم لا إله',
  'arabic with vowel signs': 'مُحَمَّد',
  'arabic among latin letters': 'Cours de الأدب العربي à Paris',
  han: '王晓明 张佳怡',
  japanese: '田中 由紀 タナカ ゆき',
  hangul: '김민준 이서연',
} as const;

/** The face Arabic is set in. */
function arabic() {
  const font = typefaces.chains.serif.find((open) => open.font.nominalGlyph(0x0645) !== undefined);
  if (font === undefined) throw new Error('no font for Arabic was opened');
  return font;
}

/** A page with each text as a paragraph of its own. */
async function pageOf(texts: readonly string[], created = CREATED): Promise<Uint8Array> {
  const typefaces = await openTypefaces(texts);
  const measure = createTextMeasure();
  const badge = {
    name: 'badge.json',
    bytes: new TextEncoder().encode('{"été":"()\\\\"}'),
    mediaType: 'application/vc+ld+json',
    description: 'Le badge signé',
  };
  return writeTaggedPage(
    { title: 'Titre & <essai> – 王', author: 'Université', language: 'fr', created },
    [badge],
    ({ root, decorate }) => {
      decorate((canvas) => canvas.fill({ x: 0, y: 0, width: PAGE.width, height: 9 }, { colour: '#1d3a63' }));
      texts.forEach((text, index) => {
        const style = { fonts: typefaces.chains.serif, size: 14, leading: 1.4, colour: '#000000' };
        const paragraph = layOut(typefaces.settable(text), { style, width: 450, measure });
        root.show('P', (canvas) => canvas.text(paragraph, { x: 60, y: 40 + index * 45, width: 450 }));
      });
      const box = { x: 60, y: 700, width: 60, height: 60 };
      root.show('Figure', (canvas) => canvas.fill(box, { colour: '#a8873f' }), { alt: 'Un carré', box });
    },
  );
}

let page: Uint8Array;
let typefaces: Typefaces;
beforeAll(async () => {
  page = await pageOf(Object.values(TEXTS));
  typefaces = await openTypefaces(Object.values(TEXTS));
}, 120_000);

describe('a tagged page', () => {
  it.each(Object.entries(TEXTS))('gives %s text back as it was written, in the order it is read', async (_, text) => {
    expect(await linesOf(page)).toContain(text);
  });

  it('shows letters of Arabic joined, and words from right to left', async () => {
    const text = TEXTS.arabic;
    const paragraph = layOut(text, {
      style: { fonts: typefaces.chains.serif, size: 10, leading: 1, colour: '#000000' },
      width: 400,
      measure: createTextMeasure(),
    });
    expect(paragraph.direction).toBe('rtl');
    const [line] = paragraph.lines;
    // Four words, one run, and no letter in the shape it has alone.
    expect(line?.runs.map(({ text: shown }) => shown)).toEqual([text]);
    const alone = (letter: string) => shapeRun({ text: letter, font: arabic(), level: 1 }).map(({ id }) => id);
    const joined = shapeRun({ text: 'محمد', font: arabic(), level: 1 }).map(({ id }) => id);
    expect(joined).toHaveLength(4);
    expect(joined.slice(1)).not.toEqual(['م', 'ح', 'م'].flatMap(alone));
    // From left to right the last word comes first.
    const glyphs = line?.runs.flatMap(shapeRun).map(({ text: shown }) => shown) ?? [];
    expect(glyphs.slice(0, 4)).toEqual(['د', 'ي', 'ع', 'س']);
  });

  it('says of lines that run from right to left how they are read, for readers that go by that', () => {
    const utf16 = Buffer.from(`\uFEFF${TEXTS.arabic}`, 'utf16le').swap16().toString('latin1');
    const escaped = utf16
      .replaceAll(/[\\()]/g, '\\$&')
      .replaceAll('\n', '\\n')
      .replaceAll('\r', '\\r');
    expect(inflated(page)).toContain(`/ActualText (${escaped})`);
  });

  it('is tagged in reading order, with language, shown title and a text for its figure', async () => {
    const tags = await tagsOf(page);
    expect(flatten(tags).map(({ role }) => role)).toEqual([
      'Root',
      'Document',
      ...Object.keys(TEXTS).map(() => 'P'),
      'Figure',
    ]);
    expect(flatten(tags).at(-1)?.alt).toBe('Un carré');
    await withPdf(page, async (_, document) => {
      expect(document.numPages).toBe(1);
      const { info, metadata } = await document.getMetadata();
      expect(info).toMatchObject({ Title: 'Titre & <essai> – 王', Language: 'fr', PDFFormatVersion: '1.7' });
      expect(metadata.get('dc:title')).toBe('Titre & <essai> – 王');
      expect(metadata.get('pdfuaid:part')).toBe('1');
      expect([metadata.get('pdfaid:part'), metadata.get('pdfaid:conformance')]).toEqual(['3', 'A']);
      expect(await document.getMarkInfo()).toMatchObject({ Marked: true });
      expect(await document.getViewerPreferences()).toMatchObject({ DisplayDocTitle: true });
    });
  });

  it('embeds every font it uses, and of each only the glyphs it uses', () => {
    const text = inflated(page);
    const fonts = [...text.matchAll(/\/BaseFont \/([A-Z]{6}\+\S+)\n\/Encoding \/Identity-H/g)].map(([, name]) => name);
    expect(fonts.map((name) => name?.slice(7)).sort()).toEqual([
      'NanumGothic',
      'NotoNaskhArabic',
      'NotoSansSC-Regular',
      'NotoSerif-Regular',
    ]);
    expect(text.match(/\/FontFile2 /g)).toHaveLength(fonts.length);
    expect(text).not.toMatch(/\/(Helvetica|Times|Courier)/);
    expect(page.length).toBeLessThan(90_000);
  });

  it('carries the attached file byte for byte, named as its source data', async () => {
    await withPdf(page, async (_, document) => {
      const files: Record<string, { content: Uint8Array }> = await document.getAttachments();
      expect(Object.keys(files)).toEqual(['badge.json']);
      expect(new TextDecoder().decode(files['badge.json']?.content)).toBe('{"été":"()\\\\"}');
    });
    const text = Buffer.from(page).toString('latin1');
    expect(text).toContain('/AFRelationship /Data');
    expect(text).toContain('/Subtype /application#2Fvc+ld+json');
    expect(text).toMatch(/\/AF \[\d+ 0 R\]/);
  });

  it('is the same, byte for byte, for the same input', async () => {
    expect(await pageOf(Object.values(TEXTS))).toEqual(page);
    expect(await pageOf(Object.values(TEXTS), CREATED + 60_000)).not.toEqual(page);
  });

  it('X1 X8 takes no text for anything but text', async () => {
    const hostile = [
      '"><img src=x onerror=alert(1)> </script><script>',
      '(Tj) ET /JS << >> endstream endobj \\ %PDF',
      `{{7*7}} $\{7*7} <iframe src=file:///etc/passwd>`,
    ];
    const bytes = await pageOf(hostile);
    expect(await linesOf(bytes)).toEqual(hostile);
    await withPdf(bytes, async (first, document) => {
      expect(await document.getJSActions()).toBeNull();
      expect(await first.getAnnotations()).toEqual([]);
    });
  });

  it('writes out what would turn text round, and what no font has', async () => {
    const lines = await linesOf(await pageOf(['abc\u202Edef', 'fête 🎓 \u{13000}']));
    expect(lines).toEqual(['abc[U+202E]def', 'fête [U+1F393] [U+13000]']);
  });
});

describe('a paragraph', () => {
  const style = () => ({ fonts: typefaces.chains.sans, size: 10, leading: 1.4, colour: '#000000' });
  const set = (text: string, width: number, maxLines?: number) =>
    layOut(text, {
      style: style(),
      width,
      measure: createTextMeasure(),
      ...(maxLines === undefined ? {} : { maxLines }),
    });

  it('fits every line into its width, whatever the text', () => {
    for (const text of [
      'a'.repeat(3_000),
      'été '.repeat(500),
      '王晓明'.repeat(400),
      `https://x.example/${'y/'.repeat(300)}`,
    ]) {
      const { lines } = set(text, 120);
      expect(Math.max(...lines.map(({ width }) => width))).toBeLessThanOrEqual(120.01);
      expect(
        lines
          .map((line) => line.text)
          .join('')
          .replaceAll(/\s/g, ''),
      ).toBe(text.replaceAll(/\s/g, ''));
    }
  });

  it('ends in an ellipsis where lines are left out, and says so', () => {
    const { lines, cut } = set('un deux trois quatre cinq six sept huit neuf dix onze douze', 80, 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]?.text).toMatch(/…$/);
    expect(lines[1]?.width).toBeLessThanOrEqual(80.01);
    expect(cut).toBe(true);
    expect(set('court', 80, 2)).toMatchObject({ cut: false });
  });

  it('X8 looks at a bounded part of a text of ten million letters', () => {
    const { lines, cut } = set('nom '.repeat(2_500_000), 300, 3);
    expect(lines).toHaveLength(3);
    expect(cut).toBe(true);
  });
});
