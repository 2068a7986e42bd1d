import type { DocumentLoader } from 'jsonld';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';

/**
 * The only document loader JSON-LD libraries get here: answers pinned contexts, never the network.
 * @throws {ContextNotPinnedError} (from the loader) for every other URL.
 * @see https://www.w3.org/TR/json-ld11-api/#loaddocumentcallback
 */
export function createDocumentLoader(contexts: PinnedContexts): DocumentLoader {
  return async (url) => {
    const document = contexts.get(url);
    if (document === undefined) throw new ContextNotPinnedError(url);
    // `static` lets the library keep what it resolved: a pinned context never changes within a process.
    return { contextUrl: null, documentUrl: url, document, tag: 'static' };
  };
}
