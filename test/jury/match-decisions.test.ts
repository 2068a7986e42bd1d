import { describe, expect, it } from 'vitest';
import type { DecisionRow } from '../../src/jury/decision-row.js';
import { matchDecisions } from '../../src/jury/match-decisions.js';

const engagements = [
  { id: 'E1', student: { familyName: 'd’Almeida', givenName: 'Zoé' } },
  { id: 'E2', student: { familyName: 'Yıldız', givenName: 'Ayşe' } },
  { id: 'E3', student: { familyName: 'Straße', givenName: 'Łukasz' } },
];

function row(members: Partial<DecisionRow> = {}): DecisionRow {
  return {
    row: 2,
    engagementId: 'E1',
    familyName: 'd’Almeida',
    givenName: 'Zoé',
    decision: 'validated',
    session: 'J1',
    mark: undefined,
    credits: undefined,
    decidedAt: undefined,
    president: undefined,
    comment: undefined,
    ...members,
  };
}

const codes = (...rows: DecisionRow[]) =>
  matchDecisions(
    rows.map((one, index) => ({ ...one, row: index + 2 })),
    engagements,
  ).importIssues.map(({ row: line, code }) => `${line} ${code}`);

describe('rows of a decision file against the engagements', () => {
  it.each([
    ["D'ALMEIDA", 'ZOE'],
    ['d‘almeida', ' zoe\u0301 '],
    ['D’Almeïda', 'Zoé'],
    ['d’  Almeida', 'Zoé'],
  ])('takes %s %s for d’Almeida Zoé unless letters or spaces differ', (familyName, givenName) => {
    expect(codes(row({ familyName, givenName }))).toEqual(familyName.includes('  ') ? ['2 name-mismatch'] : []);
  });

  it('ignores letter case in every script, and nothing else', () => {
    expect(codes(row({ engagementId: 'E2', familyName: 'YILDIZ', givenName: 'AYSE' }))).toEqual([]);
    expect(codes(row({ engagementId: 'E3', familyName: 'STRASSE', givenName: 'łukasz' }))).toEqual([]);
    expect(codes(row({ engagementId: 'E3', familyName: 'Straße', givenName: 'Lukasz' }))).toEqual(['2 name-mismatch']);
    expect(codes(row({ familyName: 'Zoé', givenName: 'd’Almeida' }))).toEqual(['2 name-mismatch']);
    expect(codes(row({ familyName: '' }))).toEqual(['2 name-mismatch']);
  });

  it('gives the first code that applies', () => {
    expect(codes(row({ engagementId: 'E9', familyName: 'X', decision: 'yes' }))).toEqual(['2 unknown-engagement']);
    expect(codes(row({ engagementId: '' }))).toEqual(['2 unknown-engagement']);
    expect(codes(row({ familyName: 'X', decision: 'yes' }))).toEqual(['2 name-mismatch']);
    expect(codes(row(), row({ decision: 'maybe' }))).toEqual(['3 unknown-decision']);
  });

  it.each(['refusé', '', 'ADMIS ', 'Validated', 'VALIDATED', 'validated.', 'validé', 'constructor'])(
    'C14: %j is an unknown decision, never a no',
    (decision) => {
      const { decisions, importIssues } = matchDecisions([row({ decision })], engagements);
      expect(importIssues).toEqual([{ row: 2, engagementId: 'E1', code: 'unknown-decision' }]);
      expect(decisions).toEqual([]);
    },
  );

  it('C6: keeps the first of identical rows and reports the others as harmless', () => {
    expect(codes(row({ mark: 12 }), row({ mark: 12, comment: 'again', session: 'J2' }), row({ mark: 12 }))).toEqual([
      '3 duplicate-row',
      '4 duplicate-row',
    ]);
    const { decisions } = matchDecisions([row({ mark: 12 }), row({ mark: 12, comment: 'again' })], engagements);
    expect(decisions).toMatchObject([{ engagementId: 'E1', mark: 12, comment: undefined }]);
  });

  it.each([[{ decision: 'refused' }], [{ mark: 13 }], [{ mark: undefined }], [{ credits: 2 }]])(
    'leaves no decision at all when a later row has %j',
    (members) => {
      const rows = [row({ mark: 12 }), row({ mark: 12, ...members }), row({ mark: 12 })];
      expect(codes(...rows)).toEqual(['3 conflicting-decisions', '4 duplicate-row']);
      expect(matchDecisions(rows, engagements).decisions).toEqual([]);
    },
  );

  it('compares later rows with the first accepted one only', () => {
    const refused = row({ decision: 'refused' });
    expect(codes(row(), refused, refused, row())).toEqual([
      '3 conflicting-decisions',
      '4 conflicting-decisions',
      '5 duplicate-row',
    ]);
    expect(codes(row({ familyName: 'X' }), refused, row())).toEqual(['2 name-mismatch', '4 conflicting-decisions']);
  });
});
