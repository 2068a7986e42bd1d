import { assertCanonizable } from './canonizable.js';
import type { Canonize } from './canonize.js';
import { estimateEffort, laneOf } from './canonize-effort.js';
import type { CompiledCanonize } from './compiled/compiled-canonize.js';
import type { PinnedContexts } from './pinned-contexts.js';

/**
 * Canonicalisation by the compiled path where it knows the document, else by another; the answer is the same. Large
 * documents are never walked here: they go where their work is bounded.
 * @returns throws what `otherwise` throws.
 */
export function compiledFirst(
  otherwise: Canonize,
  { compiled, contexts }: { readonly compiled: CompiledCanonize; readonly contexts: PinnedContexts },
): Canonize {
  return async (document) => {
    assertCanonizable(document, contexts);
    const isSmall = laneOf(estimateEffort(document)) === 'quick';
    return (isSmall ? compiled(document) : undefined) ?? otherwise(document);
  };
}
