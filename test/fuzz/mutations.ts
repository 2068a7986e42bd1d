import fc from 'fast-check';

/** One change to a sequence: what goes out at a place (0 to 1 of its length), and what comes in. */
interface Mutation<Unit> {
  readonly at: number;
  readonly removed: number;
  readonly inserted: readonly Unit[];
  /** Copies what was removed this many times more. */
  readonly repeated: number;
}

function mutations<Unit>(
  unit: fc.Arbitrary<Unit>,
  tokens: readonly (readonly Unit[])[],
): fc.Arbitrary<Mutation<Unit>[]> {
  const inserted = fc.oneof(fc.array(unit, { maxLength: 4 }), fc.constantFrom(...tokens));
  return fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      removed: fc.oneof(fc.constant(0), fc.nat({ max: 3 }), fc.nat({ max: 200 })),
      inserted,
      repeated: fc.oneof({ arbitrary: fc.constant(0), weight: 5 }, fc.nat({ max: 50 })),
    }),
    { maxLength: 6 },
  );
}

function mutated<Unit>(original: readonly Unit[], changes: readonly Mutation<Unit>[]): Unit[] {
  const sequence = [...original];
  for (const { at, removed, inserted, repeated } of changes) {
    const place = Math.floor(at * sequence.length);
    const taken = sequence.splice(place, removed, ...inserted);
    for (let round = 0; round < repeated && sequence.length < 100_000; round += 1) sequence.splice(place, 0, ...taken);
  }
  return sequence;
}

/** Bytes near one of the originals. @param tokens byte sequences that mean something in the format. */
export function bytesNear(originals: readonly Uint8Array[], tokens: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const byte = fc.integer({ min: 0, max: 255 });
  const changes = mutations(
    byte,
    tokens.map((token) => [...token]),
  );
  return fc
    .tuple(fc.constantFrom(...originals), changes)
    .map(([original, list]) => Uint8Array.from(mutated([...original], list)));
}

/** Text near one of the originals. @param tokens texts that mean something in the format. */
export function textNear(originals: readonly string[], tokens: readonly string[]): fc.Arbitrary<string> {
  const changes = mutations(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    tokens.map((token) => [token]),
  );
  return fc
    .tuple(fc.constantFrom(...originals), changes)
    .map(([original, list]) => mutated([...original], list).join(''));
}
