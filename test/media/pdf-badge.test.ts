import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { extractFromPdf } from '../../src/media/pdf/pdf-extract.js';
import { attached, bytesOf, pdfWith, latin1Of as text, withTable } from './pdf.js';

const BADGE = '{"id":"urn:uuid:1","name":"Été (\\\\) 王"}';

let ours: Uint8Array;
beforeAll(async () => {
  ours = await pdfWith(attached(BADGE));
}, 120_000);

/** The file with a piece of text put for another, and its table of objects made right again. */
function rewritten(search: string, replacement: string): Uint8Array {
  expect(text(ours)).toContain(search);
  return withTable(text(ours).replace(search, () => replacement));
}

describe('a badge attached to a PDF of ours', () => {
  it('comes out byte for byte', () => {
    expect(extractFromPdf(ours)).toEqual({ ok: true, text: BADGE });
  });

  it('is read however often the table is written anew', () => {
    expect(extractFromPdf(withTable(text(ours)))).toEqual({ ok: true, text: BADGE });
  });

  it('comes out for any text at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }), async (content) => {
        fc.pre(!content.startsWith('\uFEFF'));
        expect(extractFromPdf(await pdfWith(attached(content)))).toEqual({ ok: true, text: content });
      }),
      { numRuns: 25 },
    );
  });

  it('is what the file holds, whatever the page shows: an exchanged attachment is read and left to verification', () => {
    const other = BADGE.replace('uuid:1', 'uuid:2');
    const latin1 = (json: string) => Buffer.from(json, 'utf8').toString('latin1');
    expect(extractFromPdf(rewritten(latin1(BADGE), latin1(other)))).toEqual({ ok: true, text: other });
  });
});

describe('a PDF without exactly one badge', () => {
  it('has none, or several, and none is chosen', async () => {
    expect(extractFromPdf(await pdfWith())).toEqual({ ok: false, problem: 'none' });
    expect(extractFromPdf(await pdfWith(attached(BADGE), attached('{}', 'other.json')))).toEqual({
      ok: false,
      problem: 'several',
    });
  });

  it('may hide a second file that no list names: it is several all the same', () => {
    const hidden = '\n999 0 obj\n<<\n/Type /EmbeddedFile\n/Length 2\n>>\nstream\n{}\nendstream\nendobj\n';
    const body = text(ours).replace('xref\n0 ', () => `${hidden.slice(1)}xref\n0 `);
    const bytes = withTable(body.replaceAll('999 0 obj', `${countOf(ours)} 0 obj`));
    expect(extractFromPdf(bytes)).toEqual({ ok: false, problem: 'several' });
  });

  it('may name the file in one list and not in the other: it is not as we write it', () => {
    expect(extractFromPdf(rewritten('/AF [', '/XX ['))).toEqual({ ok: false, problem: 'changed' });
    expect(extractFromPdf(rewritten('/EmbeddedFiles', '/EmbeddedFilez'))).toEqual({ ok: false, problem: 'changed' });
  });
});

function countOf(bytes: Uint8Array): number {
  return Number(/xref\n0 (\d+)\n/.exec(text(bytes))?.[1]);
}

describe('a PDF that was changed after it was made', () => {
  /** Appends a revision that puts another file in the place of the badge, as programs do that save changes. */
  function updated(bytes: Uint8Array): Uint8Array {
    const file = text(bytes);
    const object = /(\d+) 0 obj\n<<\n\/Type \/EmbeddedFile/.exec(file)?.[1] ?? '0';
    const previous = /startxref\n(\d+)/.exec(file)?.[1];
    const root = /\/Root (\d+ 0 R)/.exec(file)?.[1];
    const revision = `${object} 0 obj\n<<\n/Type /EmbeddedFile\n/Length 2\n>>\nstream\n{}\nendstream\nendobj\n`;
    const place = String(file.length).padStart(10, '0');
    return bytesOf(
      `${file}${revision}xref\n${object} 1\n${place} 00000 n \ntrailer\n<<\n/Size ${countOf(bytes)}\n/Root ${root}\n/Prev ${previous}\n>>\nstartxref\n${file.length + revision.length}\n%%EOF\n`,
    );
  }

  it('is refused when a revision was added, which viewers would show instead', () => {
    expect(extractFromPdf(updated(ours))).toEqual({ ok: false, problem: 'changed' });
  });

  it('is refused when an older revision lies unused between the objects', () => {
    const dead = '\n9999 0 obj\n<<\n/Type /EmbeddedFile\n/Length 2\n>>\nstream\n{}\nendstream\nendobj\n';
    const file = text(ours);
    const table = file.lastIndexOf('xref\n0 ');
    const start = Number(/startxref\n(\d+)/.exec(file)?.[1]);
    const bytes = `${file.slice(0, table)}${dead.slice(1)}${file.slice(table).replace(`startxref\n${start}`, `startxref\n${start + dead.length - 1}`)}`;
    expect(extractFromPdf(bytesOf(bytes))).toEqual({ ok: false, problem: 'changed' });
  });

  it.each([
    ['another program’s line ends', (file: string) => file.replace(/%%EOF\n$/, '\r\n%%EOF\r\n')],
    ['bytes after its end', (file: string) => `${file}<html>`],
    ['bytes before its beginning', (file: string) => `GIF89a${file}`],
    ['a comment between objects', (file: string) => text(withTable(file.replace('endobj\n', 'endobj\n%hidden\n')))],
    [
      'an earlier revision named in its trailer',
      (file: string) => file.replace('trailer\n<<', 'trailer\n<<\n/Prev 10'),
    ],
    [
      'objects packed into a stream',
      (file: string) => text(withTable(file.replace('/Type /Filespec', '/Type /ObjStm '))),
    ],
    [
      'its attachment compressed',
      (file: string) =>
        text(withTable(file.replace('/Type /EmbeddedFile', '/Filter /FlateDecode\n/Type /EmbeddedFile'))),
    ],
  ])('is refused when it has %s', (_, change) => {
    const result = extractFromPdf(bytesOf(change(text(ours))));
    expect(result.ok).toBe(false);
    expect(['changed', 'damaged']).toContain(result.ok ? '' : result.problem);
  });
});

describe('a PDF that does something', () => {
  it.each([
    '/OpenAction 5 0 R',
    '/AA <<\n>>',
    '/AcroForm <<\n>>',
    '/JS (app.alert\\(1\\))',
    '/Perms << /Encrypt true >>',
    '/S /Launch',
    '/J#53 true',
  ])('is refused for %s', (entry) => {
    expect(extractFromPdf(rewritten('/Type /Catalog', `/Type /Catalog\n${entry}`))).toEqual({
      ok: false,
      problem: 'active',
    });
  });

  it('is refused when it is encrypted', () => {
    const file = text(ours).replace('trailer\n<<', 'trailer\n<<\n/Encrypt 5 0 R');
    expect(extractFromPdf(bytesOf(file))).toEqual({ ok: false, problem: 'active' });
  });
});

describe('a damaged PDF', () => {
  it.each([
    ['pdf-duplicate', () => rewritten('/Type /Catalog', '/Type /Catalog\n/Type /Catalog')],
    ['pdf-stream', () => rewritten(`/Length ${new TextEncoder().encode(BADGE).length}\n`, '/Length 999999\n')],
    ['pdf-stream', () => rewritten(`/Length ${new TextEncoder().encode(BADGE).length}\n`, '/Length -1\n')],
    ['pdf-too-complex', () => rewritten('/Type /Catalog', `/Type /Catalog\n/X ${'['.repeat(100_000)}`)],
    ['pdf-value', () => rewritten('/Type /Catalog', '/Type /Catalog\n/X (((')],
    ['pdf-value', () => rewritten('/Type /Catalog', '/Type /Catalog\n/X 1e400')],
    ['pdf-table', () => bytesOf(text(ours).replace('0000000000 65535 f', '0000000001 65535 f'))],
    ['pdf-too-complex', () => bytesOf(text(ours).replace(/xref\n0 \d+/, 'xref\n0 9999999'))],
    ['pdf-reference', () => bytesOf(text(ours).replace(/\/Root \d+ 0 R/, '/Root 1999 0 R'))],
    ['pdf-end', () => ours.subarray(0, ours.length - 20)],
    ['pdf-end', () => bytesOf('%PDF-1.7')],
    ['pdf-header', () => bytesOf(text(ours).replace('%PDF-', '%FDF-'))],
  ])('says %s, and where', (damage, damaged) => {
    expect(extractFromPdf(damaged())).toMatchObject({
      ok: false,
      problem: 'damaged',
      damage,
      offset: expect.any(Number),
    });
  });

  it('never yields a badge cut short anywhere, and never throws', () => {
    for (let length = 0; length < ours.length; length += 37) {
      expect(extractFromPdf(ours.subarray(0, length)).ok).toBe(false);
    }
  });

  it('never throws, and yields nothing but the attachment, whatever bytes are changed', () => {
    const inside = (bytes: Uint8Array) => {
      const result = extractFromPdf(bytes);
      return !result.ok || text(bytes).includes(Buffer.from(result.text, 'utf8').toString('latin1'));
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(ours.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const bytes = Uint8Array.from(ours);
          for (const [at, value] of changes) bytes[at] = value;
          expect(inside(bytes)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => !extractFromPdf(bytes).ok),
      {
        numRuns: 200,
      },
    );
  });

  it('is given up on, or read in time linear in its length: two megabytes of brackets, names, digits', () => {
    for (const filling of ['[', '<<', '/A', '1 ', '(', '%', 'obj ', ' ', '1 0 R ']) {
      const body = `%PDF-1.7\n%\xff\xff\xff\xff\n1 0 obj\n[${filling.repeat(Math.floor(2_000_000 / filling.length))}`;
      const bytes = bytesOf(
        `${body}xref\n0 2\n0000000000 65535 f \n0000000015 00000 n \ntrailer\n<<\n/Root 1 0 R\n>>\nstartxref\n${body.length}\n%%EOF\n`,
      );
      expect(extractFromPdf(bytes).ok).toBe(false);
    }
  }, 120_000);
});
