import type { Json } from '../ports/json.js';
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

/** Orders mistakes as a reader meets them in the document, each once. */
export function inDocumentOrder<M extends Mistake>(mistakes: readonly M[], document: Json): M[] {
  const places = new Map<string, number>();
  const visit = (value: Json, pointer: string): void => {
    places.set(pointer, places.size);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) {
      visit(member, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  };
  visit(document, '');
  const rank = (pointer: string): number => {
    const own = places.get(pointer);
    // A missing member is told where its parent stands.
    return own ?? rank(pointer.slice(0, Math.max(0, pointer.lastIndexOf('/'))));
  };
  const unique = new Map(
    mistakes.map((mistake) => [`${mistake.pointer}\n${mistake.code}\n${mistake.message.en}`, mistake]),
  );
  return [...unique.values()].sort((left, right) => rank(left.pointer) - rank(right.pointer));
}
