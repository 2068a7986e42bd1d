import { describe, expect, it } from 'vitest';
import { bakePng } from '../../src/media/png-bake.js';
import { qrSvg } from '../../src/media/qr.js';
import { bakeSvg } from '../../src/media/svg-bake.js';
import { isJsonObject, type Json, type JsonObject } from '../../src/ports/json.js';
import { readInput } from '../../src/verification/inputs/read-input.js';
import type { VerificationReport } from '../../src/verification/report.js';
import { png } from '../media/png.js';
import { testContexts } from '../support/contexts.js';
import { controllerDocument, fullBadge, sign } from './house.js';
import { otherTexts, signatureMutations, withBit } from './matrix/encodings.js';
import { type Mutation, mutations, type Vocabulary, vocabularyOf } from './matrix/mutations.js';
import { badWorldsOf, judge, SPECIMENS, tokenSpecimens } from './matrix/specimens.js';

/** `all` tries every case, which takes a while, any other text those whose names hold it; a fixed part is tried otherwise. */
const WANTED = process.env['FORMAT_MATRIX'];
const SAMPLED = { document: 30, token: 120 } as const;
const HOURS = 4 * 3_600_000;

/** These of a list, spread evenly and the same in every run. */
function sampled<T extends { readonly name: string }>(cases: readonly T[], count: number): readonly T[] {
  if (WANTED !== undefined) return cases.filter(({ name }) => WANTED === 'all' || name.includes(WANTED));
  if (cases.length <= count) return cases;
  return Array.from({ length: count }, (_, index) => cases[Math.floor(((index + 0.5) * cases.length) / count)]).filter(
    (one) => one !== undefined,
  );
}

/** What is shown, in an order of its own: that of sets is signed by nobody. */
function shown({ credential }: VerificationReport): Json {
  return inOrder(JSON.parse(JSON.stringify(credential)));
}

function inOrder(value: Json): Json {
  if (Array.isArray(value)) return value.map((item) => JSON.stringify(inOrder(item))).sort();
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([member, content]) => [member, inOrder(content)]));
}

/** Every word and number on show but the status, which others say. */
function factsOf({ credential }: VerificationReport): ReadonlySet<string> {
  const { status: _, ...facts } = credential ?? {};
  const found = new Set<string>();
  JSON.stringify(facts, (__, value: unknown) => {
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) found.add(String(value));
    return value;
  });
  return found;
}

function told(format: string, tried: number, made: number, taken: number): void {
  process.stdout.write(`${format}: ${tried} of ${made} tried, ${taken} of them say the same and are taken\n`);
}

let vocabulary: Promise<Vocabulary> | undefined;
function knownWords(): Promise<Vocabulary> {
  vocabulary ??= testContexts().then((contexts) =>
    vocabularyOf([...contexts.urls()].map((url) => contexts.get(url) ?? null)),
  );
  return vocabulary;
}

describe.each(Object.entries(SPECIMENS))('a badge in %s', (format, make) => {
  it('V15 V65: no document made from it is taken for another badge, nor for a better one', {
    timeout: HOURS,
  }, async () => {
    const { document, controller } = await make();
    const good = await judge(document, controller);
    expect(good).toMatchObject({ outcome: 'valid', problemDetails: [] });
    const bad = await badWorldsOf(document, controller);
    const made = [...mutations(document, await knownWords()), ...signatureMutations(document)];
    const signed = factsOf(good);
    const flattered: string[] = [];
    let taken = 0;
    const cases = sampled(made, SAMPLED.document);
    for (const { name, kind, document: other } of cases) {
      const report = await judge(other, controller);
      for (const fact of factsOf(report)) if (!signed.has(fact)) flattered.push(`${name}, showing ${fact}`);
      if (report.outcome !== 'valid') continue;
      taken += 1;
      if (kind === 'fact') flattered.push(name);
      expect.soft(shown(report), name).toEqual(shown(good));
      for (const [world, judgeThere] of bad) {
        if ((await judgeThere(other)).outcome === 'valid') flattered.push(`${name}, ${world}`);
      }
    }
    told(format, cases.length, made.length, taken);
    expect(flattered).toEqual([]);
  });

  it('stays valid, and shows the same, however the same JSON is written', async () => {
    const { document, controller, signs } = await make();
    const good = await judge(document, controller);
    const texts = [...sameTexts(document), ...(signs === 'rdf' ? sameGraphs(document) : [])];
    for (const [name, text] of texts) {
      const report = await judge(text, controller);
      expect(report.problemDetails, name).toEqual([]);
      expect(shown(report), name).toEqual(shown(good));
    }
  });
});

describe.each(tokenSpecimens().map((specimen) => [specimen.format, specimen] as const))(
  'a badge in %s',
  (format, { compact, controller }) => {
    it('V15 V35 V66: no token made from it is taken', { timeout: HOURS }, async () => {
      expect(await judge(compact, controller)).toMatchObject({ outcome: 'valid', problemDetails: [] });
      const made = [...tokenMutations(compact, await knownWords())].map(([name, other]) => ({ name, other }));
      const cases = sampled(made, SAMPLED.token);
      const taken: string[] = [];
      for (const { name, other } of cases) {
        const report = await judge(other, controller);
        if (report.outcome === 'valid' || report.credential !== null) taken.push(name);
      }
      told(format, cases.length, made.length, taken.length);
      expect(taken).toEqual([]);
    });
  },
);

describe.each(['PNG', 'SVG'] as const)('a badge baked into a %s', (format) => {
  it('V15 V58 V60: no picture with one bit turned over is taken for another badge', { timeout: HOURS }, async () => {
    const signed = await sign(fullBadge());
    const text = JSON.stringify(signed);
    const picture = format === 'PNG' ? bakePng(png(), text) : bakeSvg(qrSvg('https://a.example', 'A badge'), text);
    const good = await judge(text, controllerDocument());
    const made = Array.from(picture, (_, index) => ({ name: `byte ${index}`, bit: index * 8 + (index % 8) }));
    const cases = sampled(made, SAMPLED.document);
    let taken = 0;
    for (const { name, bit } of cases) {
      const reading = readInput(withBit(picture, bit));
      if (reading.kind !== 'json') continue;
      const report = await judge(reading.text, controllerDocument());
      if (report.outcome !== 'valid') continue;
      taken += 1;
      expect.soft(shown(report), name).toEqual(shown(good));
    }
    told(format, cases.length, made.length, taken);
    expect(readInput(picture)).toMatchObject({ kind: 'json', text });
  });
});

/** The same JSON value in other texts. */
function* sameTexts(document: JsonObject): Generator<readonly [string, string]> {
  const text = JSON.stringify(document);
  yield ['indented', JSON.stringify(document, null, 2)];
  yield ['with every kind of white space', JSON.stringify(document, null, '\t').replaceAll('\n', ' \r\n')];
  yield ['with members turned round', JSON.stringify(turnedRound(document))];
  yield ['with a byte order mark', `\ufeff${text}`];
  yield ['with letters escaped', text.replaceAll(/[^\x20-\x7e]/g, (letter) => escaped(letter))];
  yield ['with every letter of its names escaped', text.replaceAll('"name"', '"\\u006e\\u0061\\u006D\\u0065"')];
  yield ['with slashes escaped', text.replaceAll('/', '\\/')];
  yield ['with its number written otherwise', text.replace('"creditsEarned":2.5', '"creditsEarned":25.0e-1')];
}

/** The same statements in other JSON. */
function* sameGraphs(document: JsonObject): Generator<readonly [string, JsonObject]> {
  const type = document['type'];
  if (Array.isArray(type)) yield ['with its types turned round', { ...document, type: type.toReversed() }];
  const evidence = document['evidence'];
  if (Array.isArray(evidence))
    yield ['with its evidence turned round', { ...document, evidence: evidence.toReversed() }];
  const proof = document['proof'];
  if (Array.isArray(proof)) yield ['with its proofs turned round', { ...document, proof: proof.toReversed() }];
  yield ['with a null and an empty member', { ...document, image: null, endorsement: [] }];
}

function turnedRound(value: Json): Json {
  if (Array.isArray(value)) return value.map(turnedRound);
  if (!isJsonObject(value)) return value;
  const members = Object.entries(value).toReversed();
  return Object.fromEntries(members.map(([member, content]) => [member, turnedRound(content)]));
}

function escaped(letter: string): string {
  return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Other tokens: another payload or header under the old signature, another signature, another text. */
function* tokenMutations(compact: string, words: Vocabulary): Generator<readonly [string, string]> {
  const [header = '', payload = '', signature = ''] = compact.split('.');
  const part = (value: Json) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const { name, document } of mutations(decoded(payload), words)) {
    const other = part(document);
    if (other !== payload) yield [`payload ${name}`, `${header}.${other}.${signature}`];
  }
  for (const { name, document } of mutations(decoded(header), words)) {
    const other = part(document);
    if (other !== header) yield [`header ${name}`, `${other}.${payload}.${signature}`];
  }
  for (const [name, other] of otherTexts(`u${signature}`)) {
    // Of another base, only the letters are of interest here.
    if (other.slice(1) !== signature) yield [`signature ${name}`, `${header}.${payload}.${other.slice(1)}`];
  }
  yield [
    'the payload with white space',
    `${header}.${Buffer.from(` ${JSON.stringify(decoded(payload))}`).toString('base64url')}.${signature}`,
  ];
  yield ['header and payload exchanged', `${payload}.${header}.${signature}`];
}

function decoded(part: string): JsonObject {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  if (!isJsonObject(value)) throw new Error('no JSON object');
  return value;
}

/** The kinds a mutation may be of are all met, or the matrix proves less than it says. */
it('the matrix has cases of each kind', async () => {
  const { document } = await (SPECIMENS['VCDM 2.0, a set of both']?.() ?? Promise.reject(new Error('no such format')));
  const kinds = new Set<Mutation['kind']>([...mutations(document, await knownWords())].map(({ kind }) => kind));
  expect([...kinds].sort()).toEqual(['fact', 'form']);
});
