import { type AttachedFile, writeTaggedPage } from '../../src/media/pdf/tagged-document.js';

/** A file as a badge is attached: its text in UTF-8. */
export function attached(text: string, name = 'badge.json'): AttachedFile {
  return {
    name,
    bytes: new TextEncoder().encode(text),
    mediaType: 'application/vc+ld+json',
    description: 'Le badge signé',
  };
}

/** A document of ours, without a text on its page: what is read is the files it carries. */
export function pdfWith(...files: readonly AttachedFile[]): Promise<Uint8Array> {
  const created = Date.parse('2026-11-22T10:00:00Z');
  return writeTaggedPage({ title: 'Essai', author: 'Université', language: 'fr', created }, files, ({ decorate }) =>
    decorate((canvas) => canvas.fill({ x: 0, y: 0, width: 10, height: 10 }, { colour: '#000000' })),
  );
}

/** The bytes as text, one character each. */
export function latin1Of(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

export function bytesOf(latin1: string): Uint8Array {
  return new Uint8Array(Buffer.from(latin1, 'latin1'));
}

/** Writes the table of objects anew, from where the objects are now, as a program would that changed them. */
export function withTable(changed: string): Uint8Array {
  const body = changed.slice(0, Math.max(0, changed.lastIndexOf('xref\n0 ')));
  const trailer = changed.slice(changed.lastIndexOf('trailer'), changed.lastIndexOf('startxref'));
  const places = new Map(
    [...body.matchAll(/(^|\n)(\d{1,3}) 0 obj\n/g)].map(({ 1: before, 2: number, index }) => [
      Number(number),
      index + (before ?? '').length,
    ]),
  );
  const count = Math.max(0, ...places.keys()) + 1;
  const entries = Array.from(
    { length: count - 1 },
    (_, index) => `${String(places.get(index + 1) ?? 0).padStart(10, '0')} 00000 n \n`,
  );
  const table = `xref\n0 ${count}\n0000000000 65535 f \n${entries.join('')}`;
  return bytesOf(`${body}${table}${trailer}startxref\n${body.length}\n%%EOF\n`);
}
