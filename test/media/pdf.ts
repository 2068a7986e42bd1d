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
