/** A blank node: its place among those of the document, in the order they were met. */
export type BlankNode = number;

/** A term of RDF: a blank node, or an IRI or literal as N-Quads write it. */
export type RdfTerm = BlankNode | string;

/** One statement of the default graph. */
export interface Quad {
  readonly subject: RdfTerm;
  /** `<iri>`. */
  readonly predicate: string;
  readonly object: RdfTerm;
}

/** The statements a document makes. */
export interface Dataset {
  readonly quads: readonly Quad[];
  readonly blankNodes: number;
}

export const XSD = 'http://www.w3.org/2001/XMLSchema#';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const RDF_TYPE = `<${RDF}type>`;
export const RDF_FIRST = `<${RDF}first>`;
export const RDF_REST = `<${RDF}rest>`;
export const RDF_NIL = `<${RDF}nil>`;

const ESCAPED = /[\p{Cc}"\\]/gu;
const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

/**
 * A literal in canonical N-Quads; a plain string has no datatype.
 * @see https://www.w3.org/TR/rdf-canon/#canonical-quads
 */
export function literal(text: string, datatype: string | undefined): string {
  const quoted = `"${text.replace(ESCAPED, escaped)}"`;
  return datatype === undefined || datatype === `${XSD}string` ? quoted : `${quoted}^^<${datatype}>`;
}

/** Controls above U+007F are written as they are. */
function escaped(character: string): string {
  const code = character.charCodeAt(0);
  if (code > 0x7f) return character;
  return SHORT[character] ?? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A statement as a line of N-Quads, its blank nodes labelled. */
export function line(
  subject: string,
  { predicate, object }: { readonly predicate: string; readonly object: string },
): string {
  return `${subject} ${predicate} ${object} .\n`;
}
