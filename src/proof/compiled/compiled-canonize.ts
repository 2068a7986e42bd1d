import type { JsonObject } from '../../ports/json.js';
import type { PinnedContexts } from '../pinned-contexts.js';
import { NotCompiledError } from './active-context.js';
import { canonicalForm } from './canonical-form.js';
import { createContextCompiler } from './compile-contexts.js';
import { documentQuads } from './document-quads.js';
import { labelBlankNodes } from './label-blank-nodes.js';

/** @returns undefined for a document the compiled path does not know: the library path has to answer. */
export type CompiledCanonize = (document: JsonObject) => string | undefined;

/**
 * The canonical N-Quads of the documents that are usual here, byte for byte what the library path gives, without its
 * detours: contexts are compiled once, the JSON is walked once, blank nodes are told apart at first sight.
 * @param sha256 of a text in UTF-8, as lower-case hexadecimal.
 * @returns takes documents that {@link assertCanonizable} let through.
 * @see https://www.w3.org/TR/rdf-canon/#canon-algo-algo
 */
export function createCompiledCanonize(options: {
  readonly contexts: PinnedContexts;
  readonly sha256: (text: string) => string;
}): CompiledCanonize {
  const contextOf = createContextCompiler(options.contexts);
  return (document) => {
    const context = contextOf(document['@context']);
    if (context === undefined) return undefined;
    try {
      const dataset = documentQuads(document, context);
      const label = labelBlankNodes(dataset, options.sha256);
      if (label === undefined) return undefined;
      return canonicalForm(dataset, label);
    } catch (error) {
      if (error instanceof NotCompiledError) return undefined;
      throw error;
    }
  };
}
