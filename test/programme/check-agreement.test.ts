import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type Json } from '../../src/ports/json.js';
import { checkProgrammeDocument } from '../../src/programme/check.js';
import { zProgramme } from '../../src/programme/schema.js';
import { jsonPointer, type PointerStep } from '../../src/text/json-pointer.js';
import { changed, readProgramme, SHIPPED } from './check-support.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const published = ajv.compile(JSON.parse(readFileSync('programmes/programme.schema.json', 'utf8')));
const ours = (document: Json) => zProgramme.safeParse(document).success;

function pointersOf(value: Json, steps: readonly PointerStep[] = []): string[] {
  const members = Array.isArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : [];
  return [jsonPointer(steps), ...members.flatMap(([step, member]) => pointersOf(member, [...steps, step]))];
}

const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(
    null,
    true,
    false,
    0,
    -1,
    0.3,
    1.5,
    2,
    '',
    'x',
    'A B',
    [],
    {},
    [{}],
    ['x'],
    { fr: 'a' },
    { fr: 'a', en: 'b' },
    { op: 'x' },
    { op: 'evidence' },
    { op: 'present', fact: 'context' },
    { mode: 'none' },
    { param: 'p' },
    '2026-02-30',
    '2026-02-28',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/**
 * Where our schema asks more than the published one, which leaves these members open: every member the software
 * reads has a type. Each pattern is a place (the value itself, or something within) and the reason.
 */
const STRICTER: readonly (readonly [RegExp, string])[] = [
  [/^\/(version|institution|timezone)/, 'the institution becomes an issuer; the time zone must be one'],
  [/^\/params|^\/variants\/\d+\/params/, 'parameters are numbers, texts, truth values, lists of them, or null'],
  [/^\/variants\/\d+\/hostCourse/, 'quoted in the supplement, in both languages'],
  [/^\/measures\/\d+\/(id|unit|step|certifiedBy)/, 'read by name; a step is positive'],
  [/^\/derivedMeasures\/\d+\/(id|unit)/, 'read by name'],
  [/^\/evidenceKinds\/\d+\/(fields|publicByDefault)/, 'fields are read by name'],
  [/^\/lifecycle\/(initial|transitions\/\d+\/id)/, 'the initial state is a state'],
  [/^\/assessment/, 'forms, attainment and scale are read'],
  [/^\/competences\/\d+\/(attainment|alignments)/, 'attainment is one of three modes'],
  [/^\/competences\/\d+\/levels\/\d+\/level$/, 'a level is a whole number that a double holds exactly'],
  [/^\/competences\/\d+\/levels\/\d+\/(minAverage|minIndicators|indicators|source)/, 'read by the attainment modes'],
  [/\/(rule|when|guard)(\/|$)/, 'arguments of rules have types: a number is not a text, a day exists'],
  [/^\/optionSelection/, 'counts are whole numbers'],
  [/^\/obligations\/\d+\/(id|label|cycle|years|blocksDiploma)/, 'read by name; years are counted'],
  [/^\/pathways/, 'names, and at least one variant'],
  [/^\/statistics\/\d+\/(id|label|numerator|target|reported)/, 'numerators are of two kinds'],
  [/^\/achievement/, 'the Open Badges side has the types of the standard'],
  [/^\/diplomaSupplement\/(item|fallbackItem)/, 'texts'],
  [/^\/sharing/, 'lists of names'],
];

describe('our schema beside the published JSON Schema', () => {
  it.each(SHIPPED)('both accept %s', (id) => {
    expect(published(readProgramme(id))).toBe(true);
    expect(ours(readProgramme(id))).toBe(true);
  });

  it('refuses whatever the published one refuses, and more only where a reason is written down', () => {
    const bases = SHIPPED.map((id) => ({
      document: readProgramme(id),
      pointers: pointersOf(readProgramme(id)).slice(1),
    }));
    const mutation = fc
      .constantFrom(...bases)
      .chain(({ document, pointers }) =>
        fc.record({ document: fc.constant(document), pointer: fc.constantFrom(...pointers), value: strange }),
      );
    fc.assert(
      fc.property(mutation, ({ document, pointer, value }) => {
        const mutated = changed(document, { [pointer]: value });
        const theirs = published(mutated);
        if (!theirs) expect(ours(mutated), `${pointer} accepted though the published schema refuses it`).toBe(false);
        else if (!ours(mutated))
          expect(
            STRICTER.some(([place]) => place.test(pointer)),
            pointer,
          ).toBe(true);
      }),
      { numRuns: 1500 },
    );
  }, 120_000);

  it('gives a mistake, with a pointer to where the change was made, for everything it refuses', () => {
    const bases = SHIPPED.map((id) => ({
      document: readProgramme(id),
      pointers: pointersOf(readProgramme(id)).slice(1),
    }));
    const mutation = fc
      .constantFrom(...bases)
      .chain(({ document, pointers }) =>
        fc.record({ document: fc.constant(document), pointer: fc.constantFrom(...pointers), value: strange }),
      );
    fc.assert(
      fc.property(mutation, ({ document, pointer, value }) => {
        const mutated = changed(document, { [pointer]: value });
        const result = checkProgrammeDocument(mutated);
        if (ours(mutated)) return;
        expect(result.ok).toBe(false);
        const pointers = result.ok ? [] : result.mistakes.map((mistake) => mistake.pointer);
        for (const { expected } of result.ok ? [] : result.mistakes) expect(expected.en).not.toMatch(/^the format /);
        const around = pointer.slice(0, pointer.lastIndexOf('/'));
        const isNear = (told: string) => told.startsWith(around) || pointer.startsWith(told);
        expect(pointers.some(isNear), pointer).toBe(true);
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it.each([
    ['a member nobody knows at the top', { '/colour': 'red' }],
    ['a member nobody knows in a criterion', { '/criteria/0/colour': 'red' }],
    ['a language too many', { '/name/de': 'x' }],
    ['no criteria', { '/criteria': [] }],
    ['no options', { '/recognitionOptions': [] }],
    ['level zero', { '/competences/0/levels/0/level': 0 }],
    ['credits in quarters', { '/recognitionOptions/0/credits/value': 0.25 }],
    ['negative credits', { '/recognitionOptions/0/credits/value': -1 }],
    ['another schema version', { '/schemaVersion': '2.0' }],
    ['a day that does not exist', { '/checkpoints': ['2026-02-30'] }],
    ['a rule inside a rule that is none', { '/criteria/0/rule': { op: 'not', of: { op: 'all', of: [{}] } } }],
  ])('both refuse %s', (_name, changes) => {
    const mutated = changed(readProgramme('missions-professionnelles'), changes);
    expect(published(mutated)).toBe(false);
    expect(ours(mutated)).toBe(false);
  });
});
