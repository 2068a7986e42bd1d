import { isJsonObject, type Json } from '../ports/json.js';
import type { Mistake } from '../text/mistake-messages.js';
import { SHAPE_MISTAKES, type ShapeMistakeCode } from '../text/mistake-messages-shape.js';
import { decodeUtf8, parseStrictJson, type StrictJsonLimits } from '../text/strict-json.js';

export type ReadDocument =
  | { readonly ok: true; readonly document: Json }
  | { readonly ok: false; readonly mistake: Mistake<ShapeMistakeCode> };

/** Reads bytes as UTF-8 and text as strict JSON; what stands in the way is one mistake with its line and column. */
export function readDocument(input: string | Uint8Array, limits?: StrictJsonLimits): ReadDocument {
  const decoded = typeof input === 'string' ? { ok: true as const, text: input } : decodeUtf8(input);
  if (!decoded.ok) {
    return { ok: false, mistake: { pointer: '', ...SHAPE_MISTAKES.encoding(decoded.encoding, decoded.offset) } };
  }
  const parsed = parseStrictJson(decoded.text, limits);
  if (parsed.ok) return { ok: true, document: parsed.value };
  const { pointer, line, column, detail } = parsed;
  return { ok: false, mistake: { pointer, line, column, ...SHAPE_MISTAKES.notJson(detail, line, column) } };
}

/** Where a pointer leads, as positions from the top; what is missing stands right after the head of its parent. */
function positions(pointer: string, document: Json): number[] {
  const path: number[] = [];
  let value: Json | undefined = document;
  for (const step of pointer.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    const container: Json | undefined = value;
    path.push(
      Array.isArray(container) ? Number(name) : isJsonObject(container) ? Object.keys(container).indexOf(name) : -1,
    );
    value = Array.isArray(container) ? container[Number(name)] : isJsonObject(container) ? container[name] : undefined;
  }
  return path;
}

function compare(left: readonly number[], right: readonly number[]): number {
  for (const [index, position] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (position !== other) return position - other;
  }
  return left.length - right.length;
}

/** Orders mistakes as a reader meets them in the document, each once. */
export function inDocumentOrder<M extends Mistake>(mistakes: readonly M[], document: Json): M[] {
  const unique = new Map(
    mistakes.map((mistake) => [`${mistake.pointer}\n${mistake.code}\n${mistake.message.en}`, mistake]),
  );
  return [...unique.values()]
    .map((mistake) => ({ mistake, path: positions(mistake.pointer, document) }))
    .sort((left, right) => compare(left.path, right.path))
    .map(({ mistake }) => mistake);
}
