import jsonld, { type JsonLdError } from 'jsonld';
import type { JsonObject } from '../ports/json.js';
import { assertCanonizable } from './canonizable.js';
import { assertAffordable } from './canonize-effort.js';
import { DocumentTooComplexError, UnsafeDocumentError } from './canonize-errors.js';
import { createDocumentLoader } from './document-loader.js';
import { ContextNotPinnedError, type PinnedContexts } from './pinned-contexts.js';

/**
 * Makes the canonical N-Quads of a document, here or elsewhere, through one set of pinned contexts.
 * @throws what {@link canonize} throws.
 */
export type Canonize = (document: JsonObject) => Promise<string>;

/**
 * Deep comparisons of blank nodes: as many as there are ambiguous nodes, no more. It bounds work, not time: documents
 * anybody may have written go through {@link canonizeInWorkers}.
 */
const MAX_WORK_FACTOR = 1;

/**
 * The canonical N-Quads of a document: RDFC-1.0 over JSON-LD expansion in safe mode, with no base IRI, through pinned
 * contexts only.
 * @throws {UnsafeDocumentError} when part of the document would be dropped, or reads like another document.
 * @throws {ContextNotPinnedError} when it names another context; nothing is fetched.
 * @throws {DocumentTooComplexError} when it takes more work or more room than allowed.
 * @see https://www.w3.org/TR/rdf-canon/#canon-algorithm
 */
export async function canonize(
  document: JsonObject,
  { contexts }: { readonly contexts: PinnedContexts },
): Promise<string> {
  assertCanonizable(document, contexts);
  assertAffordable(document);
  try {
    return await jsonld.canonize(document, {
      base: null,
      safe: true,
      rdfDirection: 'i18n-datatype',
      documentLoader: createDocumentLoader(contexts),
      canonizeOptions: {
        algorithm: 'RDFC-1.0',
        format: 'application/n-quads',
        maxWorkFactor: MAX_WORK_FACTOR,
        signal: null,
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
  // rdf-canonize throws a plain error.
  if (/^Maximum deep iterations exceeded/.test(error.message)) {
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
