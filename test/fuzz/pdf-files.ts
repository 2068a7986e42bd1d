import fc from 'fast-check';
import { extractFromPdf } from '../../src/media/pdf/pdf-extract.js';
import { readInput } from '../../src/verification/inputs/read-input.js';
import { attached, latin1Of, pdfWith, withTable } from '../media/pdf.js';
import { bytesNear } from './mutations.js';
import type { FuzzTarget } from './target.js';

const PDFS = [
  await pdfWith(attached('{"name":"Zoé (\\\\) endstream endobj"}')),
  await pdfWith(attached('{}'), attached('{"second":1}', 'second.json')),
];

const TOKENS = [
  '<<',
  '>>',
  '[',
  ']',
  '(',
  ')',
  '<',
  '/',
  '#41',
  ' 0 R',
  '\nendobj\n',
  '1 0 obj\n',
  'stream\n',
  '\nendstream',
  '/Length 99999999999',
  '/Length -1',
  '/Type /EmbeddedFile',
  '/Filter /FlateDecode',
  '/OpenAction ',
  '/Prev 9\n',
  'xref\n0 1\n',
  'trailer\n<<\n',
  'startxref\n0\n%%EOF\n',
  '%',
  '\\',
  '1e9',
  '\0',
].map((token) => new TextEncoder().encode(token));

/** A badge that comes out stands in the file as it came out, and the same file gives the same answer. */
function holds(bytes: Uint8Array): boolean {
  const found = extractFromPdf(bytes);
  readInput(bytes);
  return !found.ok || latin1Of(bytes).includes(Buffer.from(found.text, 'utf8').toString('latin1'));
}

/** PDFs as somebody hands them in. */
export const PDF_FILES: readonly FuzzTarget[] = [
  { name: 'pdf attachment', property: fc.property(bytesNear(PDFS, TOKENS), holds) },
  {
    name: 'pdf attachment, table mended',
    property: fc.property(
      bytesNear(PDFS, TOKENS).map((bytes) => withTable(latin1Of(bytes))),
      holds,
    ),
  },
];
