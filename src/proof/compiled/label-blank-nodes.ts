import { type BlankNode, type Dataset, line, type Quad, type RdfTerm } from './quads.js';

/**
 * Canonical labels of the blank nodes, `_:c14n0` on, when the hash of what is said about each tells them all apart.
 * @param sha256 of a text in UTF-8, as lower-case hexadecimal.
 * @returns undefined when two nodes look alike at first sight: telling those apart takes the whole algorithm.
 * @see https://www.w3.org/TR/rdf-canon/#canon-algo-algo (steps 3 and 4)
 */
export function labelBlankNodes(
  dataset: Dataset,
  sha256: (text: string) => string,
): ((node: BlankNode) => string) | undefined {
  const mentions = mentionsOf(dataset);
  const hashes = mentions.map((quads, node) => firstDegreeHash(node, quads, sha256));
  const order = [...hashes.keys()].sort((one, other) => ((hashes[one] ?? '') < (hashes[other] ?? '') ? -1 : 1));
  if (new Set(hashes).size < hashes.length) return undefined;
  const labels: string[] = [];
  order.forEach((node, place) => {
    labels[node] = `_:c14n${place}`;
  });
  return (node) => labels[node] ?? '';
}

/** The statements each blank node stands in. */
function mentionsOf({ quads, blankNodes }: Dataset): readonly (readonly Quad[])[] {
  const mentions: Quad[][] = Array.from({ length: blankNodes }, () => []);
  for (const quad of quads) {
    const { subject, object } = quad;
    if (typeof subject === 'number') mentions[subject]?.push(quad);
    if (typeof object === 'number' && object !== subject) mentions[object]?.push(quad);
  }
  return mentions;
}

/** @see https://www.w3.org/TR/rdf-canon/#hash-1d-quads-algorithm */
function firstDegreeHash(node: BlankNode, quads: readonly Quad[], sha256: (text: string) => string): string {
  const seen = (term: RdfTerm) => (typeof term === 'string' ? term : term === node ? '_:a' : '_:z');
  return sha256(
    quads
      .map(({ subject, predicate, object }) => line(seen(subject), { predicate, object: seen(object) }))
      .sort()
      .join(''),
  );
}
