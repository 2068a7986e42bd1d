import { describe, expect, it } from 'vitest';
import { computeLevels } from '../../src/programme/competence-levels.js';
import { type CaseParts, makeCase, makeEngagement, makePiece, makeProgramme } from './cases.js';

const text = (en: string) => ({ fr: en, en });

describe('attainment by criteria', () => {
  const level = (number: number, rule?: unknown) => ({
    level: number,
    name: text(`Level ${number}`),
    ...(rule ? { rule } : {}),
  });
  const hours = (min: number) => ({ op: 'range', fact: 'measures.hours', min });
  const programme = (levels: unknown, more: Record<string, unknown> = {}) =>
    makeProgramme({
      measures: [{ id: 'hours', type: 'number', scope: 'member', certifiedBy: ['tutor', 'host'] }],
      competences: [{ id: 'skill', name: text('Skill'), attainment: { mode: 'criteria' }, levels }],
      ...more,
    });
  const attained = (levels: unknown, found: number, parts: CaseParts = {}) =>
    computeLevels(
      makeCase({
        programme: programme(levels),
        engagement: makeEngagement({ measures: { hours: found }, actors: [{ role: 'host' }, { role: 'tutor' }] }),
        ...parts,
      }),
    );

  it('climbs in order and stops at the first level that fails', () => {
    const levels = [level(1, hours(10)), level(2, hours(30)), level(3, hours(20))];
    expect(attained(levels, 9.5).competenceLevels).toEqual({});
    expect(attained(levels, 10).competenceLevels).toEqual({ skill: 1 });
    expect(attained(levels, 25).competenceLevels).toEqual({ skill: 1 });
    expect(attained(levels, 30).competenceLevels).toEqual({ skill: 3 });
    expect(attained([level(2, hours(30)), level(1, hours(10))], 10).competenceLevels).toEqual({ skill: 1 });
    expect(attained([level(1), level(2, hours(0))], 10).competenceLevels).toEqual({});
  });

  it('names the roles that certified the measures, else the jury that validated, else nobody', () => {
    const levels = [level(1, { op: 'all', of: [hours(10), { op: 'not', of: hours(100) }] })];
    expect(attained(levels, 12).confirmedBy).toEqual({ skill: ['tutor', 'host'] });
    const alone: CaseParts = { engagement: makeEngagement({ measures: { hours: 12 } }) };
    expect(attained(levels, 12, alone).confirmedBy).toEqual({ skill: [] });
    const validated = { decision: 'validated', mark: undefined } as const;
    expect(attained(levels, 12, { ...alone, jury: validated }).confirmedBy).toEqual({ skill: ['jury'] });
    const refused = { decision: 'refused', mark: undefined } as const;
    expect(attained(levels, 12, { ...alone, jury: refused }).confirmedBy).toEqual({ skill: [] });
  });

  it('finds the certifiers of a derived measure through its parts', () => {
    const derived = programme([level(1, { op: 'range', fact: 'measures.total', min: 1 })], {
      derivedMeasures: [{ id: 'total', sum: ['measures.hours'] }],
    });
    expect(attained([level(1)], 5, { programme: derived }).confirmedBy).toEqual({ skill: ['tutor', 'host'] });
  });

  it('lets a rule name a competence that stands before it', () => {
    const both = makeProgramme({
      competences: ['first', 'second'].map((id) => ({
        id,
        name: text(id),
        attainment: { mode: 'criteria' },
        levels: [level(1, id === 'first' ? hours(1) : { op: 'competenceLevel', competence: 'first', minLevel: 1 })],
      })),
    });
    expect(attained([level(1)], 5, { programme: both }).competenceLevels).toEqual({ first: 1, second: 1 });
  });
});

describe('attainment by ratings', () => {
  const items = ['a', 'b', 'c', 'd', 'e', 'f'];
  const programme = makeProgramme({
    assessment: {
      scale: { min: 1, max: 4 },
      forms: [
        {
          id: 'grid',
          roles: ['one', 'two'],
          parts: [
            { id: 'part', items: items.map((id) => ({ id, label: text(id) })) },
            { id: 'rest', items: [{ id: 'z', label: text('z') }] },
          ],
        },
      ],
    },
    competences: [
      {
        id: 'skill',
        name: text('Skill'),
        attainment: { mode: 'ratings', form: 'grid', part: 'part', roles: ['one', 'two'] },
        levels: [1, 2, 3, 3.5].map((minAverage, index) => ({ level: index + 1, name: text('Level'), minAverage })),
      },
    ],
  });
  const form = (role: string, ratings: readonly number[], at = '2026-05-01T10:00:00Z') => ({
    form: 'grid',
    role,
    assessor: `${role}@example.org`,
    at,
    ratings: Object.fromEntries(ratings.map((rating, index) => [items[index], rating])),
  });
  const attained = (...assessments: unknown[]) =>
    computeLevels(makeCase({ programme, engagement: makeEngagement({ assessments }) }));

  it.each([
    [[3, 3, 3, 3, 3, 2], [3, 3, 3, 3, 3, 3], 2.92, 2],
    [[3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 3], 3, 3],
    [[2, 2, 2, 2, 2, 2], [1, 2, 2, 2, 2, 2], 1.92, 1],
    [[4, 4, 4, 4, 4, 4], [3, 3, 3, 3, 3, 3], 3.5, 4],
    [[4, 4, 4, 4, 4, 3], [3, 3, 3, 3, 3, 3], 3.42, 3],
    [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1], 1, 1],
    [[2.5, 3.05, 3, 3, 3, 3], [3, 3, 3, 2.55, 3, 3], 2.93, 2],
    [[3, 3, 3, 3, 3, 3], [3, 3, 3, 3, 3, 2.94], 3, 3],
  ])('%j and %j average %d: level %d', (one, two, average, level) => {
    expect(attained(form('one', one), form('two', two))).toEqual({
      competenceLevels: { skill: level },
      ratingAverages: { skill: average },
      confirmedBy: { skill: ['one', 'two'] },
    });
  });

  it('gives neither average nor level unless every role rated every item within the scale', () => {
    const full = form('one', [3, 3, 3, 3, 3, 3]);
    for (const other of [
      [],
      [form('two', [3, 3, 3, 3, 3])],
      [form('two', [3, 3, 3, 3, 3, 5])],
      [form('three', [3, 3, 3, 3, 3, 3])],
      [form('two', [3, 3, 3]), form('two', [3, 3, 3, 3, 3])],
    ]) {
      expect(attained(full, ...other)).toEqual({ competenceLevels: {}, ratingAverages: {}, confirmedBy: {} });
    }
  });

  it('counts the latest complete form of a role, compared as instants and in any order', () => {
    const fours = form('one', [4, 4, 4, 4, 4, 4], '2026-05-01T10:00:00Z');
    const twos = form('one', [2, 2, 2, 2, 2, 2], '2026-05-01T11:30:00+02:00');
    const partial = form('one', [1, 1], '2026-06-01T10:00:00Z');
    const other = form('two', [4, 4, 4, 4, 4, 4]);
    expect(attained(fours, twos, partial, other).ratingAverages).toEqual({ skill: 4 });
    expect(attained(other, partial, twos, fours).ratingAverages).toEqual({ skill: 4 });
    const tie = form('one', [2, 2, 2, 2, 2, 2], '2026-05-01T10:00:00Z');
    expect(attained(fours, tie, other)).toEqual(attained(tie, fours, other));
  });

  it('keeps an average that reaches no level', () => {
    const [competence] = programme.competences;
    const strict = { ...programme, competences: [{ ...competence!, levels: competence!.levels.slice(2) }] };
    const engagement = makeEngagement({
      assessments: [form('one', [2, 2, 2, 2, 2, 2]), form('two', [2, 2, 2, 2, 2, 2])],
    });
    expect(computeLevels(makeCase({ programme: strict, engagement }))).toEqual({
      competenceLevels: {},
      ratingAverages: { skill: 2 },
      confirmedBy: {},
    });
  });
});

describe('attainment by indicators', () => {
  const levels = [1, 2, 3].map((level) => ({
    level,
    name: text(`Level ${level}`),
    minIndicators: 2,
    indicators: ['a', 'b', 'c'].map((letter) => ({ id: `s.${level}.${letter}`, text: text(letter) })),
  }));
  const mode = {
    mode: 'indicators',
    form: 'competence',
    requiresSelf: true,
    confirmingRoles: ['peer', 'teacher'],
    minConfirmers: 1,
    cumulative: true,
    minTraces: 1,
    minReflectionChars: 10,
  };
  const ticks = (...numbers: number[]) => numbers.flatMap((level) => [`s.${level}.a`, `s.${level}.b`]);
  const filed = (role: string, indicators: readonly string[], more: Record<string, unknown> = {}) => ({
    form: 'competence',
    role,
    assessor: role === 'self' ? 'zoe@example.org' : `${role}@example.org`,
    at: '2026-05-01T10:00:00Z',
    competence: 'skill',
    indicators,
    ...more,
  });
  const self = (...numbers: number[]) => filed('self', ticks(...numbers), { reflection: 'A long look back' });
  const trace = makePiece({ kind: 'trace', fields: { competences: ['skill'] } });
  const attained = (
    assessments: readonly unknown[],
    { changed = {}, evidence = [trace] }: { changed?: Record<string, unknown>; evidence?: readonly unknown[] } = {},
  ) => {
    const programme = makeProgramme({
      competences: [{ id: 'skill', name: text('Skill'), attainment: { ...mode, ...changed }, levels }],
    });
    return computeLevels(makeCase({ programme, engagement: makeEngagement({ assessments, evidence }) }));
  };
  const level = (...args: Parameters<typeof attained>) => attained(...args).competenceLevels['skill'];

  it('needs the student and an independent confirmer, level upon level', () => {
    expect(level([self(1, 2, 3), filed('peer', ticks(1, 2))])).toBe(2);
    expect(level([self(1, 2, 3)])).toBeUndefined();
    expect(level([filed('peer', ticks(1))])).toBeUndefined();
    expect(level([self(1), filed('peer', ticks(1, 2))])).toBe(1);
    expect(level([self(1, 3), filed('peer', ticks(1, 3))])).toBe(1);
    expect(level([self(1, 3), filed('peer', ticks(1, 3))], { changed: { cumulative: false } })).toBe(3);
    expect(level([self(1), filed('parent', ticks(1))])).toBeUndefined();
  });

  it('never lets the student confirm, whatever the letter case, nor somebody without an address', () => {
    expect(level([self(1), filed('peer', ticks(1), { assessor: ' ZOE@Example.ORG ' })])).toBeUndefined();
    expect(level([self(1), filed('peer', ticks(1), { assessor: '  ' })])).toBeUndefined();
  });

  it('adds neither the ticks of different people nor those of different forms', () => {
    const half = (letter: string, role: string, assessor: string) => filed(role, [`s.1.${letter}`], { assessor });
    expect(level([self(1), half('a', 'peer', 'p@example.org'), half('b', 'peer', 'q@example.org')])).toBeUndefined();
    expect(level([self(1), half('a', 'peer', 'p@example.org'), half('b', 'peer', 'p@example.org')])).toBeUndefined();
    expect(level([self(1), filed('peer', ['s.1.a', 's.1.a', 's.1.x'])])).toBeUndefined();
    const halfSelf = filed('self', ['s.1.a'], { reflection: 'A long look back' });
    expect(level([halfSelf, filed('self', ['s.1.b']), filed('peer', ticks(1))])).toBeUndefined();
  });

  it('counts confirmers by address', () => {
    const changed = { minConfirmers: 2 };
    const by = (assessor: string) => filed('peer', ticks(1), { assessor });
    expect(level([self(1), by('p@example.org'), by('P@example.org')], { changed })).toBeUndefined();
    expect(level([self(1), by('p@example.org'), by('q@example.org')], { changed })).toBe(1);
  });

  it('names the roles that confirmed the level reached, in the order of the definition', () => {
    const assessments = [self(1, 2), filed('teacher', ticks(1, 2)), filed('peer', ticks(1))];
    expect(attained(assessments).confirmedBy).toEqual({ skill: ['teacher'] });
    expect(attained([...assessments, filed('peer', ticks(2))]).confirmedBy).toEqual({ skill: ['peer', 'teacher'] });
  });

  it.each([
    [[], undefined],
    [[{ ...trace, status: 'submitted' }], undefined],
    [[{ ...trace, fields: { competences: ['other'] } }], undefined],
    [[{ ...trace, fields: { competences: 'skill' } }], undefined],
    [[{ ...trace, kind: 'film' }], 1],
  ])('asks for an accepted trace of any kind that names the competence: %j', (evidence, expected) => {
    expect(level([self(1), filed('peer', ticks(1))], { evidence })).toBe(expected);
  });

  it.each([
    ['123456789', undefined],
    [`   123456789${' '.repeat(20)}`, undefined],
    ['1234567890', 1],
    ['👩‍🌾'.repeat(3), undefined],
    ['👩👩👩👩👩👩👩👩👩👩', 1],
    [undefined, undefined],
  ])('asks for a reflection of ten characters: %j', (reflection, expected) => {
    expect(level([filed('self', ticks(1), { reflection }), filed('peer', ticks(1))])).toBe(expected);
  });

  it('takes the reflection from any self-assessment of the competence, and only from those', () => {
    const bare = filed('self', ticks(1));
    const peer = filed('peer', ticks(1), { reflection: 'A long look back' });
    expect(level([bare, peer])).toBeUndefined();
    expect(level([bare, peer, filed('self', [], { reflection: 'A long look back' })])).toBe(1);
    expect(level([bare, peer, filed('self', [], { reflection: 'A long look back', competence: 'x' })])).toBeUndefined();
    expect(level([peer], { changed: { requiresSelf: false, minReflectionChars: 0 } })).toBe(1);
  });
});
