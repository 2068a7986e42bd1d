import { describe, expect, it } from 'vitest';
import { factValue } from '../../src/programme/fact.js';
import { type CaseParts, makeCase, makeEngagement, makePiece, makeProgramme } from './cases.js';

function fact(path: string, parts: CaseParts = {}): unknown {
  return factValue(path, makeCase(parts));
}

describe('facts', () => {
  const sums = (derivedMeasures: unknown) => makeProgramme({ derivedMeasures });

  it('reads measures of the member, and of the team where the scope says so', () => {
    const programme = makeProgramme({
      measures: [
        { id: 'hours', type: 'number', scope: 'member' },
        { id: 'visitors', type: 'integer', scope: 'team' },
      ],
    });
    const engagement = makeEngagement({ measures: { hours: 12.5, visitors: 3 } });
    expect(fact('measures.hours', { programme, engagement })).toBe(12.5);
    expect(fact('measures.visitors', { programme, engagement })).toBe(3);
    const team = { id: 'T1', measures: { visitors: 40, hours: 1 } };
    expect(fact('measures.visitors', { programme, engagement, team })).toBe(40);
    expect(fact('measures.hours', { programme, engagement, team })).toBe(12.5);
  });

  it('sums derived measures exactly, missing if one part is missing or no number', () => {
    const programme = sums([
      { id: 'total', sum: ['measures.a', 'measures.b'] },
      { id: 'grand', sum: ['measures.total', 'measures.c'] },
    ]);
    const total = (measures: Record<string, unknown>, path = 'measures.total') =>
      fact(path, { programme, engagement: makeEngagement({ measures }) });
    expect(total({ a: 0.1, b: 0.2 })).toBe(0.3);
    expect(total({ a: 20, b: 4.5 })).toBe(24.5);
    expect(total({ a: 1.1, b: 2.2, c: 3.3 }, 'measures.grand')).toBe(6.6);
    expect(total({ a: 20 })).toBeUndefined();
    expect(total({ a: 20, b: null })).toBeUndefined();
    expect(total({ a: 20, b: '4.5' })).toBeUndefined();
    expect(total({ a: 20, b: 1, total: 99 })).toBe(21);
  });

  it('finds a sum that goes round in a circle missing', () => {
    const programme = sums([
      { id: 'a', sum: ['measures.b'] },
      { id: 'b', sum: ['measures.a'] },
    ]);
    expect(fact('measures.a', { programme })).toBeUndefined();
  });

  it('reads the piece that is not rejected and was submitted last, compared as instants', () => {
    const evidence = [
      makePiece({ id: 'P1', submittedAt: '2026-03-01T23:30:00-05:00', fields: { pages: 20 } }),
      makePiece({ id: 'P2', submittedAt: '2026-03-02T05:00:00+01:00', fields: { pages: 10 } }),
      makePiece({ id: 'P3', submittedAt: '2026-04-01T00:00:00Z', status: 'rejected', fields: { pages: 99 } }),
    ];
    const engagement = makeEngagement({ evidence });
    expect(fact('evidence.report.pages', { engagement })).toBe(20);
    expect(fact('evidence.report.submittedAt', { engagement })).toBe('2026-03-01T23:30:00-05:00');
    const team = {
      id: 'T1',
      evidence: [makePiece({ id: 'P4', submittedAt: '2026-03-05T00:00:00Z', fields: { pages: 7 } })],
    };
    expect(fact('evidence.report.pages', { engagement, team })).toBe(7);
    expect(fact('evidence.poster.pages', { engagement })).toBeUndefined();
  });

  it('counts a piece merely submitted, and of two at one instant the greater id in any order', () => {
    const one = makePiece({ id: 'P1', status: 'submitted', fields: { pages: 1 } });
    const two = makePiece({ id: 'P2', submittedAt: '2026-03-01T11:00:00Z', fields: { pages: 2 } });
    for (const evidence of [
      [one, two],
      [two, one],
    ]) {
      expect(fact('evidence.report.pages', { engagement: makeEngagement({ evidence }) })).toBe(2);
    }
    expect(fact('evidence.report.pages', { engagement: makeEngagement({ evidence: [one] }) })).toBe(1);
  });

  it('reads team, student, jury and computed facts, and any other word of the engagement', () => {
    const parts: CaseParts = {
      engagement: makeEngagement({ variant: 'v', context: 'Garden', supportTypes: ['orientation'] }),
      team: { id: 'T1', route: 'call-for-projects', sizeAtLaunch: 4 },
      jury: { decision: 'validated', mark: 14.5 },
      levels: { teamwork: 2 },
    };
    expect(fact('team.route', parts)).toBe('call-for-projects');
    expect(fact('team.sizeAtLaunch', parts)).toBe(4);
    expect(fact('student.familyName', parts)).toBe('d’Almeida');
    expect(fact('jury.decision', parts)).toBe('validated');
    expect(fact('jury.mark', parts)).toBe(14.5);
    expect(fact('computed.levels.teamwork', parts)).toBe(2);
    expect(fact('computed.levels.sustainability', parts)).toBeUndefined();
    expect(fact('variant', parts)).toBe('v');
    expect(fact('context', parts)).toBe('Garden');
    expect(fact('supportTypes', parts)).toEqual(['orientation']);
    expect(fact('team.route')).toBeUndefined();
    expect(fact('jury.decision')).toBeUndefined();
    expect(fact('jury.president', parts)).toBeUndefined();
  });

  it('totals the credits of the options asked, missing when none carries credits', () => {
    const option = (id: string, credits: unknown) => ({
      id,
      label: { fr: id, en: id },
      credits,
      mark: 'none',
      document: 'badge',
    });
    const programme = makeProgramme({
      recognitionOptions: [
        option('badge', { mode: 'none' }),
        option('unit', { mode: 'fixed', value: 2.5 }),
        option('circle', { mode: 'byHours', fact: 'computed.credits', table: [{ minHours: 0, credits: 1 }] }),
      ],
    });
    const credits = (...recognitionOptions: string[]) =>
      fact('computed.credits', { programme, engagement: makeEngagement({ recognitionOptions }) });
    expect(credits('badge')).toBeUndefined();
    expect(credits('badge', 'unit', 'unit', 'unknown')).toBe(2.5);
    expect(credits('circle')).toBeUndefined();
  });

  it('C11: names that every object inherits are missing facts', () => {
    const parts: CaseParts = { engagement: makeEngagement({ evidence: [makePiece()] }), team: { id: 'T1' } };
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      for (const path of [name, `measures.${name}`, `team.${name}`, `student.${name}`, `evidence.report.${name}`]) {
        expect(fact(path, parts), path).toBeUndefined();
      }
      expect(fact(`computed.levels.${name}`, parts)).toBeUndefined();
      expect(fact(`jury.${name}`, { ...parts, jury: { decision: 'refused', mark: undefined } })).toBeUndefined();
    }
  });
});
