import { DomainError } from '../ports/error.js';

/**
 * - `undefined-term`: a member no context defines, which plain RDF conversion would drop unsigned (V16)
 * - `relative-iri`: an `id` or `type` that is no absolute IRI (V17)
 * - `number`: a JSON number whose RDF form is that of another number too
 * - `text`: a string that is no Unicode text (lone surrogate), which UTF-8 cannot write (V12)
 * - `json-ld`: anything else the JSON-LD processor refuses
 */
export type UnsafeReason = 'undefined-term' | 'relative-iri' | 'number' | 'text' | 'json-ld';

/** The document has no RDF form that says all it says: it must be neither signed nor taken for verified. */
export class UnsafeDocumentError extends DomainError {
  override readonly code = 'unsafe-document';
  readonly reason: UnsafeReason;
  /** The term, IRI or JSON pointer at fault, where it is known. */
  readonly subject: string | undefined;

  constructor(reason: UnsafeReason, subject: string | undefined, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
    this.subject = subject;
  }
}

/** Canonicalisation was given up: more work or room than allowed (poisoned graph), or out of time. */
export class DocumentTooComplexError extends DomainError {
  override readonly code = 'document-too-complex';
}

/** The machine has no time for this document now, too many others being before it. Ask again later. */
export class CanonizeBusyError extends DomainError {
  override readonly code = 'canonize-busy';
}
