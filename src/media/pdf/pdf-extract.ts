import type { PdfDamage } from '../../text/pdf-damage.js';
import { decodeUtf8 } from '../../text/utf8.js';
import { dictionaryAt, type PdfFile, type PdfObject, readPdf } from './pdf-reader.js';
import { PdfRefusal } from './pdf-refusal.js';
import type { PdfDictionary, PdfValue } from './pdf-values.js';

/**
 * What came of looking for a badge in a PDF. Only the attachment was read: what is printed on the page proves nothing.
 * - `none`, `several`: no file is attached, or more than one, so that none can be relied on;
 * - `changed`: the file is not as this house wrote it: updated, saved by another program, or never ours;
 * - `active`: it is encrypted, or holds scripts, forms or media, which no attestation does.
 */
export type PdfExtraction =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: 'none' | 'several' | 'changed' | 'active' }
  | {
      readonly ok: false;
      readonly problem: 'damaged';
      readonly damage: PdfDamage;
      /** Where it shows, in bytes. */
      readonly offset: number;
    };

/**
 * Takes the signed badge out of an attestation, byte for byte: the one file attached to it, which the catalogue's list
 * of files and its list of associated files both name. Never throws, and takes time linear in the length of the file.
 * @see ISO 32000-1, 7.11.4 (embedded file streams)
 */
export function extractFromPdf(bytes: Uint8Array): PdfExtraction {
  try {
    return extract(readPdf(bytes));
  } catch (error) {
    if (!(error instanceof PdfRefusal)) throw error;
    const { reason, at } = error;
    return reason === 'changed' || reason === 'active'
      ? { ok: false, problem: reason }
      : { ok: false, problem: 'damaged', damage: reason, offset: at };
  }
}

function extract({ objects, root }: PdfFile): PdfExtraction {
  const files = [...objects].filter(([, { value }]) => typeOf(value) === 'EmbeddedFile');
  const specifications = [...objects].filter(([, { value }]) => typeOf(value) === 'Filespec');
  const [file] = files;
  const [specification] = specifications;
  if (files.length > 1 || specifications.length > 1) return { ok: false, problem: 'several' };
  if (file === undefined || specification === undefined) return { ok: false, problem: 'none' };
  const [number, { value, stream, start }] = file;
  const attached = namesOnly(objects, root, specification[0]) && holdsOnly(objects, specification[1], number);
  // A filter would mean inflating what a stranger sent; ours are stored as they are.
  if (!attached || value.kind !== 'dictionary' || value.entries.has('Filter') || stream === undefined) {
    return { ok: false, problem: 'changed' };
  }
  const decoded = decodeUtf8(stream);
  // A byte-order mark is part of the text here, and no part of a badge.
  const marked = stream[0] === 0xef && stream[1] === 0xbb && stream[2] === 0xbf;
  if (decoded.ok && !marked) return { ok: true, text: decoded.text };
  return { ok: false, problem: 'damaged', damage: 'pdf-credential-not-utf-8', offset: start };
}

function typeOf(value: PdfValue): string | undefined {
  const type = value.kind === 'dictionary' ? value.entries.get('Type') : undefined;
  return type?.kind === 'name' ? type.name : undefined;
}

/** Do both lists of the catalogue name this file specification, and nothing else? */
function namesOnly(objects: ReadonlyMap<number, PdfObject>, root: PdfDictionary, specification: number): boolean {
  const names = dictionaryAt(objects, root.get('Names'));
  const tree = dictionaryAt(objects, names?.get('EmbeddedFiles'));
  const listed = tree?.get('Names');
  const associated = root.get('AF');
  return (
    tree?.size === 1 &&
    listed?.kind === 'array' &&
    listed.items.length === 2 &&
    listed.items[0]?.kind === 'string' &&
    refersTo(listed.items[1], specification) &&
    associated?.kind === 'array' &&
    associated.items.length === 1 &&
    refersTo(associated.items[0], specification)
  );
}

function holdsOnly(objects: ReadonlyMap<number, PdfObject>, { value }: PdfObject, file: number): boolean {
  const embedded = value.kind === 'dictionary' ? dictionaryAt(objects, value.entries.get('EF')) : undefined;
  return embedded?.size === 1 && refersTo(embedded.get('F'), file);
}

function refersTo(value: PdfValue | undefined, object: number): boolean {
  return value?.kind === 'reference' && value.object === object;
}
