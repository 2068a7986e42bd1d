import { refuse } from './pdf-refusal.js';
import { latin1, type PdfDictionary, PdfScanner, type PdfValue, type ValueBudget } from './pdf-values.js';

/** An object of a PDF, with its place in the file. */
export interface PdfObject {
  readonly value: PdfValue;
  /** The stream's bytes as they stand in the file, not decoded; undefined where it has none. */
  readonly stream: Uint8Array | undefined;
  readonly start: number;
}

export interface PdfFile {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly root: PdfDictionary;
}

/** An attestation has fewer than 200. */
const MAX_OBJECTS = 2_000;
const MAX_VALUES = 100_000;
const HEADER = /^%PDF-1\.[4-7]\n%[^\n]{1,32}\n$/;
const TAIL = /startxref\n(\d{1,10})\n%%EOF[\r\n\t ]{0,8}$/;
const TAIL_WINDOW = 64;
const TABLE_HEAD = /^xref\n0 (\d{1,7})\n/;
const FREE_ENTRY = '0000000000 65535 f \n';
const ENTRY = /^(\d{10}) 00000 n \n$/;
const ENTRY_LENGTH = FREE_ENTRY.length;

/** Names only a file with something active in it has, as keys or as values. */
const ACTIVE: ReadonlySet<string> = new Set([
  'AA',
  'AcroForm',
  'Encrypt',
  'FileAttachment',
  'GoToE',
  'GoToR',
  'ImportData',
  'JS',
  'JavaScript',
  'Launch',
  'Movie',
  'OpenAction',
  'Rendition',
  'RichMedia',
  'Sound',
  'SubmitForm',
  'URI',
  'XFA',
]);
/** Names only another program's file has: objects packed into streams, earlier revisions. */
const FOREIGN: ReadonlySet<string> = new Set(['ObjStm', 'Prev', 'XRef', 'XRefStm']);

/**
 * Reads the structure of a PDF as this house writes them, and of no other: one revision, one plain table of objects,
 * every byte of the file in the header, in exactly one object, or in the table. A file that was changed afterwards (an
 * update at its end, a second table, bytes between objects, another program's packing) is refused, as is anything
 * active or encrypted. Nothing is inflated and nothing allocated by a length the file merely claims.
 * @throws {PdfRefusal}
 * @see ISO 32000-1, 7.5 (file structure)
 */
export function readPdf(bytes: Uint8Array): PdfFile {
  const tailStart = Math.max(0, bytes.length - TAIL_WINDOW);
  const tail = TAIL.exec(latin1(bytes.subarray(tailStart)));
  if (latin1(bytes.subarray(0, 5)) !== '%PDF-') refuse('pdf-header', 0);
  // Another program ends its files otherwise: that is no damage.
  if (tail === null) refuse(latin1(bytes.subarray(tailStart)).includes('%%EOF') ? 'changed' : 'pdf-end', bytes.length);
  const table = Number(tail[1]);
  const { places, after } = readTable(bytes, table);
  const budget = { left: MAX_VALUES };
  const trailer = readTrailer(bytes, { start: after, end: tailStart + tail.index }, budget);
  const objects = readObjects(bytes, { places, table }, budget);
  const root = dictionaryAt(objects, trailer.get('Root'));
  if (root === undefined) refuse('pdf-reference', table);
  return { objects, root };
}

function readTable(bytes: Uint8Array, table: number): { places: readonly number[]; after: number } {
  const head = TABLE_HEAD.exec(latin1(bytes.subarray(table, table + 16)));
  if (head === null) refuse('changed', table);
  const count = Number(head[1]);
  if (count > MAX_OBJECTS) refuse('pdf-too-complex', table);
  const start = table + head[0].length;
  const entry = (index: number) =>
    latin1(bytes.subarray(start + index * ENTRY_LENGTH, start + (index + 1) * ENTRY_LENGTH));
  if (count < 1 || entry(0) !== FREE_ENTRY) refuse('pdf-table', start);
  const places: number[] = [];
  for (let index = 1; index < count; index += 1) {
    const place = ENTRY.exec(entry(index));
    if (place === null) refuse('pdf-table', start + index * ENTRY_LENGTH);
    places.push(Number(place[1]));
  }
  return { places, after: start + count * ENTRY_LENGTH };
}

interface Place {
  readonly start: number;
  readonly end: number;
}

function readTrailer(bytes: Uint8Array, place: Place, budget: ValueBudget): PdfDictionary {
  const scanner = new PdfScanner(bytes, place, budget);
  scanner.expect('trailer');
  const value = scanner.value();
  scanner.skipWhite();
  if (scanner.at !== place.end || value.kind !== 'dictionary') refuse('changed', scanner.at);
  refuseNames(value, place.start);
  return value.entries;
}

/** Objects follow each other from the header up to the table, in the order of their places. */
function readObjects(
  bytes: Uint8Array,
  { places, table }: { readonly places: readonly number[]; readonly table: number },
  budget: ValueBudget,
): ReadonlyMap<number, PdfObject> {
  const ordered = places.map((start, index) => ({ start, number: index + 1 })).sort((a, b) => a.start - b.start);
  const first = ordered[0]?.start ?? table;
  if (!HEADER.test(latin1(bytes.subarray(0, Math.min(first, 64)))) || first > 64) refuse('changed', 0);
  const objects = new Map<number, PdfObject>();
  ordered.forEach(({ start, number }, index) => {
    const end = ordered[index + 1]?.start ?? table;
    objects.set(number, readObject(bytes, { start, end, number }, budget));
  });
  return objects;
}

function readObject(
  bytes: Uint8Array,
  { start, end, number }: Place & { readonly number: number },
  budget: ValueBudget,
): PdfObject {
  const scanner = new PdfScanner(bytes, { start, end }, budget);
  for (const word of [String(number), '0', 'obj']) scanner.expect(word);
  const value = scanner.value();
  refuseNames(value, start);
  const beforeWord = scanner.at;
  let stream: Uint8Array | undefined;
  let word = scanner.word();
  if (word === 'stream') {
    const length = value.kind === 'dictionary' ? value.entries.get('Length') : undefined;
    if (length?.kind !== 'number' || scanner.peek() !== 0x0a) refuse('pdf-stream', beforeWord);
    const dataStart = scanner.at + 1;
    const dataEnd = dataStart + length.value;
    if (!Number.isSafeInteger(dataEnd) || length.value < 0 || dataEnd > end) refuse('pdf-stream', beforeWord);
    stream = bytes.subarray(dataStart, dataEnd);
    scanner.at = dataEnd;
    scanner.expect('endstream');
    word = scanner.word();
  }
  if (word !== 'endobj') refuse('pdf-object', beforeWord);
  scanner.skipWhite();
  if (scanner.at !== end) refuse('changed', scanner.at);
  return { value, stream, start };
}

function refuseNames(value: PdfValue, at: number): void {
  const check = (name: string) => {
    if (ACTIVE.has(name)) refuse('active', at);
    if (FOREIGN.has(name)) refuse('changed', at);
  };
  if (value.kind === 'name') check(value.name);
  else if (value.kind === 'array') for (const item of value.items) refuseNames(item, at);
  else if (value.kind === 'dictionary') {
    for (const [key, item] of value.entries) {
      check(key);
      refuseNames(item, at);
    }
  }
}

/** A dictionary that stands there, or in the object it refers to. */
export function dictionaryAt(
  objects: ReadonlyMap<number, PdfObject>,
  value: PdfValue | undefined,
): PdfDictionary | undefined {
  const found = value?.kind === 'reference' ? objects.get(value.object)?.value : value;
  return found?.kind === 'dictionary' ? found.entries : undefined;
}
