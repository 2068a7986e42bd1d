import { isJsonObject, type JsonObject } from '../../src/ports/json.js';

/** Achievements without names, told apart by nothing but which they are related to. */
export function strangers(count: number, known: (node: number) => readonly number[]): readonly JsonObject[] {
  return Array.from({ length: count }, (_, node) => ({
    id: `_:n${node}`,
    type: 'Achievement',
    related: known(node).map((other) => ({ id: `_:n${other}` })),
  }));
}

const others = (count: number) => (node: number) =>
  Array.from({ length: count }, (_, other) => other).filter((other) => other !== node);

/** The shapes of the poison cases of the RDF Dataset Canonicalization tests, and some of their family. */
export const POISON: readonly (readonly [string, readonly JsonObject[]])[] = [
  ['a clique of ten', strangers(10, others(10))],
  ['a circle', strangers(10, (node) => [(node + 1) % 10])],
  ['a circle both ways', strangers(10, (node) => [(node + 1) % 10, (node + 9) % 10])],
  ['a double circle', strangers(16, (node) => [(node & 8) | ((node + 1) & 7), node ^ 8])],
  ['three to three', strangers(6, (node) => (node < 3 ? [3, 4, 5] : [0, 1, 2]))],
  ['a cube in five dimensions', strangers(32, (node) => [1, 2, 4, 8, 16].map((bit) => node ^ bit))],
  [
    'a graph of Petersen',
    strangers(10, (node) => (node < 5 ? [(node + 1) % 5, node + 5] : [5 + ((node - 3) % 5), node - 5])),
  ],
];

/** A badge with more things related to its achievement. */
export function withRelated(badge: JsonObject, related: readonly JsonObject[]): JsonObject {
  const subject = isJsonObject(badge['credentialSubject']) ? badge['credentialSubject'] : {};
  const achievement = isJsonObject(subject['achievement']) ? subject['achievement'] : {};
  return { ...badge, credentialSubject: { ...subject, achievement: { ...achievement, related } } };
}

/** Shapes whose work is bounded and whose time is not: seconds to minutes where nothing stops them. */
export const LONG_WINDED: readonly (readonly [string, (badge: JsonObject) => JsonObject])[] = [
  [
    'a circle of three thousand',
    (badge) =>
      withRelated(
        badge,
        strangers(3_000, (node) => [(node + 1) % 3_000]),
      ),
  ],
  [
    'a set of nine thousand',
    (badge) => ({ ...badge, name: Array.from({ length: 9_000 }, (_, index) => `name ${index}`) }),
  ],
  [
    'six thousand pieces of evidence',
    (badge) => ({
      ...badge,
      evidence: Array.from({ length: 6_000 }, (_, index) => ({ type: 'Evidence', name: `page ${index}` })),
    }),
  ],
  [
    'thousands of nodes that look alike',
    (badge) => ({ ...badge, evidence: Array.from({ length: 3_000 }, () => ({ type: 'Evidence', name: 'page' })) }),
  ],
];
