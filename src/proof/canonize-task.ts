import { isJsonObject } from '../ports/json.js';
import { canonize } from './canonize.js';
import { DocumentTooComplexError, UnsafeDocumentError, type UnsafeReason } from './canonize-errors.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';

/** What canonicalisation came to, in a form that crosses between threads: errors would lose their class there. */
export type CanonizeOutcome =
  | { readonly outcome: 'canonical'; readonly text: string }
  | { readonly outcome: 'context-not-pinned'; readonly url: string }
  | { readonly outcome: 'too-complex' }
  | {
      readonly outcome: 'unsafe';
      readonly reason: UnsafeReason;
      readonly subject: string | undefined;
      readonly message: string;
    };

/** The job of canonicalising one document, given as JSON text. */
export type CanonizeTasks = { readonly canonize: (document: string) => Promise<CanonizeOutcome> };

/** The job as a worker thread does it. */
export function canonizeTasks(contexts: PinnedContexts): CanonizeTasks {
  return {
    async canonize(text) {
      const document: unknown = JSON.parse(text);
      if (!isJsonObject(document)) throw new TypeError('a document is a JSON object');
      try {
        return { outcome: 'canonical', text: await canonize(document, { contexts }) };
      } catch (error) {
        return asOutcome(error);
      }
    },
  };
}

function asOutcome(error: unknown): CanonizeOutcome {
  if (error instanceof ContextNotPinnedError) return { outcome: 'context-not-pinned', url: error.url };
  if (error instanceof DocumentTooComplexError) return { outcome: 'too-complex' };
  if (!(error instanceof UnsafeDocumentError)) throw error;
  const { reason, subject, message } = error;
  return { outcome: 'unsafe', reason, subject, message };
}
