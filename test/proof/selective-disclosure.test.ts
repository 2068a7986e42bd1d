import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createNodeCrypto } from '../../src/platform/node-crypto.js';
import { CborError, CborReader } from '../../src/proof/cbor-reader.js';
import { disclosedParts, readSelectiveProofValue } from '../../src/proof/selective-disclosure.js';
import { createProofVerifier } from '../../src/proof/verify-proof.js';
import { testContexts } from '../support/contexts.js';
import { CREATED } from './badge.js';
import { deriveFrom, type ForeignBadge, foreignBadge, signForeign, signSelectively } from './foreign-badges.js';

/** CBOR, by hand and as the suite writes it. */
const head = (major: number, count: number) =>
  count < 24
    ? [(major << 5) | count]
    : count < 256
      ? [(major << 5) | 24, count]
      : [(major << 5) | 25, count >> 8, count & 255];
const bytes = (content: Uint8Array) => [...head(2, content.length), ...content];
const list = (items: readonly (readonly number[])[]) => [...head(4, items.length), ...items.flat()];
const map = (entries: readonly (readonly [number, Uint8Array])[]) => [
  ...head(5, entries.length),
  ...entries.flatMap(([key, value]) => [...head(0, key), ...bytes(value)]),
];
const proofValue = (payload: readonly number[], tag = [0xd9, 0x5d, 0x01]) =>
  `u${Buffer.from([...tag, ...payload]).toString('base64url')}`;

interface Parts {
  readonly baseSignature: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly signatures: readonly Uint8Array[];
  readonly labelMap: readonly (readonly [number, Uint8Array])[];
  readonly indexes: readonly number[];
}

const write = ({ baseSignature, publicKey, signatures, labelMap, indexes }: Parts) =>
  proofValue(
    list([
      bytes(baseSignature),
      bytes(publicKey),
      list(signatures.map(bytes)),
      map(labelMap),
      list(indexes.map((index) => head(0, index))),
    ]),
  );

const label = (fill: number) => new Uint8Array(32).fill(fill);
const parts: Parts = {
  baseSignature: new Uint8Array(64).fill(1),
  publicKey: new Uint8Array(35).fill(2),
  signatures: [new Uint8Array(64).fill(3), new Uint8Array(64).fill(4)],
  labelMap: [
    [0, label(5)],
    [1, label(6)],
  ],
  indexes: [0, 24, 300],
};

describe('the proofValue of ecdsa-sd-2023', () => {
  it('is read whole', () => {
    const disclosure = readSelectiveProofValue(write(parts));
    expect(disclosure).toMatchObject({ baseSignature: parts.baseSignature, publicKey: parts.publicKey });
    if (typeof disclosure !== 'object') throw new Error('not read');
    expect(disclosure.signatures).toEqual(parts.signatures);
    expect(disclosure.labels).toEqual([label(5), label(6)].map((one) => `u${Buffer.from(one).toString('base64url')}`));
    expect([...disclosure.mandatoryIndexes]).toEqual([0, 24, 300]);
  });

  it('of a base proof is told apart', () => {
    expect(readSelectiveProofValue(proofValue([], [0xd9, 0x5d, 0x00]))).toBe('base');
    expect(readSelectiveProofValue(proofValue([], [0xd9, 0x5d, 0x02]))).toBeUndefined();
  });

  it('is refused in another base, alphabet, or length (V26)', () => {
    const good = write(parts);
    const bad = [
      '',
      'u',
      good.slice(1),
      `z${good.slice(1)}`,
      `${good}=`,
      `${good}\n`,
      good.replace('u2V0', 'u2V+'),
      good.slice(0, -2),
      `u${'A'.repeat(300_000)}`,
    ];
    for (const text of bad) expect(readSelectiveProofValue(text), text.slice(0, 40)).toBeUndefined();
  });

  it('is refused with parts of another size, too many of them, or something after them', () => {
    const cut = (content: Uint8Array) => content.slice(1);
    const [signature = new Uint8Array()] = parts.signatures;
    const bad: Parts[] = [
      { ...parts, baseSignature: cut(parts.baseSignature) },
      { ...parts, publicKey: cut(parts.publicKey) },
      { ...parts, signatures: [cut(signature)] },
      { ...parts, signatures: Array.from({ length: 2_049 }, () => signature) },
      { ...parts, labelMap: [[0, cut(label(5))]] },
      { ...parts, indexes: [2_049] },
      { ...parts, indexes: [1, 1] },
    ];
    for (const changed of bad) expect(readSelectiveProofValue(write(changed))).toBeUndefined();
    const more = [...Buffer.from(write(parts).slice(1), 'base64url').subarray(3), 0];
    expect(readSelectiveProofValue(proofValue(more))).toBeUndefined();
  });

  it('is refused when two nodes would share a label, or a node has none', () => {
    const maps: Parts['labelMap'][] = [
      [
        [0, label(5)],
        [1, label(5)],
      ],
      [
        [0, label(5)],
        [0, label(6)],
      ],
      [[1, label(5)]],
      [
        [0, label(5)],
        [2, label(6)],
      ],
    ];
    for (const labelMap of maps) expect(readSelectiveProofValue(write({ ...parts, labelMap }))).toBeUndefined();
  });

  it('is refused with tags, indefinite or wasteful lengths', () => {
    const publicKey = bytes(parts.publicKey);
    const rest = [publicKey, list([]), map([]), list([])];
    const encodings: number[][] = [
      [0xd8, 0x40, ...bytes(parts.baseSignature)],
      [0x5f, ...bytes(parts.baseSignature), 0xff],
      [0x59, 0x00, 64, ...parts.baseSignature],
      [0x5a, 0, 0, 0, 64, ...parts.baseSignature],
      [0x5b, 0, 0, 0, 0, 0, 0, 0, 64, ...parts.baseSignature],
      [0x78, 64, ...parts.baseSignature],
    ];
    expect(readSelectiveProofValue(proofValue(list([bytes(parts.baseSignature), ...rest])))).toBeTypeOf('object');
    for (const encoded of encodings) {
      expect(readSelectiveProofValue(proofValue(list([encoded, ...rest]))), encoded.slice(0, 3).join()).toBeUndefined();
    }
  });

  it('makes no trouble whatever the bytes are', () => {
    const good = Buffer.from(write(parts).slice(1), 'base64url');
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), fc.nat(good.length), (at, value, end) => {
        const altered = Uint8Array.from(good.subarray(0, end));
        if (at < altered.length) altered[at] = value;
        readSelectiveProofValue(`u${Buffer.from(altered).toString('base64url')}`);
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void readSelectiveProofValue(proofValue([...any]))),
    );
  });

  it('asks for no memory before it has seen the bytes', () => {
    expect(() => new CborReader(Uint8Array.of(0x5a, 0xff, 0xff, 0xff, 0xff)).bytes(0xffffffff)).toThrow(CborError);
    expect(() => new CborReader(Uint8Array.of(0x9a, 0xff, 0xff, 0xff, 0xff)).arrayLength(10)).toThrow(CborError);
  });
});

describe('the parts of a document', () => {
  const disclosure = readSelectiveProofValue(write({ ...parts, indexes: [1] }));
  if (typeof disclosure !== 'object') throw new Error('not read');
  const [first = '', second = ''] = disclosure.labels;
  const canonical = [
    '_:c14n0 <urn:p> "a _:c14n1 in a text, and \\"quotes\\"" .\n',
    '_:c14n1 <urn:q> _:c14n0 .\n',
    '<urn:s> <urn:p> "text"@fr .\n',
  ];

  it('have their signed labels, in terms and not in texts', () => {
    expect(disclosedParts(canonical.join(''), disclosure)).toEqual({
      mandatory: `_:${first} <urn:p> "a _:c14n1 in a text, and \\"quotes\\"" .\n`,
      revealed: ['<urn:s> <urn:p> "text"@fr .\n', `_:${second} <urn:q> _:${first} .\n`].sort(),
    });
  });

  it('are none when the document has another number of nodes or statements', () => {
    for (const missing of [0, 1, 2]) {
      expect(disclosedParts(canonical.toSpliced(missing, 1).join(''), disclosure)).toBeUndefined();
    }
    expect(disclosedParts(canonical.join('').replace('_:c14n1 <', '_:c14n2 <'), disclosure)).toBeUndefined();
    expect(disclosedParts(`${canonical.join('')}<urn:s> <urn:r> <urn:o> .\n`, disclosure)).toBeUndefined();
  });
});

describe('a derived proof', () => {
  let badge: ForeignBadge;
  let bytesOfProof: Buffer;

  beforeAll(async () => {
    badge = await deriveFrom(await signSelectively(foreignBadge()), ['/name', '/evidence']);
    bytesOfProof = Buffer.from(String(badge.proof['proofValue']).slice(1), 'base64url');
  });

  async function holds(document: ForeignBadge['document'], value: Uint8Array): Promise<boolean> {
    const proof = { ...badge.proof, proofValue: `u${Buffer.from(value).toString('base64url')}` };
    const verifier = createProofVerifier(document, {
      contexts: await testContexts(),
      crypto: createNodeCrypto(),
      at: CREATED,
    });
    return (await verifier.verify(proof, badge.publicKeyMultibase)).ok;
  }

  it('breaks with any of its bytes changed', async () => {
    expect(await holds(badge.document, bytesOfProof)).toBe(true);
    const survivors: number[] = [];
    for (let at = 0; at < bytesOfProof.length; at += 7) {
      const altered = Uint8Array.from(bytesOfProof);
      altered[at] = (altered[at] ?? 0) ^ 1;
      if (await holds(badge.document, altered)) survivors.push(at);
    }
    expect(survivors).toEqual([]);
  });

  it('does not let one signed thing be shown as two', async () => {
    // Two evidence items, each with what was said of one: possible only when both get that one's label.
    const evidence = [
      { type: ['Evidence'], name: 'Soutenance' },
      { type: ['Evidence'], narrative: 'Vingt minutes devant le jury.' },
    ];
    const kept = Array.isArray(badge.document['evidence']) ? badge.document['evidence'] : [];
    const torn = { ...badge.document, evidence: [...kept.slice(0, 1), ...evidence] };
    expect(await holds(torn, bytesOfProof)).toBe(false);
  });

  it('of another badge does not fit', async () => {
    const other = await signForeign({ ...foreignBadge(), name: 'Doctorat' }, 'ecdsa-sd-2023');
    const value = Buffer.from(String(other.proof['proofValue']).slice(1), 'base64url');
    expect(await holds(badge.document, value)).toBe(false);
  });
});
