import { isJsonObject, type Json, type JsonObject } from '../../ports/json.js';
import { type ActiveContext, NotCompiledError, type Term } from './active-context.js';
import { isPlainIri } from './iri.js';

export interface DefineOptions {
  /** Property-scoped contexts may redefine protected terms, others only repeat them. */
  readonly overridesProtected: boolean;
  /** What nested nodes fall back to; undefined for a context that propagates. */
  readonly previous: ActiveContext | undefined;
}

const DEFINITION_MEMBERS = new Set(['@id', '@type', '@container', '@context', '@protected']);
const ALIASED_KEYWORDS = new Set(['@id', '@type']);
const UNTYPED = new Set(['@id', '@vocab', '@json', '@none']);
/** A simple term whose IRI ends in one of these may begin compact IRIs. */
const PREFIX_END = /[:/?#[\]@]$/;

/**
 * The active context after a local one: its terms over those in force.
 * @throws {NotCompiledError} for anything but term definitions of `@id`, `@type`, `@container`, `@context`, and for
 * whatever the standard calls an error.
 * @see https://www.w3.org/TR/json-ld11-api/#create-term-definition
 */
export function defineTerms(active: ActiveContext, local: JsonObject, options: DefineOptions): ActiveContext {
  const terms = new Map(active.terms);
  const definer = new TermDefiner(terms, local, options.overridesProtected);
  for (const member of Object.keys(local)) definer.define(member);
  const aliases = { id: aliasesOf(terms, '@id'), type: aliasesOf(terms, '@type') };
  return { terms, aliases, previous: options.previous, next: new Map() };
}

function aliasesOf(terms: ReadonlyMap<string, Term>, keyword: string): readonly string[] {
  return [...terms].flatMap(([name, { iri }]) => (iri === keyword ? [name] : []));
}

class TermDefiner {
  readonly #defined = new Set<string>();
  readonly #isProtected: boolean;
  readonly #terms: Map<string, Term>;
  readonly #local: JsonObject;
  readonly #overridesProtected: boolean;

  constructor(terms: Map<string, Term>, local: JsonObject, overridesProtected: boolean) {
    this.#terms = terms;
    this.#local = local;
    this.#overridesProtected = overridesProtected;
    this.#isProtected = local['@protected'] === true;
  }

  define(name: string): void {
    if (name === '@protected' || (name === '@version' && this.#local[name] === 1.1)) return;
    if (name.startsWith('@') || name.includes(':') || name === '') throw new NotCompiledError(`"${name}" in a context`);
    if (this.#defined.has(name)) return;
    this.#defined.add(name);
    const previous = this.#terms.get(name);
    this.#terms.delete(name);
    const term = this.#read(name, this.#local[name] ?? null);
    if (previous?.isProtected === true && !this.#overridesProtected) {
      const kept = { ...term, isProtected: true };
      if (!isSameTerm(previous, kept)) throw new NotCompiledError(`"${name}" is protected`);
      this.#terms.set(name, kept);
    } else {
      this.#terms.set(name, term);
    }
  }

  #read(name: string, value: Json): Term {
    const definition = typeof value === 'string' || value === null ? { '@id': value } : value;
    if (!isJsonObject(definition) || Object.keys(definition).some((member) => !DEFINITION_MEMBERS.has(member))) {
      throw new NotCompiledError(`the definition of "${name}"`);
    }
    const id = definition['@id'];
    const iri = id === null ? undefined : this.#iri(id === undefined ? name : id);
    return {
      iri,
      written: iri !== undefined && isPlainIri(iri) ? `<${iri}>` : undefined,
      type: this.#type(definition['@type']),
      container: containerOf(definition['@container']),
      scoped: scopedOf(definition['@context'], name),
      isProtected: (definition['@protected'] ?? this.#isProtected) === true,
      isPrefix: typeof value === 'string' && iri !== undefined && PREFIX_END.test(iri),
    };
  }

  #type(value: Json | undefined): string | undefined {
    if (value === undefined) return undefined;
    if (typeof value === 'string' && UNTYPED.has(value)) return value;
    return this.#iri(value);
  }

  /** An IRI in a definition: a keyword to be aliased, a term, a compact IRI, or absolute as it stands. */
  #iri(value: Json): string {
    if (typeof value !== 'string') throw new NotCompiledError('an IRI that is no text');
    if (ALIASED_KEYWORDS.has(value)) return value;
    if (Object.hasOwn(this.#local, value)) this.define(value);
    const known = this.#terms.get(value)?.iri;
    if (known !== undefined) return known;
    const [prefix = '', ...rest] = value.split(':');
    const suffix = rest.join(':');
    if (rest.length > 0 && !suffix.startsWith('//')) {
      if (Object.hasOwn(this.#local, prefix)) this.define(prefix);
      const term = this.#terms.get(prefix);
      if (term?.isPrefix === true && term.iri !== undefined) return term.iri + suffix;
    }
    if (!isPlainIri(value)) throw new NotCompiledError(`"${value}" in a context`);
    return value;
  }
}

/** Containers are told apart by their text; which of them are compiled is asked where one is met. */
function containerOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function scopedOf(value: Json | undefined, name: string): JsonObject | null | undefined {
  if (value === undefined || value === null || isJsonObject(value)) return value;
  throw new NotCompiledError(`the scoped context of "${name}"`);
}

function isSameTerm(one: Term, other: Term): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
