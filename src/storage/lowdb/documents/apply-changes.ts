import type { StoredDocument } from '../../../ports/documents.js';
import type { StoreLimits } from '../limits.js';
import type { Manifest } from './partition-content.js';

/** What a transaction leaves: `undefined` deletes. `fresh`: it did not exist, or was deleted and written again. */
export type DocumentChange = { readonly document: StoredDocument; readonly fresh: boolean } | undefined;

export type PartList = Manifest['parts'];

/**
 * The documents of every part that changes touch, as they are to be, by part. A document keeps its place; fresh ones
 * go behind all others, into a new part where the last is full. Parts are never dropped, only emptied.
 * @param options.read the documents of a part, none for one that does not exist.
 */
export async function applyChanges(options: {
  readonly parts: PartList;
  readonly changes: ReadonlyMap<string, DocumentChange>;
  readonly read: (number: number) => Promise<readonly StoredDocument[]>;
  readonly limits: StoreLimits;
}): Promise<Map<number, StoredDocument[]>> {
  const { parts, changes, read, limits } = options;
  const contents = new Map<number, StoredDocument[]>();
  const partOf = new Map(parts.flatMap((part, number) => part.ids.map((id) => [id, number] as const)));
  for (const number of new Set([...changes.keys()].flatMap((id) => partOf.get(id) ?? []))) {
    contents.set(
      number,
      (await read(number)).flatMap((document) => afterChange(document, changes)),
    );
  }
  let last = Math.max(0, parts.length - 1);
  let length = parts[last]?.length ?? 0;
  for (const change of changes.values()) {
    if (change === undefined || !change.fresh) continue;
    const tail = contents.get(last) ?? [...(await read(last))];
    contents.set(last, tail);
    const size = JSON.stringify(change.document).length;
    if (tail.length >= limits.partDocuments || (tail.length > 0 && length + size > limits.partLength)) {
      last += 1;
      length = 0;
      contents.set(last, [change.document]);
    } else {
      tail.push(change.document);
    }
    length += size;
  }
  return contents;
}

/** What stands in a document's place: itself, its next version, or nothing. */
function afterChange(document: StoredDocument, changes: ReadonlyMap<string, DocumentChange>): StoredDocument[] {
  if (!changes.has(document.id)) return [document];
  const change = changes.get(document.id);
  return change === undefined || change.fresh ? [] : [change.document];
}
