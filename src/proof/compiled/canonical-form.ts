import { type BlankNode, type Dataset, line, type RdfTerm } from './quads.js';

/** What is said about a subject, as N-Quads write it. */
interface Statement {
  readonly predicate: string;
  readonly object: string;
}

/**
 * The statements as N-Quads in code unit order: by subject, by predicate, by object. That is the order of the whole lines
 * too: where one term is the beginning of another, a space follows it, which stands before all that the other may go on with.
 * @param label what stands for a blank node.
 * @returns undefined when something is said twice: a dataset is a set, and leaving one out is for the library path.
 * @see https://www.w3.org/TR/rdf-canon/#canon-algo-algo (step 7)
 */
export function canonicalForm({ quads }: Dataset, label: (node: BlankNode) => string): string | undefined {
  const written = (term: RdfTerm) => (typeof term === 'number' ? label(term) : term);
  const about = new Map<string, Statement[]>();
  for (const { subject, predicate, object } of quads) {
    const statement = { predicate, object: written(object) };
    const statements = about.get(written(subject));
    if (statements === undefined) about.set(written(subject), [statement]);
    else statements.push(statement);
  }
  let form = '';
  for (const subject of [...about.keys()].sort()) {
    const statements = about.get(subject)?.sort(inOrder) ?? [];
    for (const [place, statement] of statements.entries()) {
      const next = statements[place + 1];
      if (next !== undefined && inOrder(statement, next) === 0) return undefined;
      form += line(subject, statement);
    }
  }
  return form;
}

function inOrder(one: Statement, other: Statement): number {
  return inCodeUnitOrder(one.predicate, other.predicate) || inCodeUnitOrder(one.object, other.object);
}

function inCodeUnitOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
