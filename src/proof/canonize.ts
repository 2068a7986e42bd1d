import jsonld, { type JsonLdError } from 'jsonld';
import type { JsonObject } from '../ports/json.js';
import { assertCanonizable } from './canonizable.js';
import { DocumentTooComplexError, UnsafeDocumentError } from './canonize-errors.js';
import { createDocumentLoader } from './document-loader.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';

/** How much work canonicalisation may take. */
export interface CanonizeLimits {
  /** Deep comparisons of blank nodes: 1 allows as many as there are ambiguous nodes, 2 their square. Default 1. */
  readonly maxWorkFactor?: number;
  /** Looked at between deep comparisons only. */
  readonly signal?: AbortSignal;
}

/**
 * The canonical N-Quads of a document: RDFC-1.0 over JSON-LD expansion in safe mode, with no base IRI, through pinned
 * contexts only.
 * @throws {UnsafeDocumentError} when part of the document would be dropped, or reads like another document.
 * @throws {ContextNotPinnedError} when it names another context; nothing is fetched.
 * @throws {DocumentTooComplexError} when the work exceeds the limits.
 * @see https://www.w3.org/TR/rdf-canon/#canon-algorithm
 */
export async function canonize(
  document: JsonObject,
  options: { readonly contexts: PinnedContexts; readonly limits?: CanonizeLimits },
): Promise<string> {
  const { contexts, limits = {} } = options;
  assertCanonizable(document, contexts);
  try {
    return await jsonld.canonize(document, {
      base: null,
      safe: true,
      rdfDirection: 'i18n-datatype',
      documentLoader: createDocumentLoader(contexts),
      canonizeOptions: {
        algorithm: 'RDFC-1.0',
        format: 'application/n-quads',
        maxWorkFactor: limits.maxWorkFactor ?? 1,
        signal: limits.signal ?? null,
      },
    });
  } catch (error) {
    throw asTypedError(error);
  }
}

/** Names of the library's events for a reference that stays relative without a base. */
const RELATIVE = /^relative /;

function asTypedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // rdf-canonize throws plain errors for these two.
  if (/^Maximum deep iterations exceeded|^Abort signal received/.test(error.message)) {
    return new DocumentTooComplexError('the document takes too long to canonicalise', { cause: error });
  }
  if (!isJsonLdError(error)) return error;
  const { event, cause, code } = error.details;
  if (cause instanceof ContextNotPinnedError) return cause;
  if (isEvent(event)) {
    const subject = Object.values(event.details).find((value) => typeof value === 'string');
    if (event.code === 'invalid property') {
      return new UnsafeDocumentError('undefined-term', subject, `no context defines ${quote(subject)}`, {
        cause: error,
      });
    }
    if (RELATIVE.test(event.code)) {
      return new UnsafeDocumentError('relative-iri', subject, `${quote(subject)} is no absolute IRI`, { cause: error });
    }
    return new UnsafeDocumentError('json-ld', subject, `JSON-LD safe mode: ${event.code}`, { cause: error });
  }
  const clause = typeof code === 'string' ? code : error.name;
  return new UnsafeDocumentError('json-ld', undefined, `JSON-LD: ${clause}`, { cause: error });
}

function isJsonLdError(error: Error): error is JsonLdError {
  return 'details' in error && typeof error.details === 'object' && error.details !== null;
}

function isEvent(
  event: unknown,
): event is { readonly code: string; readonly details: Readonly<Record<string, unknown>> } {
  return (
    typeof event === 'object' &&
    event !== null &&
    'code' in event &&
    typeof event.code === 'string' &&
    'details' in event &&
    typeof event.details === 'object' &&
    event.details !== null
  );
}

function quote(subject: string | undefined): string {
  return subject === undefined ? 'a member' : JSON.stringify(subject.slice(0, 200));
}
