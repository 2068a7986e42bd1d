import type { JsonObject } from '../../ports/json.js';

/** What a term of a context means, as far as the compiled path needs it. */
export interface Term {
  /** An absolute IRI, or a keyword (`@id`, `@type`) the term is an alias of; undefined for a term mapped to nothing. */
  readonly iri: string | undefined;
  /** The IRI as N-Quads write it, `<…>`; undefined for a keyword, and for one they would not write as it is. */
  readonly written: string | undefined;
  /** `@id`, `@vocab`, `@json`, `@none` or the IRI of a datatype. */
  readonly type: string | undefined;
  /** As it stands in the definition; empty when there is none. */
  readonly container: string;
  /** Applied where the term stands as a property, or as a type; null forgets every term. */
  readonly scoped: JsonObject | null | undefined;
  readonly isProtected: boolean;
  /** May begin compact IRIs in definitions. */
  readonly isPrefix: boolean;
}

/**
 * The terms in force at a place of a document. Made once for each place a set of contexts leads to, and then shared by
 * every document.
 * @see https://www.w3.org/TR/json-ld11-api/#context-processing-algorithm
 */
export interface ActiveContext {
  readonly terms: ReadonlyMap<string, Term>;
  /** The terms that stand for `@id`, and those that stand for `@type`. */
  readonly aliases: { readonly id: readonly string[]; readonly type: readonly string[] };
  /** In force again in nested nodes: what type-scoped contexts added does not propagate. */
  readonly previous: ActiveContext | undefined;
  /** Contexts this one leads to, by what led there: names of types, or the scoped context of a property. */
  readonly next: Map<string | JsonObject, ActiveContext>;
}

/**
 * The document, or a context of it, uses something the compiled path does not know. No error: the library path takes
 * the document, and answers.
 */
export class NotCompiledError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'NotCompiledError';
  }
}
