import { DomainError } from '../ports/error.js';
import type { JsonObject } from '../ports/json.js';

/** The JSON-LD contexts this process signs and verifies with; no other context exists for it. */
export interface PinnedContexts {
  /** The context document (an object with a member `@context`); undefined when the URL is not pinned. */
  get(url: string): JsonObject | undefined;
  /** Every pinned URL, in the order they were given. */
  urls(): readonly string[];
}

/**
 * @param documents context documents by URL. One process uses one set: the JSON-LD library remembers what it made of a
 * URL.
 */
export function createPinnedContexts(documents: ReadonlyMap<string, JsonObject>): PinnedContexts {
  const pinned = new Map(documents);
  return {
    get: (url) => pinned.get(url),
    urls: () => [...pinned.keys()],
  };
}

/** A document names a context that is not pinned. Nothing was fetched. */
export class ContextNotPinnedError extends DomainError {
  override readonly code = 'context-not-pinned';
  readonly url: string;

  constructor(url: string) {
    super(`the context ${url} is not pinned`);
    this.url = url;
  }
}
