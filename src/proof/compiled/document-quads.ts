import { isJsonObject, type Json, type JsonObject } from '../../ports/json.js';
import { type ActiveContext, NotCompiledError, type Term } from './active-context.js';
import { isPlainIri } from './iri.js';
import {
  type Dataset,
  literal,
  type Quad,
  RDF_FIRST,
  RDF_NIL,
  RDF_REST,
  RDF_TYPE,
  type RdfTerm,
  XSD,
} from './quads.js';
import { withProperty, withTypes } from './scoped-contexts.js';

const XSD_DOUBLE = `${XSD}double`;

/**
 * The statements of a document, straight from its JSON: what expansion and deserialisation to RDF make of it, for the
 * documents the compiled path knows.
 * @param context what its `@context` leads to.
 * @throws {NotCompiledError} for keywords, prefixes, nulls, empty or nested arrays, terms no context defines …
 * @see https://www.w3.org/TR/json-ld11-api/#expansion-algorithm
 * @see https://www.w3.org/TR/json-ld11-api/#deserialize-json-ld-to-rdf-algorithm
 */
export function documentQuads(document: JsonObject, context: ActiveContext): Dataset {
  const walk = new DocumentWalk();
  const { '@context': _, ...root } = document;
  // A root that only has an id says nothing, which the library path reports.
  if (Object.keys(root).length < 2) throw new NotCompiledError('a document without statements');
  walk.node(root, context);
  return walk;
}

class DocumentWalk implements Dataset {
  readonly quads: Quad[] = [];
  blankNodes = 0;

  /** @param active in force where the node stands. @returns what stands for the node. */
  node(node: JsonObject, active: ActiveContext): RdfTerm {
    const members = Object.keys(node);
    if (members.length === 0) throw new NotCompiledError('an empty object');
    const types = typesOf(node, active);
    const within = withTypes(active, types);
    if (within !== active && aliasIn(node, active.aliases.type) !== aliasIn(node, within.aliases.type)) {
      throw new NotCompiledError('a member that is the type here and not there');
    }
    const id = idOf(node, within);
    const subject = id === undefined ? this.#blankNode() : `<${id}>`;
    for (const type of types) this.#say(subject, RDF_TYPE, typeIri(type, active));
    for (const member of members) {
      const term = termOf(member, within);
      if (term.iri === '@id' || term.iri === '@type') continue;
      this.#property(subject, member, { term, value: node[member] ?? null, within });
    }
    return subject;
  }

  #property(
    subject: RdfTerm,
    member: string,
    { term, value, within }: { readonly term: Term; readonly value: Json; readonly within: ActiveContext },
  ): void {
    const { written: predicate } = term;
    if (predicate === undefined) throw new NotCompiledError(`the property "${member}"`);
    const values = Array.isArray(value) ? value : [value];
    if (values.length === 0) throw new NotCompiledError('an empty array');
    const objects = values.map((each) => this.#object(each, member, term, within));
    switch (term.container) {
      case '':
      case '@set':
        for (const object of objects) this.#say(subject, predicate, object);
        return;
      case '@list':
        this.#say(subject, predicate, this.#list(objects));
        return;
      default:
        throw new NotCompiledError(`the container of "${member}"`);
    }
  }

  /** @see https://www.w3.org/TR/json-ld11-api/#value-expansion */
  #object(value: Json, member: string, term: Term, within: ActiveContext): RdfTerm {
    if (term.type === '@json' || term.type === '@none') throw new NotCompiledError(`the type of "${member}"`);
    if (isJsonObject(value)) {
      const around = isReference(value, within) ? within : (within.previous ?? within);
      return this.node(value, withProperty(around, term));
    }
    if (term.type === '@id' || term.type === '@vocab') {
      if (typeof value !== 'string') throw new NotCompiledError(`a value of "${member}"`);
      return `<${referredIri(value, term.type, withProperty(within, term))}>`;
    }
    return scalar(value, term.type);
  }

  /** @see https://www.w3.org/TR/json-ld11-api/#list-to-rdf-conversion */
  #list(objects: readonly RdfTerm[]): RdfTerm {
    const cells = objects.map(() => this.#blankNode());
    objects.forEach((object, place) => {
      const cell = cells[place];
      if (cell === undefined) return;
      this.#say(cell, RDF_FIRST, object);
      this.#say(cell, RDF_REST, cells[place + 1] ?? RDF_NIL);
    });
    return cells[0] ?? RDF_NIL;
  }

  #blankNode(): RdfTerm {
    this.blankNodes += 1;
    return this.blankNodes - 1;
  }

  #say(subject: RdfTerm, predicate: string, object: RdfTerm): void {
    this.quads.push({ subject, predicate, object });
  }
}

/** What a member means here. */
function termOf(member: string, active: ActiveContext): Term {
  const term = active.terms.get(member);
  if (term === undefined) throw new NotCompiledError(`the member "${member}"`);
  return term;
}

/** The types of a node, whose member means the same before and after their scoped contexts apply. */
function typesOf(node: JsonObject, active: ActiveContext): readonly string[] {
  const member = aliasIn(node, active.aliases.type);
  if (member === undefined) return [];
  const value = node[member];
  const types = Array.isArray(value) ? value : [value];
  if (types.length === 0 || !types.every((type) => typeof type === 'string')) {
    throw new NotCompiledError('the types of a node');
  }
  return types;
}

/** The one member of a node that stands for a keyword. @param aliases the terms that do. */
function aliasIn(node: JsonObject, aliases: readonly string[]): string | undefined {
  let found: string | undefined;
  for (const alias of aliases) {
    if (!Object.hasOwn(node, alias)) continue;
    if (found !== undefined) throw new NotCompiledError(`"${found}" beside "${alias}"`);
    found = alias;
  }
  return found;
}

/** Types are looked up where the node stands, before their own contexts apply. */
function typeIri(type: string, active: ActiveContext): string {
  const written = active.terms.get(type)?.written;
  if (written === undefined) throw new NotCompiledError(`the type "${type}"`);
  return written;
}

function idOf(node: JsonObject, within: ActiveContext): string | undefined {
  const member = aliasIn(node, within.aliases.id);
  if (member === undefined) return undefined;
  const id = node[member];
  if (typeof id !== 'string') throw new NotCompiledError('the id of a node');
  return referredIri(id, '@id', within);
}

/** An IRI in a value; a term's where the property says so (`@vocab`). */
function referredIri(value: string, type: '@id' | '@vocab', active: ActiveContext): string {
  const iri = (type === '@vocab' ? active.terms.get(value)?.iri : undefined) ?? value;
  const isCompact = iri === value && active.terms.has(value.slice(0, value.indexOf(':')));
  if (isCompact || !isPlainIri(iri)) throw new NotCompiledError(`the reference "${value}"`);
  return iri;
}

/** A node object that says nothing but its id keeps the context it stands in. */
function isReference(node: JsonObject, within: ActiveContext): boolean {
  const [member, ...others] = Object.keys(node);
  return member !== undefined && others.length === 0 && within.terms.get(member)?.iri === '@id';
}

/** @see https://www.w3.org/TR/json-ld11-api/#data-round-tripping */
function scalar(value: Json, datatype: string | undefined): string {
  switch (typeof value) {
    case 'string':
      // The library reads such text as a number.
      if (datatype === XSD_DOUBLE) break;
      return literal(value, datatype);
    case 'boolean':
      return literal(String(value), datatype ?? `${XSD}boolean`);
    case 'number':
      return Number.isInteger(value) && datatype !== XSD_DOUBLE
        ? literal(value.toFixed(0), datatype ?? `${XSD}integer`)
        : literal(canonicalDouble(value), datatype ?? XSD_DOUBLE);
    default:
  }
  throw new NotCompiledError('a value');
}

function canonicalDouble(value: number): string {
  return value.toExponential(15).replace(/(\d)0*e\+?/, '$1E');
}
