import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CaseParts, holds, makeEngagement, makePiece, makeProgramme } from './cases.js';

const withMeasures = (measures: Record<string, unknown>): CaseParts => ({ engagement: makeEngagement({ measures }) });
const TRUE = { op: 'equals', fact: 'activityKey', value: 'a-1' };
const FALSE = { op: 'equals', fact: 'activityKey', value: 'other' };

describe('all, any, not, atLeast', () => {
  it.each([
    [{ op: 'all', of: [TRUE, TRUE] }, true],
    [{ op: 'all', of: [TRUE, FALSE] }, false],
    [{ op: 'any', of: [FALSE, TRUE] }, true],
    [{ op: 'any', of: [FALSE, FALSE] }, false],
    [{ op: 'not', of: FALSE }, true],
    [{ op: 'not', of: TRUE }, false],
    [{ op: 'atLeast', n: 2, of: [TRUE, FALSE, TRUE] }, true],
    [{ op: 'atLeast', n: 3, of: [TRUE, FALSE, TRUE] }, false],
    [{ op: 'atLeast', n: { param: 'absent' }, of: [TRUE] }, false],
    [{ op: 'not', of: { op: 'present', fact: 'context' } }, true],
    [{ op: 'not', of: { op: 'range', fact: 'measures.absent', min: 0 } }, true],
  ])('%j is %s', (rule, expected) => {
    expect(holds(rule)).toBe(expected);
  });
});

describe('range', () => {
  const range = { op: 'range', fact: 'measures.hours', min: 40, max: 100 };
  it.each([
    [39.5, false],
    [40, true],
    [40.5, true],
    [100, true],
    [100.5, false],
    ['40', false],
    [null, false],
    [undefined, false],
    [true, false],
  ])('40 to 100 with %j found is %s', (hours, expected) => {
    expect(holds(range, withMeasures({ hours }))).toBe(expected);
  });

  it('takes bounds from parameters, the variant’s first, and is false when one is missing', () => {
    const programme = makeProgramme({
      params: { least: 7, odd: 'seven' },
      variants: [
        { id: 'short', name: { fr: 'a', en: 'a' }, open: true, params: { least: 5 } },
        { id: 'none', name: { fr: 'b', en: 'b' }, open: true, params: { least: null } },
      ],
    });
    const at = (min: unknown, variant: string | undefined, sessions: number) =>
      holds(
        { op: 'range', fact: 'measures.sessions', min },
        {
          programme,
          engagement: makeEngagement({ measures: { sessions }, ...(variant && { variant }) }),
        },
      );
    expect(at({ param: 'least' }, undefined, 6)).toBe(false);
    expect(at({ param: 'least' }, undefined, 7)).toBe(true);
    expect(at({ param: 'least' }, 'short', 5)).toBe(true);
    expect(at({ param: 'least' }, 'unknown', 5)).toBe(false);
    expect(at({ param: 'least' }, 'none', 100)).toBe(false);
    expect(at({ param: 'odd' }, undefined, 100)).toBe(false);
    expect(at({ param: 'constructor' }, undefined, 100)).toBe(false);
  });

  it('holds exactly between its bounds', () => {
    const quarter = fc.integer({ min: -400, max: 400 }).map((n) => n / 4);
    fc.assert(
      fc.property(quarter, quarter, quarter, (min, max, hours) => {
        expect(holds({ op: 'range', fact: 'measures.hours', min, max }, withMeasures({ hours }))).toBe(
          hours >= min && hours <= max,
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('equals, oneOf, present, contains, containsAny', () => {
  const lists = (list: unknown) => ({ engagement: makeEngagement({ supportTypes: list }) });
  it.each([
    ['equals', 1, 1, true],
    ['equals', 1, '1', false],
    ['equals', true, true, true],
    ['equals', 'a', 'A', false],
    ['equals', null, 'a', false],
    ['equals', undefined, 'a', false],
  ])('%s with %j found and %j asked is %s', (op, found, value, expected) => {
    expect(holds({ op, fact: 'measures.x', value }, withMeasures({ x: found }))).toBe(expected);
  });
  it.each([
    ['a', ['a', 'b'], true],
    ['c', ['a', 'b'], false],
    [1, ['1'], false],
    [1, [1], true],
    [undefined, ['a'], false],
    ['a', [], false],
  ])('oneOf with %j found and %j asked is %s', (found, values, expected) => {
    expect(holds({ op: 'oneOf', fact: 'measures.x', values }, withMeasures({ x: found }))).toBe(expected);
  });
  it.each([
    ['text', true],
    [' \n\u00a0', false],
    ['', false],
    [0, true],
    [false, true],
    [null, false],
    [undefined, false],
    [[], false],
    [[0], true],
  ])('present with %j found is %s', (found, expected) => {
    expect(holds({ op: 'present', fact: 'supportTypes' }, lists(found))).toBe(expected);
  });
  it.each([
    [['a', 'b', 'c'], ['a', 'c'], true, true],
    [['a'], ['a', 'c'], false, true],
    [['b'], ['a', 'c'], false, false],
    [[], ['a'], false, false],
    ['abc', ['a'], false, false],
    [undefined, ['a'], false, false],
    [[1], ['1'], false, false],
  ])('%j holds all of %j: %s; one of them: %s', (found, values, all, any) => {
    expect(holds({ op: 'contains', fact: 'supportTypes', values }, lists(found))).toBe(all);
    expect(holds({ op: 'containsAny', fact: 'supportTypes', values }, lists(found))).toBe(any);
  });
  it('take their value or values from a parameter', () => {
    const programme = makeProgramme({ params: { known: ['orientation'], word: 'x' } });
    const parts = { programme, engagement: makeEngagement({ supportTypes: ['orientation'], context: 'x' }) };
    expect(holds({ op: 'containsAny', fact: 'supportTypes', values: { param: 'known' } }, parts)).toBe(true);
    expect(holds({ op: 'contains', fact: 'supportTypes', values: { param: 'known' } }, parts)).toBe(true);
    expect(holds({ op: 'contains', fact: 'supportTypes', values: { param: 'absent' } }, parts)).toBe(false);
    expect(holds({ op: 'equals', fact: 'context', value: { param: 'word' } }, parts)).toBe(true);
    expect(holds({ op: 'oneOf', fact: 'context', values: { param: 'word' } }, parts)).toBe(false);
  });
});

describe('evidence', () => {
  const parts: CaseParts = {
    engagement: makeEngagement({
      evidence: [makePiece(), makePiece({ status: 'submitted' }), makePiece({ status: 'rejected' })],
    }),
    team: { id: 'T1', evidence: [makePiece(), makePiece({ kind: 'poster' })] },
  };
  it.each([
    [{}, true],
    [{ min: 2 }, true],
    [{ min: 3 }, false],
    [{ min: 3, status: 'submitted' }, true],
    [{ min: 4, status: 'submitted' }, false],
    [{ min: { param: 'absent' } }, false],
    [{ kind: 'film' }, false],
    [{ kind: 'film', min: 0 }, true],
  ])('%j is %s', (members, expected) => {
    expect(holds({ op: 'evidence', kind: 'report', ...members }, parts)).toBe(expected);
  });
});

describe('before', () => {
  const check = (first: unknown, second: unknown) =>
    holds({ op: 'before', first: 'one', second: 'two' }, { engagement: makeEngagement({ one: first, two: second }) });
  it.each([
    ['2026-03-01T12:00:00+01:00', '2026-03-01T11:00:00Z', true],
    ['2026-03-01T11:00:01Z', '2026-03-01T12:00:00+01:00', false],
    ['2026-03-01T10:59:59Z', '2026-03-01T12:00:00+01:00', true],
    ['2026-03-01T23:30:00-05:00', '2026-03-02T01:00:00+01:00', false],
    ['2026-03-01', '2026-03-01', true],
    ['2026-03-02', '2026-03-01', false],
    ['2026-03-01T23:59:59+01:00', '2026-03-01', true],
    ['2026-03-02T00:00:00+01:00', '2026-03-01', false],
    [undefined, '2026-03-01', false],
    ['2026-03-01', undefined, false],
    ['soon', '2026-03-01', false],
  ])('%s before %s is %s', (first, second, expected) => {
    expect(check(first, second)).toBe(expected);
  });
});

describe('deadline', () => {
  const deadline = { op: 'deadline', fact: 'evidence.report.submittedAt', by: { param: 'by' }, extension: 'report' };
  const check = (submittedAt: string, by: string, extensions: unknown = [], timezone = 'Europe/Paris') =>
    holds(deadline, {
      programme: makeProgramme({ params: { by }, timezone }),
      engagement: makeEngagement({ evidence: [makePiece({ submittedAt })], extensions }),
    });
  it.each([
    ['2022-09-15T23:59:59+02:00', true],
    ['2022-09-15T21:59:59.999Z', true],
    ['2022-09-16T00:00:00+02:00', false],
    ['2022-09-15T22:30:00Z', false],
    ['2022-09-15T23:30:00-10:00', false],
  ])('15 September is whole in Paris: %s is %s', (submittedAt, expected) => {
    expect(check(submittedAt, '2022-09-15')).toBe(expected);
  });
  it.each([
    ['2026-03-29T23:59:59+02:00', '2026-03-29', true],
    ['2026-03-29T22:00:00Z', '2026-03-29', false],
    ['2026-03-29T23:30:00+01:00', '2026-03-29', false],
    ['2026-10-25T23:59:59+01:00', '2026-10-25', true],
    ['2026-10-25T22:30:00Z', '2026-10-25', true],
    ['2026-10-25T23:00:00Z', '2026-10-25', false],
  ])('the day the clocks change is whole too: %s by %s is %s', (submittedAt, by, expected) => {
    expect(check(submittedAt, by)).toBe(expected);
  });
  it('follows the programme’s own time zone', () => {
    expect(check('2022-09-16T09:59:00Z', '2022-09-15', [], 'Pacific/Honolulu')).toBe(true);
    expect(check('2022-09-15T12:00:00Z', '2022-09-15', [], 'Pacific/Auckland')).toBe(false);
  });
  it('moves to the latest extension of that name, if later', () => {
    const late = '2022-09-20T12:00:00+02:00';
    const until = (...days: string[]) => days.map((day) => ({ evidence: 'report', until: day }));
    expect(check(late, '2022-09-15', until('2022-09-20'))).toBe(true);
    expect(check(late, '2022-09-15', until('2022-09-20', '2022-09-18'))).toBe(true);
    expect(check(late, '2022-09-15', until('2022-09-19'))).toBe(false);
    expect(check(late, '2022-09-15', [{ evidence: 'thesis', until: '2022-09-30' }])).toBe(false);
    expect(check('2022-09-15T12:00:00+02:00', '2022-09-15', until('2022-09-01'))).toBe(true);
  });
  it('ignores extensions when the rule names none, and is false without a piece or a date', () => {
    const { extension: _, ...strict } = deadline;
    const parts = {
      programme: makeProgramme({ params: { by: '2022-09-15' } }),
      engagement: makeEngagement({
        evidence: [makePiece({ submittedAt: '2022-09-16T12:00:00+02:00' })],
        extensions: [{ evidence: 'report', until: '2022-09-30' }],
      }),
    };
    expect(holds(strict, parts)).toBe(false);
    expect(holds(deadline, { programme: parts.programme })).toBe(false);
    expect(holds({ ...deadline, by: { param: 'absent' } }, parts)).toBe(false);
  });
});

describe('duration', () => {
  it.each([
    ['2022-05-01', '2022-08-31', 4, true],
    ['2022-05-01', '2022-08-30', 4, false],
    ['2022-05-01', '2022-09-01', 4, true],
    ['2022-10-31', '2023-02-27', 4, true],
    ['2022-10-31', '2023-02-26', 4, false],
    ['2023-10-31', '2024-02-28', 4, true],
    ['2023-10-31', '2024-02-27', 4, false],
    ['2022-11-30', '2023-02-27', 3, true],
    ['2022-05-01', '2022-05-01', 0, true],
    ['2022-05-02', '2022-05-01', 1, false],
    ['2022-05-01', undefined, 1, false],
    ['2022-05-01', '2022-12-31', 1.5, false],
  ])('from %s to %s is %s months: %s', (startDate, endDate, minMonths, expected) => {
    const engagement = makeEngagement({ startDate, endDate });
    expect(holds({ op: 'duration', from: 'startDate', to: 'endDate', minMonths }, { engagement })).toBe(expected);
  });
});

describe('filename', () => {
  const rule = {
    op: 'filename',
    fact: 'evidence.report.fileName',
    template: '{FAMILY} {Given} rapport mission {year}',
    year: { param: 'year' },
    extension: 'pdf',
  };
  const check = (familyName: string, givenName: string, fileName: unknown) =>
    holds(rule, {
      programme: makeProgramme({ params: { year: 2022 } }),
      engagement: makeEngagement({
        student: { id: 'S', familyName, givenName, email: 's@example.org' },
        evidence: [makePiece({ fields: { fileName } })],
      }),
    });
  it.each([
    ["d'Almeida", 'Rui', 'D’ALMEIDA Rui rapport mission 2022.PDF', true],
    ['d’Almeida', 'Rui', "D'ALMEIDA Rui rapport mission 2022.pdf", true],
    ['Lefèvre-Ducœur', 'Élise', 'LEFEVRE-DUCŒUR Elise rapport mission 2022.pdf', true],
    ['Lefèvre-Ducœur', 'Élise', 'LEFE\u0300VRE-DUCŒUR E\u0301lise rapport mission 2022.pdf', true],
    ['Lefèvre-Ducœur', 'Élise', 'LEFEVRE-DUCOEUR Elise rapport mission 2022.pdf', false],
    ['Żak', 'Łucja', 'ZAK Łucja rapport mission 2022.pdf', true],
    ['Żak', 'Łucja', 'ZAK Lucja rapport mission 2022.pdf', false],
    ['Ben Youssef', 'Hicham', '  BEN  YOUSSEF Hicham rapport   mission 2022.pdf ', true],
    ['Ben Youssef', 'Hicham', 'Ben Youssef Hicham rapport mission 2022.pdf', false],
    ['Ben Youssef', 'Hicham', 'BEN YOUSSEF hicham rapport mission 2022.pdf', false],
    ['Ben Youssef', 'Hicham', 'BEN YOUSSEF Hicham Rapport mission 2022.pdf', false],
    ['Ben Youssef', 'Hicham', 'BEN YOUSSEF Hicham rapport mission 2023.pdf', false],
    ['Ben Youssef', 'Hicham', 'BEN YOUSSEF Hicham rapport mission 2022.docx', false],
    ['Ben Youssef', 'Hicham', 'BEN YOUSSEF Hicham rapport mission 2022', false],
    ['Ben Youssef', 'Hicham', 'BEN YOUSSEF Hicham rapport mission 2022.v2.pdf', false],
    ['$& {Given}', '{year}', '$& {GIVEN} {year} rapport mission 2022.pdf', true],
    ['Ben Youssef', 'Hicham', undefined, false],
    ['Ben Youssef', 'Hicham', 2022, false],
  ])('%s %s may call it %j: %s', (familyName, givenName, fileName, expected) => {
    expect(check(familyName, givenName, fileName)).toBe(expected);
  });
});

describe('actor', () => {
  const engagement = makeEngagement({ actors: [{ role: 'mentor' }] });
  const team = { id: 'T1', actors: [{ role: 'mentor' }, { role: 'tutor' }] };
  it.each([
    [{ role: 'mentor' }, true],
    [{ role: 'mentor', min: 2 }, true],
    [{ role: 'mentor', min: 3 }, false],
    [{ role: 'tutor' }, true],
    [{ role: 'teacher' }, false],
  ])('%j is %s', (members, expected) => {
    expect(holds({ op: 'actor', ...members }, { engagement, team })).toBe(expected);
  });
});

describe('assessment, sameAssessor, assessorsIndependent', () => {
  const item = (id: string) => ({ id, label: { fr: id, en: id } });
  const programme = makeProgramme({
    assessment: {
      scale: { min: 1, max: 4 },
      forms: [
        {
          id: 'grid',
          roles: ['tutor'],
          parts: [
            { id: 'a', items: [item('x'), item('y')] },
            { id: 'b', items: [item('z')] },
          ],
        },
        { id: 'overall', roles: ['tutor'] },
      ],
    },
  });
  const filed = (...assessments: Record<string, unknown>[]): CaseParts => ({
    programme,
    engagement: makeEngagement({
      assessments: assessments.map((one) => ({
        form: 'grid',
        role: 'tutor',
        assessor: 't@example.org',
        at: '2026-05-01T00:00:00Z',
        ...one,
      })),
    }),
  });
  const grid = { op: 'assessment', form: 'grid', role: 'tutor' };

  it.each([
    [[{ ratings: { x: 1, y: 2, z: 4 } }], true],
    [[{ ratings: { x: 1, y: 2 } }], false],
    [[{ ratings: { x: 1, y: 2 } }, { ratings: { z: 4 } }], false],
    [[{ ratings: { x: 1, y: 2, z: 5 } }], false],
    [[{ ratings: { x: 1, y: 2, z: 4 }, role: 'peer' }], false],
    [[{ ratings: {} }, { ratings: { x: 1, y: 2, z: 4 } }], true],
    [[{}], false],
    [[], false],
  ])('a complete grid with %j filed: %s', (assessments, expected) => {
    expect(holds(grid, filed(...assessments))).toBe(expected);
  });

  it('asks of a form without parts only that it was filed, and knows no other form', () => {
    const overall = { op: 'assessment', form: 'overall', role: 'tutor' };
    expect(holds(overall, filed({ form: 'overall' }))).toBe(true);
    expect(holds(overall, filed({ form: 'grid' }))).toBe(false);
    expect(holds({ ...overall, form: 'other' }, filed({ form: 'other' }))).toBe(false);
  });

  const same = { op: 'sameAssessor', whenForm: 'grid', thenForm: 'overall', roles: ['tutor', 'peer'] };
  it.each([
    [[], true],
    [[{ form: 'overall' }], true],
    [[{}, { form: 'overall' }], true],
    [[{}, { form: 'overall', assessor: ' T@Example.org ' }], true],
    [[{}, { form: 'overall', assessor: 'u@example.org' }], false],
    [[{}, { form: 'overall', role: 'peer' }], false],
    [[{ role: 'teacher' }], true],
    [[{}, { assessor: 'u@example.org' }, { form: 'overall' }], false],
  ])('the same assessor with %j filed: %s', (assessments, expected) => {
    expect(holds(same, filed(...assessments))).toBe(expected);
  });

  it.each([
    [[{ role: 'self', assessor: 'zoe@example.org' }], true],
    [[{ assessor: 'zoe@example.org' }], false],
    [[{ assessor: '  ZOE@EXAMPLE.ORG' }], false],
    [[{ assessor: 'zoé@example.org' }], true],
    [[], true],
  ])('independent assessors with %j filed: %s', (assessments, expected) => {
    expect(holds({ op: 'assessorsIndependent' }, filed(...assessments))).toBe(expected);
  });
});

describe('competenceLevel, targetsReached, juryDecision, notAlreadyRecognised', () => {
  const competence = (id: string) => ({
    id,
    name: { fr: id, en: id },
    attainment: { mode: 'criteria' },
    levels: [{ level: 1, name: { fr: 'un', en: 'one' } }],
  });
  const programme = makeProgramme({ competences: [competence('a'), competence('b'), competence('c')] });
  const levels = { a: 2, b: 1 };

  it.each([
    [{ minLevel: 1 }, true],
    [{ minLevel: 1, minCount: 2 }, true],
    [{ minLevel: 1, minCount: 3 }, false],
    [{ minLevel: 2, minCount: 2 }, false],
    [{ minLevel: 2, competence: 'a' }, true],
    [{ minLevel: 3, competence: 'a' }, false],
    [{ minLevel: 1, competence: 'c' }, false],
    [{ minLevel: 1, competence: 'unknown' }, false],
    [{ minLevel: { param: 'absent' } }, false],
  ])('competenceLevel %j is %s', (members, expected) => {
    expect(holds({ op: 'competenceLevel', ...members }, { programme, levels })).toBe(expected);
  });

  it.each([
    [[], true],
    [[{ role: 'self', competence: 'a', targetLevel: 2 }], true],
    [[{ role: 'self', competence: 'a', targetLevel: 3 }], false],
    [[{ role: 'self', competence: 'c', targetLevel: 1 }], false],
    [[{ role: 'peer', competence: 'a', targetLevel: 3 }], true],
    [[{ role: 'self', competence: 'a' }], true],
    [
      [
        { role: 'self', competence: 'a', targetLevel: 1 },
        { role: 'self', competence: 'b', targetLevel: 2 },
      ],
      false,
    ],
    [[{ role: 'self', targetLevel: 1 }], false],
  ])('targets reached with %j filed: %s', (assessments, expected) => {
    const engagement = makeEngagement({ assessments });
    expect(holds({ op: 'targetsReached' }, { programme, levels, engagement })).toBe(expected);
  });

  it.each([
    ['validated', true],
    ['refused', true],
    ['deferred', false],
  ] as const)('a jury that %s: %s', (decision, expected) => {
    const rule = { op: 'juryDecision', in: ['validated', 'refused'] };
    expect(holds(rule, { jury: { decision, mark: undefined } })).toBe(expected);
    expect(holds(rule)).toBe(false);
  });

  it('an activity is recognised once', () => {
    expect(holds({ op: 'notAlreadyRecognised' })).toBe(true);
    expect(holds({ op: 'notAlreadyRecognised' }, { recognisedBefore: 'elsewhere 2024-2025' })).toBe(false);
  });
});
