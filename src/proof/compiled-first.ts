import type { JsonObject } from '../ports/json.js';
import { assertCanonizable } from './canonizable.js';
import type { Canonize } from './canonize.js';
import { estimateEffort, laneOf } from './canonize-effort.js';
import type { CompiledCanonize } from './compiled/compiled-canonize.js';
import type { PinnedContexts } from './pinned-contexts.js';

interface CompiledParts {
  readonly compiled: CompiledCanonize;
  readonly contexts: PinnedContexts;
}

/**
 * Canonicalisation by the compiled path where it knows the document, else by another; the answer is the same. Large
 * documents are never walked here: they go where their work is bounded.
 * @returns throws what `otherwise` throws.
 */
export function compiledFirst(otherwise: Canonize, parts: CompiledParts): Canonize {
  return async (document) => compileSmall(document, parts) ?? otherwise(document);
}

/**
 * The canonical form of a document by the compiled path; undefined for one it does not know, and for a large one.
 * @throws {UnsafeDocumentError} {@link ContextNotPinnedError} where any path refuses.
 */
export function compileSmall(document: JsonObject, { compiled, contexts }: CompiledParts): string | undefined {
  assertCanonizable(document, contexts);
  return laneOf(estimateEffort(document)) === 'quick' ? compiled(document) : undefined;
}
