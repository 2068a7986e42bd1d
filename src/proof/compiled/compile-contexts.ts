import { isJsonObject, type Json } from '../../ports/json.js';
import type { PinnedContexts } from '../pinned-contexts.js';
import { type ActiveContext, NotCompiledError } from './active-context.js';
import { defineTerms } from './define-terms.js';

/** More contexts than this, in one document, are for the library path. */
const MAX_CONTEXTS = 16;
/** Compositions of contexts kept; the first made goes first. */
const MAX_KEPT = 64;

const NOTHING: ActiveContext = {
  terms: new Map(),
  aliases: { id: [], type: [] },
  previous: undefined,
  next: new Map(),
};

/** The active context a document starts with; undefined for a composition that is not compiled. */
export type ContextCompiler = (context: Json | undefined) => ActiveContext | undefined;

/** @param contexts never change within a process: each composition of them is compiled once. */
export function createContextCompiler(contexts: PinnedContexts): ContextCompiler {
  const kept = new Map<string, ActiveContext | undefined>();

  function compile(urls: readonly string[]): ActiveContext | undefined {
    try {
      return urls.reduce((active, url) => afterUrl(active, url, contexts), NOTHING);
    } catch (error) {
      if (error instanceof NotCompiledError) return undefined;
      throw error;
    }
  }

  return (context) => {
    const urls = Array.isArray(context) ? context : [context];
    if (urls.length > MAX_CONTEXTS || !urls.every((url) => typeof url === 'string')) return undefined;
    const key = urls.join(' ');
    if (kept.has(key)) return kept.get(key);
    const compiled = compile(urls);
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(key, compiled);
    return compiled;
  };
}

function afterUrl(active: ActiveContext, url: string, contexts: PinnedContexts): ActiveContext {
  const body = contexts.get(url)?.['@context'];
  if (body === undefined) throw new NotCompiledError(`the context ${url}`);
  return (Array.isArray(body) ? body : [body]).reduce<ActiveContext>((before, local) => {
    if (!isJsonObject(local)) throw new NotCompiledError(`a context within ${url}`);
    return defineTerms(before, local, { overridesProtected: false, previous: undefined });
  }, active);
}
